import { isFieldShown, type Principal, type Reach, scopeOf, scopeSql } from '../access/index.ts';
import type { DuplicateGroup, DuplicateReason, LookAlike } from '../contracts/duplicates.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { lookAlikeJson, phoneEnd, STILL_OPEN } from './look-alike.repository.ts';
import type { Mergeable } from './mergeable.ts';

/** A key that more records share says nothing about them: a switchboard's number, "n/a". */
const MOST_ALIKE = 20;

interface Key {
  reason: DuplicateReason;
  key: Sql;
}

/** The smallest id that a record made at a moment can have (UUIDv7): a file may say that a record is older than its row. */
function firstIdAt(moment: string): string {
  const hex = Math.max(0, Date.parse(moment)).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

const lowered = (column: string): Sql => sql`nullif(lower(trim(${raw(column)})), '')`;

/** What records of a kind are grouped by; exact keys only, since every record is compared with every other. */
function keysOf({ entity }: Mergeable, reach: Reach): Key[] {
  const personal: Key[] = [
    { reason: 'email' as const, key: lowered('r.email') },
    { reason: 'phone' as const, key: phoneEnd(raw('r.phone')) },
  ].filter(({ reason }) => isFieldShown(entity, reason, reach));
  switch (entity) {
    case 'lead':
      return [...personal, { reason: 'name', key: sql`${lowered('r.name')} || ' / ' || ${lowered('r.company')}` }];
    case 'contact':
      return [...personal, { reason: 'name', key: sql`${lowered('r.name')} || r.account_id::text` }];
    case 'account':
      return [
        { reason: 'domain', key: lowered('r.domain') },
        { reason: 'name', key: raw('r.name_key') },
      ];
    case 'opportunity':
      return [
        { reason: 'name', key: sql`case when ${STILL_OPEN} then ${lowered('r.name')} || r.account_id::text end` },
      ];
    default:
      return entity satisfies never;
  }
}

/**
 * Groups of records within the asker's reach that share a key, those with the newest record first. `before`: the ids of
 * the last group that was seen.
 */
export async function listGroups(
  runner: SqlRunner,
  kind: Mergeable,
  principal: Principal,
  query: { limit: number; before: readonly string[] | null; since: string | null },
): Promise<{ groups: DuplicateGroup[]; last: string[] | null }> {
  const reach = scopeOf(principal, kind.read);
  const table = raw(kind.entity);
  const since = query.since === null ? null : firstIdAt(query.since);
  const keyed = keysOf(kind, reach).map(
    ({ reason, key }) => sql`
    select r.id, ${reason}::text as reason, ${key} as key from ${table} r
    where r.deleted_at is null and ${scopeSql(reach, 'r')}`,
  );
  const rows = await runner.rows<{ ids: string[]; reasons: DuplicateReason[]; records: LookAlike[] }>(sql`
    with keyed as (${join(keyed, ' union all ')}),
    alike as (
      select reason, array_agg(id order by id) as ids
      from keyed where key is not null group by reason, key having count(*) between 2 and ${raw(String(MOST_ALIKE))}
    ), grouped as (
      select ids, json_agg(distinct reason) as reasons, ids[array_length(ids, 1)] as newest
      from alike group by ids
    )
    select to_json(g.ids) as ids, g.reasons,
      (select json_agg(${lookAlikeJson(kind, principal)} order by r.created_at, r.id) from ${table} r where r.id = any(g.ids)) as records
    from grouped g
    where (${since}::uuid is null or g.newest >= ${since}::uuid)
      and (${query.before}::uuid[] is null or (g.newest, g.ids) < ((${query.before}::uuid[])[array_length(${query.before}::uuid[], 1)], ${query.before}::uuid[]))
      and exists (
        select 1 from unnest(g.ids) one, unnest(g.ids) other
        where one < other and not exists (select 1 from not_duplicate n
          where n.record_type = ${kind.entity} and n.first_id = one and n.second_id = other))
    order by g.newest desc, g.ids desc ${limitSql(query.limit + 1)}`);
  const shown = rows.slice(0, query.limit);
  return {
    groups: shown.map(({ reasons, records }) => ({ reasons, records })),
    last: rows.length > query.limit ? (shown.at(-1)?.ids ?? null) : null,
  };
}

/** Remembers that no two of these are one. */
export async function dismiss(
  runner: SqlRunner,
  kind: Mergeable,
  ids: readonly string[],
  userId: string,
): Promise<void> {
  await runner.rows(sql`
    insert into not_duplicate (record_type, first_id, second_id, said_by_id)
    select ${kind.entity}, one, other, ${userId}::uuid
    from unnest(${ids}::uuid[]) one, unnest(${ids}::uuid[]) other where one < other
    on conflict do nothing`);
}
