import { isFieldShown, type Principal, type Reach, scopeOf, scopeSql } from '../access/index.ts';
import type { DuplicateReason, LookAlike } from '../contracts/duplicates.ts';
import { join, limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { Mergeable } from './mergeable.ts';

/** A customer buys the same thing again: a deal that is over is no duplicate of one that is under way. */
export const STILL_OPEN = raw(`exists (select 1 from stage s where s.id = r.stage_id and s.kind = 'open')`);

/** More look-alikes than anyone compares. */
const MOST = 10;
/** Names as alike as "Jon Smith" and "John Smith"; below, short names match by chance. */
const ALIKE = 0.55;
/** Country codes and leading zeros differ between two spellings of one number; its end doesn't. */
const PHONE_DIGITS = 8;

/** What a record is recognised by; undefined or null: nothing known. */
export interface Traits {
  name?: string | null | undefined;
  company?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  domain?: string | null | undefined;
  accountId?: string | null | undefined;
}

/** The end of a phone number, digits only; null where there are too few to tell numbers apart. */
export const phoneEnd = (column: Sql): Sql => {
  const digits = sql`regexp_replace(coalesce(${column}, ''), '\\D', '', 'g')`;
  return sql`case when length(${digits}) >= ${raw(String(PHONE_DIGITS))} then right(${digits}, ${raw(String(PHONE_DIGITS))}) end`;
};

/** A look-alike as JSON, with what the asker may do with it. */
export function lookAlikeJson(kind: Mergeable, principal: Principal): Sql {
  const may = (permission: 'write' | 'remove') => scopeSql(scopeOf(principal, kind[permission]), 'r');
  return sql`json_build_object('id', r.id, 'name', r.name, 'subtitle', ${kind.subtitle}, 'createdAt', iso(r.created_at),
    'version', r.version, 'canMerge', ${may('write')} and ${may('remove')},
    'owner', (select json_build_object('id', u.id, 'name', u.name) from app_user u where u.id = r.owner_id))`;
}

/** By which traits records of a kind are alike: a condition for each that is known and shown. */
function conditions(kind: Mergeable, reach: Reach, traits: Traits): { reason: DuplicateReason; holds: Sql }[] {
  const found: { reason: DuplicateReason; holds: Sql }[] = [];
  const { email, phone, domain, name, company, accountId } = traits;
  const hasPersonal = kind.entity === 'lead' || kind.entity === 'contact';
  // The trigram index of both columns finds the few candidates; the exact comparison comes after.
  const personal = raw(`lower(coalesce(r.email, '') || ' ' || coalesce(r.phone, ''))`);
  if (hasPersonal && email && isFieldShown(kind.entity, 'email', reach)) {
    const wanted = email.toLowerCase();
    found.push({
      reason: 'email',
      holds: sql`${personal} like ${`%${escapeLike(wanted)}%`} and lower(r.email) = ${wanted}`,
    });
  }
  if (hasPersonal && phone && isFieldShown(kind.entity, 'phone', reach)) {
    const digits = phone.replace(/\D/g, '');
    if (digits.length >= PHONE_DIGITS) {
      const end = digits.slice(-PHONE_DIGITS);
      found.push({ reason: 'phone', holds: sql`${phoneEnd(raw('r.phone'))} = ${end}` });
    }
  }
  if (kind.entity === 'account' && domain) {
    found.push({
      reason: 'domain',
      holds: sql`lower(r.name || ' ' || coalesce(r.domain, '')) like ${`%${escapeLike(domain.toLowerCase())}%`} and lower(r.domain) = ${domain.toLowerCase()}`,
    });
  }
  if (name) {
    const alike = nameIsAlike(kind, name.toLowerCase(), company?.toLowerCase() ?? null, accountId ?? null);
    if (alike) found.push({ reason: 'name', holds: alike });
  }
  return found;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A name alone says little about a person or a deal: there, company or account must agree as well. */
function nameIsAlike(kind: Mergeable, name: string, company: string | null, accountId: string | null): Sql | null {
  switch (kind.entity) {
    case 'lead':
      if (company === null) return null;
      return sql`lower(r.name || ' ' || coalesce(r.company, '')) % ${`${name} ${company}`}
        and similarity(lower(r.name), ${name}) >= ${ALIKE}::float4 and similarity(lower(coalesce(r.company, '')), ${company}) >= ${ALIKE}::float4`;
    case 'account':
      return sql`lower(r.name || ' ' || coalesce(r.domain, '')) % ${name} and similarity(lower(r.name), ${name}) >= ${ALIKE + 0.1}::float4`;
    case 'contact':
    case 'opportunity': {
      if (accountId === null) return null;
      const alike = sql`r.account_id = ${accountId}::uuid and similarity(lower(r.name), ${name}) >= ${ALIKE}::float4`;
      return kind.entity === 'opportunity' ? sql`${alike} and ${STILL_OPEN}` : alike;
    }
    default:
      return kind.entity satisfies never;
  }
}

/** Records within the asker's reach that look like one with these traits, the surest first. */
export async function findLookAlikes(
  runner: SqlRunner,
  kind: Mergeable,
  principal: Principal,
  traits: Traits,
  exceptId: string | null,
): Promise<(LookAlike & { reasons: DuplicateReason[] })[]> {
  const reach = scopeOf(principal, kind.read);
  const known = conditions(kind, reach, traits);
  if (known.length === 0) return [];
  // One branch for each trait, so that each walks its own index.
  const branches = known.map(
    ({ reason, holds }) => sql`(
    select r.id, ${reason}::text as reason from ${raw(kind.entity)} r
    where r.deleted_at is null and ${scopeSql(reach, 'r')} and (${exceptId}::uuid is null or r.id <> ${exceptId}::uuid) and ${holds}
    ${limitSql(MOST * 5)})`,
  );
  const rows = await runner.rows<{ record: LookAlike; reasons: DuplicateReason[] }>(sql`
    with found as (${join(branches, ' union all ')}),
    best as (select id, json_agg(distinct reason) as reasons, count(distinct reason) as sure from found group by id)
    select ${lookAlikeJson(kind, principal)} as record, best.reasons
    from best join ${raw(kind.entity)} r on r.id = best.id
    where ${exceptId}::uuid is null or not exists (select 1 from not_duplicate n where n.record_type = ${kind.entity}
      and n.first_id = least(r.id, ${exceptId}::uuid) and n.second_id = greatest(r.id, ${exceptId}::uuid))
    order by best.sure desc, r.created_at, r.id ${limitSql(MOST)}`);
  return rows.map(({ record, reasons }) => ({ ...record, reasons }));
}

/** What an existing record is recognised by, if the asker may see it. */
export function traitsOf(
  runner: SqlRunner,
  kind: Mergeable,
  principal: Principal,
  id: string,
): Promise<Traits | undefined> {
  const columns: Record<Mergeable['entity'], string> = {
    lead: 'r.name, r.company, r.email, r.phone',
    account: 'r.name, r.domain',
    contact: 'r.name, r.email, r.phone, r.account_id::text as "accountId"',
    opportunity: `r.name, case when ${STILL_OPEN.sql} then r.account_id::text end as "accountId"`,
  };
  return runner.first<Traits>(sql`
    select ${raw(columns[kind.entity])} from ${raw(kind.entity)} r
    where r.id = ${id}::uuid and r.deleted_at is null and ${scopeSql(scopeOf(principal, kind.read), 'r')}`);
}
