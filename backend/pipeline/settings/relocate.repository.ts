import { type Actor, actorKind } from '../../access/index.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import type { RecordKind } from '../record-kind.ts';

/** How many records, also deleted ones that can be restored, stand in each of these stages. */
export function countRecords(
  runner: SqlRunner,
  kind: RecordKind,
  stageIds: readonly string[],
): Promise<{ id: string; records: number; live: number }[]> {
  return runner.rows(sql`
    select s.id::text as id, count(r.id)::int as records, (count(r.id) filter (where r.deleted_at is null))::int as live
    from unnest(${stageIds}::uuid[]) s (id) left join ${kind.table} r on r.stage_id = s.id
    group by s.id`);
}

/**
 * Moves every record of some stages into another one of the same kind, at the end of it and in the order they stood in. Each gets its
 * stage event and audit row; rules are not set off, and nothing is asked, as nobody works on the records. Deleted ones
 * go along unseen, so that a restored one stands in a stage that is there.
 */
export async function relocateRecords(
  runner: SqlRunner,
  kind: RecordKind,
  actor: Actor,
  fromStageIds: readonly string[],
  toStageId: string,
): Promise<number> {
  const row = await runner.first<{ moved: number }>(sql`
    with cards as materialized (
      select r.id, r.stage_id, r.stage_since, r.deleted_at from ${kind.table} r
      where r.stage_id = any(${fromStageIds}::uuid[]) order by r.id for update
    ), placed as (
      select c.id, c.stage_id, row_number() over (order by r.stage_id, r.position, r.id) * 1024::float8
        + coalesce((select max(x.position) from ${kind.table} x where x.stage_id = ${toStageId}::uuid), 0) as place,
        greatest(clock_timestamp(), c.stage_since + interval '1 millisecond', (
          select max(e.at) + interval '1 millisecond' from stage_event e
          where e.record_type = ${kind.entity} and e.record_id = c.id)) as entered
      from cards c join ${kind.table} r on r.id = c.id
    ), moved as (
      update ${kind.table} r set stage_id = s.id, pipeline_id = s.pipeline_id, position = placed.place, stage_since = placed.entered,
        version = r.version + 1, updated_at = now()
      from placed, stage s where r.id = placed.id and s.id = ${toStageId}::uuid
      returning r.*
    ), event as (
      insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, expected_close_on,
        owner_id, team_id, actor_id, at)
      select ${kind.entity}, r.id, r.pipeline_id, placed.stage_id, r.stage_id, ${kind.valueBase}, ${kind.dueOn}, r.owner_id,
        r.team_id, ${actor.principal.userId}::uuid, placed.entered
      from moved r join placed on placed.id = r.id where r.deleted_at is null
    ), audit as (
      insert into audit_entry (actor_id, actor_kind, action, entity, entity_id, before, after, request_id)
      select ${actor.principal.userId}::uuid, ${actorKind(actor)}, ${`${kind.entity}.moved`}, ${kind.entity}, r.id::text,
        jsonb_build_object('stageId', placed.stage_id), jsonb_build_object('stageId', r.stage_id), ${actor.requestId}
      from moved r join placed on placed.id = r.id where r.deleted_at is null
    )
    select count(*)::int as moved from moved`);
  return row?.moved ?? 0;
}
