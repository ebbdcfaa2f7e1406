import type { LostReason } from '../../contracts/pipeline-settings.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

/** Reasons in their order; archived ones come last. */
export function listLostReasons(
  runner: SqlRunner,
  filter: { entity?: PipelineEntity | undefined; id?: string; withArchived: boolean },
): Promise<LostReason[]> {
  return runner.rows<LostReason>(sql`
    select id::text as id, entity, label, position, archived_at is not null as "isArchived"
    from lost_reason
    where (${filter.entity ?? null}::text is null or entity = ${filter.entity ?? null}::text)
      and (${filter.id ?? null}::uuid is null or id = ${filter.id ?? null}::uuid)
      and (${filter.withArchived}::bool or archived_at is null)
    order by entity, archived_at is not null, position, label`);
}

/** A new reason behind the others. Returns its id. */
export async function insertLostReason(
  runner: SqlRunner,
  reason: Pick<LostReason, 'entity' | 'label'>,
): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into lost_reason (entity, label, position)
    select ${reason.entity}, ${reason.label}, coalesce(max(position) + 1, 0) from lost_reason where entity = ${reason.entity}
    returning id::text as id`);
  if (!row) throw new Error('insert of a lost reason returned no row');
  return row.id;
}

export async function updateLostReason(
  runner: SqlRunner,
  id: string,
  change: { label?: string | undefined; isArchived?: boolean | undefined },
): Promise<void> {
  await runner.rows(sql`
    update lost_reason set label = coalesce(${change.label ?? null}::text, label),
      archived_at = case ${change.isArchived ?? null}::bool when true then coalesce(archived_at, now()) when false then null
        else archived_at end
    where id = ${id}::uuid`);
}

export async function orderLostReasons(
  runner: SqlRunner,
  entity: PipelineEntity,
  ids: readonly string[],
): Promise<void> {
  await runner.rows(sql`
    update lost_reason r set position = wanted.place - 1
    from unnest(${ids}::uuid[]) with ordinality wanted (id, place) where r.id = wanted.id and r.entity = ${entity}`);
}
