import {
  type Actor,
  actorKind,
  type Principal,
  type Reach,
  type RecordScope,
  scopeOf,
  scopeSql,
} from '../access/index.ts';
import type { StageMove } from '../contracts/moves.ts';
import { raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { RECORD_CHANGED, rulesWaitFor } from '../notify/index.ts';
import type { RecordJson } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';
import { nextEventAt } from './stage-event.repository.ts';

/** Cards of a column stand this far apart, so that about forty can be put between two before renumbering. */
const POSITION_STEP = 1024;

/** Why a move did not happen, told apart only after it failed, so that the common case is one round trip. */
export interface MoveObstacle {
  version: number;
  stageId: string;
  stageName: string;
  stageKind: string;
  isSameStage: boolean;
  /** null: the target is no stage that such a record can be in */
  targetKind: string | null;
  targetName: string | null;
  /** what the target asks for on entry; names of the wire */
  requiredFields: string[];
  asksLostReason: boolean;
  /** the reason it has been given already */
  lostReasonId: string | null;
  /** the names of the only stages that it may go to from here; null: it may go anywhere, or where it is asked to */
  onlyTo: string[] | null;
  /** null: no neighbour was named */
  anchorFound: boolean | null;
  /** there is no number between the neighbour and the next card: the stage must be respaced first */
  isCramped: boolean;
}

/**
 * Where the card comes to stand: above all, or between the named card and its neighbour. Neighbours are found
 * by `order by ... limit 1`, which walks the index (stage, position) and stops, whatever the column's length. Only a
 * card that the person may see can be named.
 */
function placeSql(kind: RecordKind, principal: Principal, id: string, move: StageMove): { anchor: Sql; position: Sql } {
  const others = sql`from ${kind.table} x where x.stage_id = ${move.stageId}::uuid and x.id <> ${id}::uuid and x.deleted_at is null`;
  const anchorId = move.before ?? move.after;
  if (!anchorId) {
    return {
      anchor: sql`select false as cramped`,
      position: sql`coalesce((select x.position ${others} order by x.position limit 1) - ${POSITION_STEP}::float8, 0)`,
    };
  }
  const [comparison, direction, step] = move.before ? ['<', 'desc', '-'] : ['>', 'asc', '+'];
  const neighbour = sql`(select x.position ${others} and x.position ${raw(comparison)} n.position
    order by x.position ${raw(direction)} limit 1)`;
  // Cramped: another card shares the anchor's place, or stands so close that no number lies between.
  const anchor = sql`
    select place, shared or place = position or place is not distinct from next as cramped
    from (
      select near.*, coalesce((position + next) / 2, position ${raw(step)} ${POSITION_STEP}::float8) as place
      from (
        select n.position, ${neighbour} as next,
          exists (select 1 ${others} and x.position = n.position and x.id <> n.id) as shared
        from ${kind.table} n
        where n.id = ${anchorId}::uuid and n.id <> ${id}::uuid and n.stage_id = ${move.stageId}::uuid and n.deleted_at is null
          and ${scopeSql(scopeOf(principal, kind.read), 'n')}
      ) near
    ) placed`;
  return { anchor, position: sql`anchor.place` };
}

export interface MoveInput {
  id: string;
  move: StageMove;
  /** the version the caller read; null: any */
  version: number | null;
  /** the day that closes a record which enters a closed stage */
  today: string;
  /** the caller has checked all that the stages ask for, and does the rest of what winning or reopening means */
  isCleared?: boolean;
}

/** A moved record with where it came from and whose it is. */
export interface MovedCard extends RecordJson {
  fromPipelineId: string;
  fromStageId: string;
  pipelineId: string;
  stageId: string;
  ownerId: string | null;
  teamId: string | null;
}

/**
 * Where the stages themselves let a card pass without a question: within its stage always; else when the old one lets
 * go to the new one, neither books nor unbooks sales, and the new one asks for nothing.
 */
const freePassage = sql`(s.id = was.id or (
  (s.kind = 'won') = (was.kind = 'won') and s.required_fields = '{}' and not (s.kind = 'lost' and p.asks_lost_reason)
  and (not was.limits_next or s.id = any(was.next_stage_ids))))`;

/**
 * Moves a card between two stages in one statement: lock, check of scope, version and what the stages ask for,
 * place, stage event and audit row. Answers undefined when anything stood in the way (see `findObstacle`).
 * The moment of entering is read once the record is locked and is later than the one before, so that a record's
 * history is in the order of its changes, also of changes at the same time.
 */
export function moveCard(
  runner: SqlRunner,
  kind: RecordKind,
  reach: Reach,
  actor: Actor,
  input: MoveInput,
): Promise<MovedCard | undefined> {
  const { anchor, position } = placeSql(kind, actor.principal, input.id, input.move);
  const lost = (column: string, given: Sql) => sql`${raw(column)} = case when s.kind <> 'lost' then null
    when was.kind = 'lost' then coalesce(${given}, r.${raw(column)}) else ${given} end`;
  const closing = kind.closedColumn
    ? sql`, ${raw(kind.closedColumn)} = case when s.kind = 'open' then null
        when s.kind = was.kind then r.${raw(kind.closedColumn)} else ${input.today}::date end`
    : raw('');
  return runner.first<MovedCard>(sql`
    with rec as materialized (
      select r.id, r.pipeline_id, r.stage_id, r.position, r.lost_reason_id, r.lost_note,
        greatest(r.stage_since + interval '1 millisecond', ${nextEventAt(kind, raw('r.id'))}) as entered
      from ${kind.table} r
      where r.id = ${input.id}::uuid and r.deleted_at is null and ${scopeSql(reach, 'r')}
        and (${input.version}::int is null or r.version = ${input.version}::int)
      for update
    ), anchor as materialized (${anchor}), moved as (
      update ${kind.table} r set pipeline_id = s.pipeline_id, stage_id = s.id, position = ${position}, version = r.version + 1,
        updated_at = now(), stage_since = case when rec.stage_id = s.id then r.stage_since else rec.entered end,
        ${lost('lost_reason_id', sql`${input.move.lostReasonId ?? null}::uuid`)},
        ${lost('lost_note', sql`${input.move.lostNote ?? null}::text`)} ${closing}
      from rec, anchor, stage was, stage s join pipeline p on p.id = s.pipeline_id
      where r.id = rec.id and s.id = ${input.move.stageId}::uuid and was.id = rec.stage_id and not anchor.cramped
        and p.entity = ${kind.entity} and p.archived_at is null and s.archived_at is null
        and (${input.isCleared ?? false}::bool or ${freePassage})
      returning r.*
    ), event as (
      insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, expected_close_on,
        owner_id, team_id, actor_id, rule_id, at)
      select ${kind.entity}, r.id, r.pipeline_id, rec.stage_id, r.stage_id, ${kind.valueBase}, ${kind.dueOn}, r.owner_id, r.team_id,
        ${actor.principal.userId}::uuid, ${actor.rule?.id ?? null}::uuid, rec.entered
      from moved r, rec where rec.stage_id <> r.stage_id
    ), audit as (
      insert into audit_entry (actor_id, actor_kind, action, entity, entity_id, before, after, request_id, rule_id)
      select ${actor.principal.userId}::uuid, ${actorKind(actor)}, ${`${kind.entity}.moved`}, ${kind.entity}, r.id::text,
        jsonb_strip_nulls(jsonb_build_object('pipelineId', nullif(rec.pipeline_id, r.pipeline_id), 'stageId', rec.stage_id,
          'position', rec.position, 'lostReasonId', rec.lost_reason_id, 'lostNote', rec.lost_note)),
        jsonb_strip_nulls(jsonb_build_object('pipelineId', nullif(r.pipeline_id, rec.pipeline_id), 'stageId', r.stage_id,
          'position', r.position, 'lostReasonId', r.lost_reason_id, 'lostNote', r.lost_note)), ${actor.requestId}, ${actor.rule?.id ?? null}::uuid
      from moved r, rec
    ), posted as (
      insert into outbox (kind, payload)
      select ${RECORD_CHANGED}, jsonb_build_object('entity', ${kind.entity}::text, 'id', r.id, 'kind', 'moved', 'fields', jsonb_build_array('stage'),
        'before', jsonb_build_object('pipelineId', rec.pipeline_id, 'stageId', rec.stage_id, 'ownerId', r.owner_id, 'teamId', r.team_id),
        'after', jsonb_build_object('pipelineId', r.pipeline_id, 'stageId', r.stage_id, 'ownerId', r.owner_id, 'teamId', r.team_id),
        'actorId', ${actor.principal.userId}::text, 'chain', ${JSON.stringify(actor.rule?.chain ?? [])}::jsonb)
      from moved r, rec where rec.stage_id <> r.stage_id and ${rulesWaitFor(kind.entity)}
    )
    select ${kind.json(reach)}::text as json, r.version, rec.pipeline_id::text as "fromPipelineId", rec.stage_id::text as "fromStageId",
      r.pipeline_id::text as "pipelineId", r.stage_id::text as "stageId", r.owner_id::text as "ownerId", r.team_id::text as "teamId"
    from moved r join rec on rec.id = r.id ${kind.joins}`);
}

/** Looks at what stood in the way of a move; undefined when the record is not there within `scope`. */
export function findObstacle(
  runner: SqlRunner,
  kind: RecordKind,
  scope: RecordScope,
  principal: Principal,
  input: { id: string; move: StageMove },
): Promise<MoveObstacle | undefined> {
  const anchorId = input.move.before ?? input.move.after ?? null;
  const { anchor } = placeSql(kind, principal, input.id, input.move);
  return runner.first<MoveObstacle>(sql`
    select r.version, r.stage_id::text as "stageId", was.name as "stageName", was.kind as "stageKind",
      r.stage_id = ${input.move.stageId}::uuid as "isSameStage", s.kind as "targetKind", s.name as "targetName",
      coalesce(to_json(s.required_fields), '[]') as "requiredFields", coalesce(s.asks_lost_reason, false) as "asksLostReason",
      r.lost_reason_id::text as "lostReasonId",
      case when was.limits_next and s.id <> was.id and not s.id = any(was.next_stage_ids) then (
        select coalesce(json_agg(n.name order by n.position), '[]') from stage n
        where n.id = any(was.next_stage_ids) and n.archived_at is null) end as "onlyTo",
      case when ${anchorId}::uuid is null then null else n.id is not null end as "anchorFound",
      coalesce((select cramped from (${anchor}) place), false) as "isCramped"
    from ${kind.table} r
    join stage was on was.id = r.stage_id
    left join (
      select target.*, p.asks_lost_reason from stage target join pipeline p on p.id = target.pipeline_id
      where p.entity = ${kind.entity} and p.archived_at is null and target.archived_at is null
    ) s on s.id = ${input.move.stageId}::uuid
    left join ${kind.table} n on n.id = ${anchorId}::uuid and n.stage_id = s.id and n.deleted_at is null
      and ${scopeSql(scopeOf(principal, kind.read), 'n')}
    where r.id = ${input.id}::uuid and r.deleted_at is null and ${scopeSql(scope, 'r')}`);
}

/** Spreads the cards of a stage evenly again, in their present order. Locks in one order: two never block each other. */
export async function respaceStage(runner: SqlRunner, kind: RecordKind, stageId: string): Promise<void> {
  await runner.rows(sql`
    with cards as materialized (
      select id, position from ${kind.table} where stage_id = ${stageId}::uuid and deleted_at is null order by id for update
    )
    update ${kind.table} r set position = ranked.rank * ${POSITION_STEP}::float8
    from (select id, row_number() over (order by position, id) as rank from cards) ranked
    where r.id = ranked.id`);
}

/** The place above all cards of a stage, for a record that enters it outside the board. */
export const topOfStage = (kind: RecordKind, stageId: string): Sql =>
  sql`coalesce((select x.position - ${POSITION_STEP}::float8 from ${kind.table} x
    where x.stage_id = ${stageId}::uuid and x.deleted_at is null order by x.position limit 1), 0)`;
