import { raw, type SqlRunner, sql } from '../db/index.ts';

/**
 * What hangs on a record by its kind and id. Reminders go with their tasks, chunks with their attachments, steps with
 * their runs.
 */
const HANGING = ['stage_event', 'activity', 'task', 'attachment', 'automation_run', 'notification'] as const;

/** Erases what hangs on records that are about to go, and what other tables hold of what they said. */
export async function eraseTraces(runner: SqlRunner, entity: string, ids: readonly string[]): Promise<void> {
  // What was sent to other systems is the whole record, and what people were told of a task names it.
  await runner.rows(sql`
    delete from webhook_delivery d using automation_run n
    where d.run_id = n.id and n.record_type = ${entity} and n.record_id = any(${ids}::uuid[])`);
  await runner.rows(sql`
    delete from notification n using task t
    where n.task_id = t.id and t.record_type = ${entity} and t.record_id = any(${ids}::uuid[])`);
  for (const table of HANGING) {
    await runner.rows(sql`delete from ${raw(table)} where record_type = ${entity} and record_id = any(${ids}::uuid[])`);
  }
  await runner.rows(sql`delete from external_reference where entity = ${entity} and record_id = any(${ids}::uuid[])`);
  await runner.rows(sql`delete from custom_unique_value where record_id = any(${ids}::uuid[])`);
  await runner.rows(sql`
    delete from not_duplicate where record_type = ${entity} and (first_id = any(${ids}::uuid[]) or second_id = any(${ids}::uuid[]))`);
  if (entity === 'lead') await runner.rows(sql`delete from conversion where lead_id = any(${ids}::uuid[])`);
  await eraseMerges(runner, entity, ids);
}

/** A record that stays goes on telling that it was merged, when and by whom; with what is not kept. */
async function eraseMerges(runner: SqlRunner, entity: string, ids: readonly string[]): Promise<void> {
  await runner.rows(sql`delete from merge where record_type = ${entity} and survivor_id = any(${ids}::uuid[])`);
  await runner.rows(sql`
    update merge set details = '{}'::jsonb where record_type = ${entity} and absorbed_ids && ${ids}::uuid[]`);
}
