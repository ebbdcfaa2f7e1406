import { type Principal, type Reach, scopeOf, scopeSql } from '../access/index.ts';
import type { BoardQuery, LaneKind, QuickFilter } from '../contracts/boards.ts';
import { join, raw, type Sql, sql } from '../db/index.ts';
import { type RecordFilters, recordFilterSql } from './record-filter.ts';
import type { RecordKind } from './record-kind.ts';

/** From here on a score is hot, and from here on warm. */
const HOT = 70;
const WARM = 40;

/** What narrows a board: the wire's filters, without what says how it is shown. */
export type BoardFilters = Pick<BoardQuery, 'owner' | 'team' | 'source' | 'segment' | 'tag' | 'score' | 'quick' | 'q'>;

/** A board as one person asks for it. */
export interface BoardAsk {
  kind: RecordKind;
  principal: Principal;
  /** the reach of reading; what of the fields is shown, too */
  reach: Reach;
  filters: BoardFilters;
  /** further fields of a card, by the names of the wire */
  fields: readonly string[];
  /** the company's */
  currency: string;
  /** now, and the business day that it is */
  now: Date;
  today: string;
  timeZone: string;
}

/** Has a card been in its stage longer than that allows? `s` is the stage. */
export const rottingSql = (now: Date): Sql =>
  sql`(s.rotting_days is not null and s.kind = 'open' and r.stage_since < ${now.toISOString()}::timestamptz - make_interval(days => s.rotting_days))`;

/** The band of a score, by the names that the filter takes. */
export const scoreBandSql = raw(
  `case when r.score is null then 'none' when r.score >= ${HOT} then 'hot' when r.score >= ${WARM} then 'warm' else 'cold' end`,
);

/** The conditions of a filter that is one click. */
function quickFilters(quick: readonly QuickFilter[]): RecordFilters {
  const has = (one: QuickFilter) => quick.includes(one) || undefined;
  return {
    noNextStep: has('no-next-step'),
    overdue: has('overdue-task'),
    pastClose: has('past-close'),
    scoreMin: has('hot') && HOT,
  };
}

/** The condition of a record (`r`) being on the board, within scope and filters. */
export function onBoardSql({ kind, reach, filters, principal, now, today, timeZone }: BoardAsk): Sql {
  const { owner, tag, score, quick = [], team, source, segment, q } = filters;
  const list = (value: string | undefined) => (value === undefined ? undefined : [value]);
  const narrowing = recordFilterSql(
    kind,
    reach,
    {
      ...quickFilters(quick),
      owner: list(owner),
      team: list(team),
      source: list(source),
      segment: list(segment),
      tag: list(tag),
      q: q || undefined,
    },
    { userId: principal.userId, today, now: now.toISOString(), timeZone },
  );
  const conditions = [
    sql`r.deleted_at is null and ${scopeSql(reach, 'r')} ${narrowing}`,
    ...(score === undefined ? [] : [sql`${scoreBandSql} = ${score}`]),
    ...(quick.includes('unassigned') ? [raw('r.owner_id is null')] : []),
    ...(quick.includes('rotting')
      ? [sql`exists (select 1 from stage s where s.id = r.stage_id and ${rottingSql(now)})`]
      : []),
  ];
  return join(conditions, ' and ');
}

/** What a lane is made of: the key that the filter of the same name takes. */
export function laneKeySql(by: LaneKind): Sql {
  switch (by) {
    case 'owner':
      return raw(`coalesce(r.owner_id::text, 'nobody')`);
    case 'segment':
      return raw(`coalesce(r.segment, '')`);
    case 'score':
      return scoreBandSql;
    default:
      return by satisfies never;
  }
}

/** May the person move cards of this kind at all, and which (`r`)? */
export const canMoveSql = ({ kind, principal }: Pick<BoardAsk, 'kind' | 'principal'>): Sql =>
  scopeSql(scopeOf(principal, kind.write), 'r');
