import { scopeSql } from '../access/index.ts';
import type { BoardLanes, LaneKind } from '../contracts/boards.ts';
import type { Stage } from '../contracts/pipelines.ts';
import { join, limitSql, plannedEachTime, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { encodeCursor } from '../http/index.ts';
import { type CardsPage, type ColumnTotals, money, totalsByStage } from './board.repository.ts';
import { cardSql } from './board-card.ts';
import type { BoardAsk } from './board-filters.ts';
import { filterSql } from './record-filter.ts';

/** Cursors of a column of the past are made for this order. */
export const REWIND_ORDER = 'entered';

/** The moment at which a business day ends, or now where that is still to come. */
export async function endOfDay(runner: SqlRunner, day: string, timeZone: string, now: Date): Promise<string> {
  const row = await runner.first<{ at: string }>(sql`
    select iso(least((${day}::date + 1)::timestamp at time zone ${timeZone} - interval '1 millisecond', ${now.toISOString()}::timestamptz)) as at`);
  if (!row) throw new Error('a day without an end');
  return row.at;
}

/**
 * The events (`e`) that say how records stood at `at`: the record's last one by then, where that isn't its removal.
 * Scope is that of today, by the record as it is: nobody learns of the past what they may not see now. Owner and team
 * of the filters are those of that time.
 */
function standingSql(ask: BoardAsk, at: string): { joins: Sql; where: Sql } {
  const { kind, reach, filters, principal } = ask;
  const { owner, team, source, segment, q } = filters;
  const narrows = filterSql(
    kind,
    reach,
    { source: one(source), segment: one(segment), q: q || undefined },
    principal.userId,
  );
  const needsRecord = reach.kind !== 'all' || source !== undefined || segment !== undefined || Boolean(q);
  const ownerId = owner === 'me' ? principal.userId : owner;
  const conditions = [
    sql`e.kind <> 'removed' and e.at <= ${at}::timestamptz and e.until > ${at}::timestamptz`,
    ...(needsRecord ? [sql`${scopeSql(reach, 'r')} ${narrows}`] : []),
    ...(owner === 'nobody' ? [raw('e.owner_id is null')] : []),
    ...(ownerId !== undefined && owner !== 'nobody' ? [sql`e.owner_id = ${ownerId}::uuid`] : []),
    ...(team === undefined ? [] : [sql`e.team_id = ${team}::uuid`]),
  ];
  const joins = needsRecord ? sql`join ${kind.table} r on r.id = e.record_id` : raw('');
  return { joins, where: join(conditions, ' and ') };
}

const one = (value: string | undefined): string[] | undefined => (value === undefined ? undefined : [value]);

/** Count and sums of the columns as they stood at `at`. Weighted by the stages' probabilities of today. */
export async function readTotalsAt(
  runner: SqlRunner,
  ask: BoardAsk,
  pipelineId: string,
  at: string,
): Promise<Map<string, ColumnTotals>> {
  const { joins, where } = standingSql(ask, at);
  const rows = await runner.rows<{
    stageId: string;
    count: number;
    value: string;
    weighted: string;
    rotting: number;
  }>(
    plannedEachTime(sql`
    select t.stage_id::text as "stageId", t.count, 0 as rotting,
      round(t.value, currency_digits(${ask.currency}))::text as value,
      round(t.value * st.probability::numeric, currency_digits(${ask.currency}))::text as weighted
    from (
      select e.to_stage_id as stage_id, count(*)::int as count, coalesce(sum(e.amount_base), 0) as value
      from stage_event e ${joins}
      where e.pipeline_id = ${pipelineId}::uuid and ${where}
      group by e.to_stage_id
    ) t join stage st on st.id = t.stage_id`),
  );
  return totalsByStage(rows, ask.currency);
}

/** The moment since when a record was in the stage, as of an event: later changes of value or owner don't count. */
const enteredSql = `coalesce((select x.at from stage_event x where x.record_type = m.record_type and x.record_id = m.record_id
  and x.kind <> 'changed' and x.at <= m.at order by x.at desc limit 1), m.at)`;

/**
 * The latest events of each stage, by their ids. Whoever sees everything has them near the end of each stage's index;
 * of what few may see, all that stood is gathered first, or the index would be walked back for years.
 */
function latestSql(
  { reach }: BoardAsk,
  pipelineId: string,
  stageIds: readonly string[],
  where: Sql,
  joins: Sql,
  limit: number,
): Sql {
  if (reach.kind === 'all') {
    return sql`
      select page.id from unnest(${stageIds}::uuid[]) as st(id), lateral (
        select e.id from stage_event e ${joins} where e.to_stage_id = st.id and ${where}
        order by e.at desc, e.id desc ${limitSql(limit)}
      ) page`;
  }
  return sql`
    select ranked.id from (
      select e.id, row_number() over (partition by e.to_stage_id order by e.at desc, e.id desc) as rank
      from stage_event e ${joins}
      where e.pipeline_id = ${pipelineId}::uuid
        and e.to_stage_id = any(${stageIds}::uuid[]) and ${where}
    ) ranked where rank <= ${limit}::int`;
}

/** The cards of the columns as they stood at `at`, those with the latest news first; nobody moves them. */
export async function readCardsAt(
  runner: SqlRunner,
  ask: BoardAsk,
  pipelineId: string,
  stageIds: readonly string[],
  at: string,
  { limit, after }: { limit: number; after: { at: string; id: string } | null },
): Promise<Map<string, CardsPage>> {
  const { kind } = ask;
  const { joins, where } = standingSql(ask, at);
  const beyond = after ? sql`and (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : raw('');
  const card = cardSql(ask, {
    score: 'null',
    value: 'm.amount_base',
    currency: 'm.currency',
    position: '0',
    stageSince: enteredSql,
    dueOn: kind.entity === 'opportunity' ? 'm.expected_close_on' : 'null::date',
  });
  const rows = await runner.rows<{ stageId: string; cards: string; shown: number; lastAt: string; lastId: string }>(
    plannedEachTime(sql`
    select m.to_stage_id::text as "stageId", '[' || string_agg(${card}, ',' order by m.at desc, m.id desc) || ']' as cards,
      count(*)::int as shown, iso((array_agg(m.at order by m.at, m.id))[1]) as "lastAt",
      (array_agg(m.id::text order by m.at, m.id))[1] as "lastId"
    from (
      select e.id, e.at, e.record_type, e.record_id, e.amount_base, e.owner_id, e.expected_close_on, e.to_stage_id,
        false as can_move, ${ask.currency}::text as currency
      from (${latestSql(ask, pipelineId, stageIds, sql`${where} ${beyond}`, joins, limit)}) latest join stage_event e on e.id = latest.id
    ) m
    join ${kind.table} r on r.id = m.record_id
    join stage s on s.id = m.to_stage_id
    left join app_user o on o.id = m.owner_id ${kind.cardJoins}
    group by m.to_stage_id`),
  );
  return new Map(
    rows.map(({ stageId, cards, shown, lastAt, lastId }) => {
      const nextCursor = shown === limit ? encodeCursor(REWIND_ORDER, [lastAt, lastId]) : null;
      return [stageId, { stageId, cards, nextCursor }];
    }),
  );
}

/** The lanes of a board of the past, by the owner of that time. */
export async function readLanesAt(
  runner: SqlRunner,
  ask: BoardAsk,
  pipelineId: string,
  at: string,
  by: Exclude<LaneKind, 'score'>,
): Promise<BoardLanes> {
  const { joins, where } = standingSql(ask, at);
  const isOwner = by === 'owner';
  const hasRecord = joins.sql !== '';
  const rows = await runner.rows<{
    key: string;
    name: string | null;
    count: number;
    value: string;
    weighted: string;
  }>(sql`
    select t.key, ${isOwner ? raw('o.name') : raw(`nullif(t.key, '')`)} as name, sum(t.count)::int as count,
      round(sum(t.value), currency_digits(${ask.currency}))::text as value,
      round(sum(t.value * st.probability::numeric), currency_digits(${ask.currency}))::text as weighted
    from (
      select e.to_stage_id, ${isOwner ? raw(`coalesce(e.owner_id::text, 'nobody')`) : raw(`coalesce(r.segment, '')`)} as key,
        count(*) as count, coalesce(sum(e.amount_base), 0) as value
      from stage_event e ${isOwner || hasRecord ? joins : sql`join ${ask.kind.table} r on r.id = e.record_id`}
      where e.pipeline_id = ${pipelineId}::uuid and ${where}
      group by 1, 2
    ) t
    join stage st on st.id = t.to_stage_id
    ${isOwner ? raw('left join app_user o on o.id::text = t.key') : raw('')}
    group by t.key ${isOwner ? raw(', o.name') : raw('')}
    order by 2 nulls last, t.key ${limitSql(200)}`);
  return {
    items: rows.map(({ key, name, count, value, weighted }) => ({
      key,
      name,
      count,
      value: money(value, ask.currency),
      weighted: money(weighted, ask.currency),
    })),
  };
}

/** The stages that had cards then, or are there now. */
export const stagesAt = (
  stages: readonly Stage[],
  present: ReadonlySet<string>,
  totals: ReadonlyMap<string, unknown>,
): Stage[] => stages.filter(({ id }) => present.has(id) || totals.has(id));
