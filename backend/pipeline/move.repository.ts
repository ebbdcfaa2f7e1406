import {
  type Actor,
  actorKind,
  type Principal,
  type Reach,
  type RecordScope,
  scopeOf,
  scopeSql,
} from '../access/index.ts';
import type { StageMove } from '../contracts/pipelines.ts';
import { raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { RecordJson } from './record.repository.ts';
import type { RecordKind } from './record-kind.ts';

/** Cards of a column stand this far apart, so that about forty can be put between two before renumbering. */
const POSITION_STEP = 1024;

/** Why a move did not happen, told apart only after it failed, so that the common case is one round trip. */
export interface MoveObstacle {
  version: number;
  stageId: string;
  stageKind: string;
  /** null: the target is not a stage of the record's pipeline */
  targetKind: string | null;
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
  /** only for the transactions that convert, win or reopen, which do the rest of what that means */
  allowWon?: boolean;
}

/**
 * Moves a card between two stages that are not won, in one statement: lock, check of scope and version,
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
): Promise<RecordJson | undefined> {
  const { anchor, position } = placeSql(kind, actor.principal, input.id, input.move);
  const closing = kind.closedColumn
    ? sql`, ${raw(kind.closedColumn)} = case when s.kind = 'open' then null
        when s.kind = was.kind then r.${raw(kind.closedColumn)} else ${input.today}::date end`
    : raw('');
  return runner.first<RecordJson>(sql`
    with rec as materialized (
      select r.id, r.stage_id, r.position, r.version,
        greatest(clock_timestamp(), r.stage_since + interval '1 millisecond') as entered
      from ${kind.table} r
      where r.id = ${input.id}::uuid and r.deleted_at is null and ${scopeSql(reach, 'r')}
        and (${input.version}::int is null or r.version = ${input.version}::int)
      for update
    ), anchor as materialized (${anchor}), moved as (
      update ${kind.table} r set stage_id = s.id, position = ${position}, version = r.version + 1, updated_at = now(),
        stage_since = case when rec.stage_id = s.id then r.stage_since else rec.entered end ${closing}
      from rec, anchor, stage s, stage was
      where r.id = rec.id and s.id = ${input.move.stageId}::uuid and s.pipeline_id = r.pipeline_id
        and was.id = rec.stage_id and not anchor.cramped
        and (${input.allowWon ?? false}::bool or (s.kind <> 'won' and was.kind <> 'won'))
      returning r.*
    ), event as (
      insert into stage_event (record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base, owner_id, team_id, actor_id, at)
      select ${kind.entity}, r.id, r.pipeline_id, rec.stage_id, r.stage_id, ${kind.valueBase}, r.owner_id, r.team_id,
        ${actor.principal.userId}::uuid, rec.entered
      from moved r, rec where rec.stage_id <> r.stage_id
    ), audit as (
      insert into audit_entry (actor_id, actor_kind, action, entity, entity_id, before, after, request_id)
      select ${actor.principal.userId}::uuid, ${actorKind(actor)}, ${`${kind.entity}.moved`}, ${kind.entity}, r.id::text,
        jsonb_build_object('stageId', rec.stage_id, 'position', rec.position),
        jsonb_build_object('stageId', r.stage_id, 'position', r.position), ${actor.requestId}
      from moved r, rec
    )
    select ${kind.json(reach)}::text as json, r.version from moved r ${kind.joins}`);
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
    select r.version, r.stage_id::text as "stageId", was.kind as "stageKind", s.kind as "targetKind",
      case when ${anchorId}::uuid is null then null else n.id is not null end as "anchorFound",
      coalesce((select cramped from (${anchor}) place), false) as "isCramped"
    from ${kind.table} r
    join stage was on was.id = r.stage_id
    left join stage s on s.id = ${input.move.stageId}::uuid and s.pipeline_id = r.pipeline_id
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
