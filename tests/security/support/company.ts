import { hashToken, randomToken, sql } from '../../../backend/db/index.ts';
import { TestClient } from '../../support/client.ts';
import { people } from '../../support/people.ts';
import type { TestServer } from '../../support/server.ts';

/** A role of few rights, none of them the same as a built-in role's. */
export const clerkRights = {
  'lead.read': 'own',
  'account.read': 'all',
  'account.write': 'team',
  'contact.read': 'team',
  'task.read': 'team',
  'audit.read': 'all',
} as const;

/** People beside those of every test server, with their rights. */
const more = {
  /** in the team below North */
  junior: { role: 'rep', team: 'North East', status: 'active' },
  clerk: { role: 'clerk', team: 'North', status: 'active' },
  /** holds a role without any right */
  powerless: { role: 'powerless', team: 'North', status: 'active' },
  /** an administrator that was */
  deactivated: { role: 'admin', team: null, status: 'deactivated' },
  invited: { role: 'admin', team: null, status: 'invited' },
} as const;

export type Person = keyof typeof people | keyof typeof more;

export const teamOf = (person: Person): string | null =>
  (person in people ? people[person as keyof typeof people] : more[person as keyof typeof more]).team;

/** Adds the team below North, two roles and the people above; answers everybody's id. */
export async function addCompany(server: TestServer): Promise<Record<Person, string>> {
  const { database, company } = server;
  await database.sql.rows(sql`
    insert into role (key, name, permissions) values
      ('clerk', 'Clerk', ${JSON.stringify(clerkRights)}::jsonb), ('powerless', 'Powerless', '{}'::jsonb)`);
  await database.sql.rows(sql`
    insert into team (name, region, parent_id) values ('North East', 'North region', ${company.teams.North}::uuid)`);
  const ids: Record<string, string> = { ...company.users };
  for (const [key, { role, team, status }] of Object.entries(more)) {
    const row = await database.sql.first<{ id: string }>(sql`
      insert into app_user (email, name, role_id, team_id, status, password_hash, email_verified_at)
      select ${`${key}@example.com`}, ${`${key} of the matrix`}, r.id, (select id from team where name = ${team}), ${status},
             u.password_hash, now()
      from role r, app_user u where r.key = ${role} and u.email = ${people.admin.email}
      returning id::text as id`);
    ids[key] = row?.id ?? '';
  }
  return ids as Record<Person, string>;
}

/** A console session opened just now, as if the person had signed in with password; `change` makes it another one. */
export async function openSession(
  server: TestServer,
  userId: string,
  change: { expired?: boolean; revoked?: boolean; idle?: boolean } = {},
): Promise<TestClient> {
  const token = randomToken();
  const hash = hashToken(token).toString('hex');
  await server.database.sql.rows(sql`
    insert into session (token_hash, user_id, expires_at, last_seen_at, revoked_at)
    values (decode(${hash}, 'hex'), ${userId}::uuid,
            now() + ${change.expired ? '-1 second' : '8 hours'}::interval,
            now() - ${change.idle ? '31 minutes' : '0 minutes'}::interval,
            ${change.revoked ? new Date().toISOString() : null}::timestamptz)`);
  return new TestClient(server.url, { Cookie: `salespulse_session=${token}` });
}
