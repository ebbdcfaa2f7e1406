import { type SqlRunner, sql } from '../../db/index.ts';
import { accountNameKey, asciiKey, nameKey } from '../name-key.ts';
import { asRecordset, byNameKey } from './lookup.ts';
import type { ReferenceBook } from './reference-book.ts';
import type { UserTarget } from './resolve-people.ts';

export interface AccountTarget {
  id: string;
  name: string;
  segment: string | null;
  region: string | null;
  externalKey: string | null;
}

/** Who owned the first record that named a new account: they get the account. */
export interface AccountHint {
  owner: string | null;
}

/** Live accounts whose names equal one of `names` but for case, spaces and punctuation; the oldest of each. */
export async function findAccounts(runner: SqlRunner, names: readonly string[]): Promise<Map<string, AccountTarget>> {
  const exact = await runner.rows<AccountTarget>(sql`
    select id::text as id, name, segment, region, external_key as "externalKey" from account
    where deleted_at is null and name_key = any(${names.map(accountNameKey)}::text[]) order by created_at, id`);
  const found = byNameKey(exact);
  const rest = [...new Set(names.filter((name) => !found.has(nameKey(name))).map(asciiKey))].filter(Boolean);
  if (rest.length === 0) return found;
  // Only for names not met before: the pattern can't use an index. It is a coarse filter that any locale
  // computes alike; nameKey decides.
  const similar = await runner.rows<AccountTarget>(sql`
    select id::text as id, name, segment, region, external_key as "externalKey" from account
    where deleted_at is null and lower(regexp_replace(name, '[^a-zA-Z0-9]+', '', 'g')) = any(${rest}::text[])
    order by created_at, id`);
  for (const [key, account] of byNameKey(similar)) {
    if (!found.has(key)) found.set(key, account);
  }
  return found;
}

/** Finds accounts by name or makes them. */
export async function resolveAccounts(
  runner: SqlRunner,
  book: ReferenceBook<AccountTarget, AccountHint>,
  userOf: (name: string | null) => UserTarget | null,
): Promise<void> {
  const wanted = book.takeWanted();
  if (wanted.size === 0) return;
  const known = await findAccounts(runner, [...wanted.keys()]);
  const missing = new Map<string, object>();
  for (const [name, hint] of wanted) {
    const found = known.get(nameKey(name));
    if (found) book.matched(name, found);
    else if (!missing.has(nameKey(name))) {
      const owner = userOf(hint.owner);
      missing.set(nameKey(name), {
        name,
        nameKey: accountNameKey(name),
        ownerId: owner?.id ?? null,
        teamId: owner?.teamId ?? null,
      });
    }
  }
  if (missing.size === 0) return;
  const made = byNameKey(
    await runner.rows<AccountTarget>(sql`
      insert into account (name, name_key, owner_id, team_id, updated_at)
      select m.name, m."nameKey", m."ownerId", m."teamId", now()
      from jsonb_to_recordset(${asRecordset([...missing.values()])}::jsonb)
        as m(name text, "nameKey" text, "ownerId" uuid, "teamId" uuid)
      returning id::text as id, name, segment, region, external_key as "externalKey"`),
  );
  for (const name of wanted.keys()) {
    const target = book.get(name) ? undefined : made.get(nameKey(name));
    if (target) book.created(name, target);
  }
}
