import type { Actor } from '../access/index.ts';
import { type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { RecordKind } from './record-kind.ts';

/** The moment of a record's next event: now, and after its last one, so that its history is in the order of its changes. */
export const nextEventAt = (kind: RecordKind, id: Sql): Sql => sql`greatest(clock_timestamp(), (
  select x.at + interval '1 millisecond' from stage_event x
  where x.record_type = ${kind.entity} and x.record_id = ${id} order by x.at desc limit 1))`;

/** The history's event of a record that was changed by other ways than `updateRecord`, is deleted, merged away, or back again. */
export async function noteRemoval(
  runner: SqlRunner,
  kind: RecordKind,
  actor: Actor,
  id: string,
  event: 'changed' | 'removed' | 'restored',
): Promise<void> {
  await runner.rows(sql`
    insert into stage_event (kind, record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base,
      expected_close_on, owner_id, team_id, actor_id, rule_id, at)
    select ${event}, ${kind.entity}, r.id, r.pipeline_id, r.stage_id, r.stage_id, ${kind.valueBase}, ${kind.dueOn},
      r.owner_id, r.team_id, ${actor.principal.userId}::uuid, ${actor.rule?.id ?? null}::uuid, ${nextEventAt(kind, sql`r.id`)}
    from ${kind.table} r where r.id = ${id}::uuid`);
}
