import type { BoardColumn, BoardLanes, LaneKind } from '../contracts/boards.ts';
import type { Money } from '../contracts/common.ts';
import type { Stage } from '../contracts/pipelines.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { encodeCursor } from '../http/index.ts';
import { cardSql } from './board-card.ts';
import { type BoardAsk, canMoveSql, laneKeySql, onBoardSql, rottingSql } from './board-filters.ts';

/** Cursors of a column are made for this order. */
export const COLUMN_ORDER = 'position';

/** What a column adds up to, without its stage and cards. */
export type ColumnTotals = Pick<BoardColumn, 'count' | 'value' | 'weighted' | 'rotting'>;

interface TotalsRow {
  stageId: string;
  count: number;
  value: string;
  weighted: string;
  rotting: number;
}

export const money = (amount: string, currency: string): Money => ({ amount, currency });

export function totalsByStage(rows: readonly TotalsRow[], currency: string): Map<string, ColumnTotals> {
  return new Map(
    rows.map(({ stageId, count, value, weighted, rotting }) => [
      stageId,
      { count, value: money(value, currency), weighted: money(weighted, currency), rotting },
    ]),
  );
}

/**
 * Sums of value and of what is likely to come of it. Records without a probability of their own are multiplied after
 * adding up, with the stage's: a product for each of 100,000 records costs more than all the rest.
 */
function sumsSql({ kind }: BoardAsk): { own: Sql; weighted: Sql } {
  const base = kind.valueBase;
  if (kind.entity === 'lead') return { own: raw('0::numeric'), weighted: sql`coalesce(sum(${base}), 0)` };
  return {
    own: sql`coalesce(sum(${base} * r.probability::numeric) filter (where r.probability is not null), 0)`,
    weighted: sql`coalesce(sum(${base}) filter (where r.probability is null), 0)`,
  };
}

/**
 * Count and sums of the columns, within filters and scope. Stages without cards are missing. What was lost over the years
 * is often more than all the rest together, so the two are added up side by side.
 */
export async function readTotals(
  runner: SqlRunner,
  ask: BoardAsk,
  stages: readonly Stage[],
): Promise<Map<string, ColumnTotals>> {
  const lost = stages.filter(({ kind }) => kind === 'lost');
  const others = stages.filter(({ kind }) => kind !== 'lost');
  const parts = await Promise.all(
    [lost, others].filter(({ length }) => length > 0).map((part) => addUp(runner, ask, part)),
  );
  return totalsByStage(parts.flat(), ask.currency);
}

async function addUp(runner: SqlRunner, ask: BoardAsk, stages: readonly Stage[]): Promise<TotalsRow[]> {
  const sums = sumsSql(ask);
  const rots = stages.some(({ rottingDays, kind }) => rottingDays !== null && kind === 'open');
  // Stage by stage: to read a column's index from end to end takes less than to sort all records into columns.
  return await runner.rows<TotalsRow>(sql`
    select s.id::text as "stageId", t.count, t.rotting,
      round(t.value, currency_digits(${ask.currency}))::text as value,
      round(t.own + t.shared * s.probability::numeric, currency_digits(${ask.currency}))::text as weighted
    from stage s, lateral (
      select count(*)::int as count, coalesce(sum(${ask.kind.valueBase}), 0) as value, ${sums.own} as own, ${sums.weighted} as shared,
        ${rots ? sql`(count(*) filter (where ${rottingSql(ask.now)}))::int` : raw('0')} as rotting
      from ${ask.kind.table} r
      where r.stage_id = s.id and ${onBoardSql(ask)}
    ) t
    where s.id = any(${stages.map(({ id }) => id)}::uuid[]) and t.count > 0`);
}

/** One column's page of cards, as JSON text. */
export interface CardsPage {
  stageId: string;
  cards: string;
  nextCursor: string | null;
}

interface CardsRow {
  stageId: string;
  cards: string;
  shown: number;
  lastPosition: number | null;
  lastId: string | null;
}

/** The first cards of each of these stages, or those after a place in one of them. */
export async function readCards(
  runner: SqlRunner,
  ask: BoardAsk,
  stageIds: readonly string[],
  { limit, after }: { limit: number; after: { position: string; id: string } | null },
): Promise<Map<string, CardsPage>> {
  const beyond = after ? sql`and (r.position, r.id) > (${after.position}::text::float8, ${after.id}::uuid)` : raw('');
  const rows = await runner.rows<CardsRow>(sql`
    select st.id::text as "stageId", page.cards, page.shown, page."lastPosition", page."lastId"
    from unnest(${stageIds}::uuid[]) as st(id), lateral (
      select '[' || coalesce(string_agg(card, ',' order by position, id), '') || ']' as cards, count(*)::int as shown,
        (array_agg(position order by position desc, id desc))[1] as "lastPosition",
        (array_agg(id::text order by position desc, id desc))[1] as "lastId"
      from (
        select m.position, m.id, ${cardSql(ask)} as card
        from (
          select r.id, r.position, ${canMoveSql(ask)} as can_move
          from ${ask.kind.table} r
          where r.stage_id = st.id and ${onBoardSql(ask)} ${beyond}
          order by r.position, r.id ${limitSql(limit)}
        ) m
        join ${ask.kind.table} r on r.id = m.id
        join stage s on s.id = r.stage_id
        left join app_user o on o.id = r.owner_id ${ask.kind.cardJoins}
      ) shown
    ) page`);
  return new Map(
    rows.map(({ stageId, cards, shown, lastPosition, lastId }) => {
      const nextCursor = shown === limit && lastId ? encodeCursor(COLUMN_ORDER, [lastPosition, lastId]) : null;
      return [stageId, { stageId, cards, nextCursor }];
    }),
  );
}

/** Those of these records that are on the board now, as JSON text: `[{"stageId", "card"}, ...]`. */
export async function readCardsById(
  runner: SqlRunner,
  ask: BoardAsk,
  stageIds: readonly string[],
  ids: readonly string[],
): Promise<string> {
  const row = await runner.first<{ cards: string }>(sql`
    select '[' || coalesce(string_agg(concat('{"stageId":"', r.stage_id, '","card":', ${cardSql(ask)}, '}'), ','), '') || ']' as cards
    from (
      select r.id, ${canMoveSql(ask)} as can_move from ${ask.kind.table} r
      where r.id = any(${ids}::uuid[]) and r.stage_id = any(${stageIds}::uuid[]) and ${onBoardSql(ask)}
    ) m
    join ${ask.kind.table} r on r.id = m.id
    join stage s on s.id = r.stage_id
    left join app_user o on o.id = r.owner_id ${ask.kind.cardJoins}`);
  return row?.cards ?? '[]';
}

interface LaneRow {
  key: string;
  name: string | null;
  count: number;
  value: string;
  weighted: string;
}

/** Most lanes of a board; more is a list, not a board. */
const MAX_LANES = 200;
const bandOrder = `case t.key when 'hot' then 1 when 'warm' then 2 when 'cold' then 3 else 4 end`;

/** The lanes that have cards in these stages, in reading order; nobody's and unset ones last. */
export async function readLanes(
  runner: SqlRunner,
  ask: BoardAsk,
  stageIds: readonly string[],
  by: LaneKind,
): Promise<BoardLanes> {
  const sums = sumsSql(ask);
  const name = by === 'owner' ? sql`o.name` : sql`nullif(t.key, ${by === 'score' ? 'none' : ''})`;
  const rows = await runner.rows<LaneRow>(sql`
    select t.key, ${name} as name, sum(t.count)::int as count,
      round(sum(t.value), currency_digits(${ask.currency}))::text as value,
      round(sum(t.own + t.shared * st.probability::numeric), currency_digits(${ask.currency}))::text as weighted
    from (
      select r.stage_id, ${laneKeySql(by)} as key, count(*) as count, coalesce(sum(${ask.kind.valueBase}), 0) as value,
        ${sums.own} as own, ${sums.weighted} as shared
      from ${ask.kind.table} r
      where r.stage_id = any(${stageIds}::uuid[]) and ${onBoardSql(ask)}
      group by 1, 2
    ) t
    join stage st on st.id = t.stage_id
    ${by === 'owner' ? raw('left join app_user o on o.id::text = t.key') : raw('')}
    group by t.key ${by === 'owner' ? raw(', o.name') : raw('')}
    order by ${by === 'score' ? raw(bandOrder) : raw('2 nulls last, t.key')} ${limitSql(MAX_LANES)}`);
  return {
    items: rows.map(({ key, name: text, count, value, weighted }) => ({
      key,
      name: text,
      count,
      value: money(value, ask.currency),
      weighted: money(weighted, ask.currency),
    })),
  };
}
