import { type SqlRunner, sql } from '../../db/index.ts';
import { nameKey } from '../name-key.ts';
import { asRecordset, byNameKey, roleId } from './lookup.ts';
import type { ReferenceBook } from './reference-book.ts';

export interface TeamTarget {
  id: string;
  name: string;
  region: string | null;
}

export interface UserTarget {
  id: string;
  name: string;
  teamId: string | null;
  region: string | null;
  /** several people have this name: the row must say which */
  isAmbiguous: boolean;
}

/** What else the row says about the person; null: nothing. */
export type UserHint = { name: string | null } | null;

interface UserRow extends Omit<UserTarget, 'isAmbiguous'> {
  email: string | null;
  externalKey: string | null;
  status: string;
}

/** Finds teams by name or makes them. */
export async function resolveTeams(runner: SqlRunner, book: ReferenceBook<TeamTarget>): Promise<void> {
  const wanted = book.takeWanted();
  if (wanted.size === 0) return;
  const known = byNameKey(
    await runner.rows<TeamTarget>(sql`select id::text as id, name, region from team order by created_at, id`),
  );
  for (const name of wanted.keys()) {
    const found = known.get(nameKey(name));
    if (found) {
      book.matched(name, found);
      continue;
    }
    const made = await runner.first<TeamTarget>(sql`
      insert into team (name, updated_at) values (${name}, now()) returning id::text as id, name, region`);
    if (!made) throw new Error(`The team ${name} was not stored.`);
    known.set(nameKey(name), made);
    book.created(name, made);
  }
}

/** How a person that only an import knows is recognised, even after they were renamed. */
export const personKey = (name: string): string => `name:${nameKey(name)}`;

/**
 * Finds people by e-mail address or name. Who isn't there becomes a placeholder: a sales rep who owns
 * records but can't sign in.
 */
export async function resolveUsers(runner: SqlRunner, book: ReferenceBook<UserTarget, UserHint>): Promise<void> {
  const wanted = book.takeWanted();
  if (wanted.size === 0) return;
  const users = await runner.rows<UserRow>(sql`
    select u.id::text as id, u.name, u.email, u.status, u.external_key as "externalKey", u.team_id::text as "teamId", t.region
    from app_user u left join team t on t.id = u.team_id order by u.created_at, u.id`);
  const index = indexUsers(users);
  const missing: { name: string; email: string | null; externalKey: string }[] = [];
  const missingKeys = new Set<string>();
  for (const [name, hint] of wanted) {
    const found = index(name) ?? (hint?.name ? index(hint.name) : null);
    if (found) book.matched(name, found);
    else if (!missingKeys.has(personKey(name))) {
      missingKeys.add(personKey(name));
      const email = name.includes('@') ? name.toLowerCase() : null;
      missing.push({ name: hint?.name ?? name, email, externalKey: personKey(name) });
    }
  }
  if (missing.length === 0) return;
  const made = await runner.rows<UserRow>(sql`
    insert into app_user (name, email, status, role_id, external_key, updated_at)
    select m.name, m.email, 'placeholder', ${await roleId(runner, 'rep')}::uuid, m."externalKey", now()
    from jsonb_to_recordset(${asRecordset(missing)}::jsonb) as m(name text, email text, "externalKey" text)
    returning id::text as id, name, email, status, external_key as "externalKey", null as "teamId", null as region`);
  const madeByKey = new Map(made.map((user) => [user.externalKey, user]));
  for (const name of wanted.keys()) {
    const user = book.get(name) ? undefined : madeByKey.get(personKey(name));
    const target = user && asTarget(user, false);
    if (target) book.created(name, target);
  }
}

const asTarget = ({ id, name, teamId, region }: UserRow, isAmbiguous: boolean): UserTarget => ({
  id,
  name,
  teamId,
  region,
  isAmbiguous,
});

/** Finds by e-mail, then by name among people who are there, then among those who were once imported so. */
function indexUsers(users: readonly UserRow[]): (name: string) => UserTarget | null {
  const byEmail = new Map<string, UserRow>();
  const byKey = new Map<string, UserRow>();
  const byName = new Map<string, UserRow[]>();
  for (const user of users) {
    if (user.email) byEmail.set(user.email.toLowerCase(), user);
    if (user.externalKey) byKey.set(user.externalKey, user);
    const key = nameKey(user.name);
    byName.set(key, [...(byName.get(key) ?? []), user]);
  }
  return (name) => {
    const addressed = byEmail.get(name.toLowerCase());
    if (addressed) return asTarget(addressed, false);
    const sameName = byName.get(nameKey(name)) ?? [];
    const active = sameName.filter(({ status }) => status === 'active' || status === 'invited');
    const candidates = active.length > 0 ? active : sameName;
    const [first] = candidates;
    if (first) return asTarget(first, candidates.length > 1);
    const once = byKey.get(personKey(name));
    return once ? asTarget(once, false) : null;
  };
}
