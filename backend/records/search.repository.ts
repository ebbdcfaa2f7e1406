import { type Principal, type Reach, scopeOf, scopeSql } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { SearchHit } from '../contracts/search.ts';
import { accountKind, contactKind } from '../customers/index.ts';
import { join, limitSql, plannedEachTime, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { leadKind, likeText, opportunityKind, type SearchedKind, searchSql, shownTexts } from '../pipeline/index.ts';

/** A kind of record as the search sees it. */
interface FoundKind extends SearchedKind {
  readonly entity: RecordType;
  readonly table: Sql;
  readonly read: Parameters<typeof scopeOf>[1];
}

const kinds: Readonly<Record<RecordType, FoundKind>> = {
  lead: leadKind,
  opportunity: opportunityKind,
  account: accountKind,
  contact: contactKind,
};

/** What a hit shows beside the name, and what it needs for that. */
const details: Readonly<Record<RecordType, { detail: Sql; joins: Sql; stage: Sql }>> = {
  lead: { detail: raw('r.company'), joins: raw('join stage s on s.id = r.stage_id'), stage: raw('s') },
  opportunity: {
    detail: raw('a.name'),
    joins: raw('join stage s on s.id = r.stage_id left join account a on a.id = r.account_id'),
    stage: raw('s'),
  },
  account: { detail: raw('r.domain'), joins: raw(''), stage: raw('') },
  contact: { detail: raw('a.name'), joins: raw('left join account a on a.id = r.account_id'), stage: raw('') },
};

const stageJson = raw(`json_build_object('id', s.id, 'name', s.name, 'kind', s.kind)`);
const ownerJson = raw(`case when o.id is null then null else json_build_object('id', o.id, 'name', o.name) end`);

/** So many of a way of matching are looked at: enough to put the best first, few enough to be quick. */
const CANDIDATES = 120;
const CLOSE_CANDIDATES = 40;

/**
 * Candidates are found in steps of their own (`materialized`): asked for a few rows at once, PostgreSQL would rather
 * read the table until it has them, and where there are none it reads all of it.
 */
function hitsSql(
  kind: FoundKind,
  principal: Principal,
  candidates: Sql,
  rank: Sql,
  limit: number,
  isClose: boolean,
): Sql {
  const { detail, joins, stage } = details[kind.entity];
  const shownStage = stage.text === '' ? raw('null::json') : stageJson;
  return plannedEachTime(sql`
    with ${candidates}
    select ${kind.entity}::text as type, r.id::text as id, r.name, ${detail} as detail, ${shownStage} as stage,
      ${ownerJson} as owner, ${isClose}::bool as "isClose"
    from (select c.id, ${rank} as rank from candidate c group by c.id) c
    join ${kind.table} r on r.id = c.id ${joins} left join app_user o on o.id = r.owner_id
    order by c.rank, r.owner_id is not distinct from ${principal.userId}::uuid desc, r.updated_at desc, r.id
    ${limitSql(limit)}`);
}

const within = (reach: Reach): Sql => sql`r.deleted_at is null and ${scopeSql(reach, 'r')}`;

/** Records of a kind that have what was typed; those whose name begins with it first. */
export function findExact(
  runner: SqlRunner,
  type: RecordType,
  principal: Principal,
  q: string,
  limit: number,
): Promise<SearchHit[]> {
  const kind = kinds[type];
  const reach = scopeOf(principal, kind.read);
  const [first] = shownTexts(kind, reach);
  if (!first) return Promise.resolve([]);
  const candidates = sql`beginning as materialized (
      select r.id from ${kind.table} r where ${within(reach)} and ${first.text} like lower(${`${likeText(q)}%`})
    ), having_it as materialized (
      select r.id from ${kind.table} r where ${within(reach)} and ${searchSql(kind, reach, q)}
    ), candidate as (
      (select id, 0 as place from beginning ${limitSql(CANDIDATES)}) union all
      (select id, 1 from having_it ${limitSql(CANDIDATES)})
    )`;
  return runner.rows<SearchHit>(hitsSql(kind, principal, candidates, raw('min(c.place)'), limit, false));
}

/** Records of a kind whose name resembles what was typed. */
export function findClose(
  runner: SqlRunner,
  type: RecordType,
  principal: Principal,
  q: string,
  limit: number,
): Promise<SearchHit[]> {
  const kind = kinds[type];
  const reach = scopeOf(principal, kind.read);
  const [first] = shownTexts(kind, reach);
  if (!first) return Promise.resolve([]);
  const word = q.toLowerCase();
  const slips = slipsOf(word).map((slip) => sql`${first.text} like ${`%${likeText(slip)}%`}`);
  const alike = join([sql`${word}::text <% ${first.text}`, ...slips], ' or ');
  const candidates = sql`alike as materialized (
      select r.id, ${first.text} as text from ${kind.table} r where ${within(reach)} and (${alike})
    ), candidate as (select id, text from alike ${limitSql(CLOSE_CANDIDATES)})`;
  const rank = sql`min(1 - word_similarity(${word}::text, c.text))`;
  return runner.rows<SearchHit>(hitsSql(kind, principal, candidates, rank, limit, true));
}

/** Other pieces are in no index: the whole table would be read for them. */
const INDEXED = /[\p{L}\p{N}]{3}/u;
const SLIP_LENGTHS = { min: 3, max: 12 };

/**
 * What a word may have been meant to be: two neighbours swapped, or one letter too many. Such slips break many of its
 * three-letter pieces; letters that are wrong or missing break fewer, and the likeness of the pieces tells.
 */
export function slipsOf(word: string): string[] {
  const letters = [...word];
  if (letters.length < SLIP_LENGTHS.min || letters.length > SLIP_LENGTHS.max || /\s/.test(word)) return [];
  const swapped = letters
    .slice(1)
    .map((_, at) => [...letters.slice(0, at), letters[at + 1], letters[at], ...letters.slice(at + 2)].join(''));
  const shortened = letters.length > SLIP_LENGTHS.min ? letters.map((_, at) => letters.toSpliced(at, 1).join('')) : [];
  return [...new Set([...swapped, ...shortened])].filter((slip) => slip !== word && INDEXED.test(slip));
}
