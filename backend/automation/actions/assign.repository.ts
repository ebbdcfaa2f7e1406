import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { kinds } from '../facts.repository.ts';

export interface Candidate {
  id: string;
  name: string;
  /** open records of the entity that they own */
  open: number;
}

/** Who may get the next record, in a fixed order: those who can sign in, named by themselves or by their team. */
export function candidates(
  runner: SqlRunner,
  entity: PipelineEntity,
  among: { userIds: readonly string[]; teamId: string | null },
): Promise<Candidate[]> {
  const { table } = kinds[entity];
  return runner.rows<Candidate>(sql`
    select u.id::text as id, u.name, (select count(*)::int from ${table} r join stage s on s.id = r.stage_id
      where r.owner_id = u.id and r.deleted_at is null and s.kind = 'open') as open
    from app_user u
    where u.status = 'active' and (u.id = any(${[...among.userIds]}::uuid[]) or u.team_id = ${among.teamId}::uuid)
    order by lower(u.name), u.id`);
}

/**
 * Who got the last one. Runs of the same rule take turns from here to their commit, so that two at the same moment
 * don't choose the same person.
 */
export async function holdTurn(runner: SqlRunner, ruleId: string): Promise<string | null> {
  const row = await runner.first<{ last: string | null }>(sql`
    select last_assignee::text as last from automation_rule where id = ${ruleId}::uuid for update`);
  return row?.last ?? null;
}

export async function markTurn(runner: SqlRunner, ruleId: string, userId: string): Promise<void> {
  await runner.rows(sql`update automation_rule set last_assignee = ${userId}::uuid where id = ${ruleId}::uuid`);
}
