import { type Database, sql } from '../../backend/db/index.ts';

/** Everybody signs in with this. */
export const PASSWORD = 'correct horse battery staple';

export const people = {
  admin: { name: 'Ada Admin', email: 'admin@example.com', role: 'admin', team: null },
  manager: { name: 'Mona Manager', email: 'manager@example.com', role: 'manager', team: 'North' },
  rep: { name: 'Rolf Rep', email: 'rep@example.com', role: 'rep', team: 'North' },
  /** same team as rep */
  colleague: { name: 'Cora Colleague', email: 'colleague@example.com', role: 'rep', team: 'North' },
  /** another team */
  stranger: { name: 'Stan Stranger', email: 'stranger@example.com', role: 'rep', team: 'South' },
  viewer: { name: 'Vera Viewer', email: 'viewer@example.com', role: 'viewer', team: null },
} as const;
export type PersonKey = keyof typeof people;

export interface Company {
  users: Record<PersonKey, string>;
  teams: { North: string; South: string };
}

/** Two teams and six people who can sign in. */
export async function addPeople(database: Database, passwordHash: string): Promise<Company> {
  const teams = { North: '', South: '' };
  for (const name of ['North', 'South'] as const) {
    const row = await database.sql.first<{ id: string }>(sql`
      insert into team (name, region) values (${name}, ${`${name} region`}) returning id::text as id`);
    teams[name] = row?.id ?? '';
  }
  const users = {} as Record<PersonKey, string>;
  for (const [key, person] of Object.entries(people)) {
    const teamId = person.team === null ? null : teams[person.team];
    const row = await database.sql.first<{ id: string }>(sql`
      insert into app_user (email, name, role_id, team_id, password_hash, email_verified_at)
      select ${person.email}, ${person.name}, r.id, ${teamId}::uuid, ${passwordHash}, now() from role r where r.key = ${person.role}
      returning id::text as id`);
    users[key as PersonKey] = row?.id ?? '';
  }
  return { users, teams };
}
