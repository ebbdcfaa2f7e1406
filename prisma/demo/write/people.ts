import { dayText } from '../calendar.ts';
import type { DemoCompany } from '../company.ts';
import type { Person } from '../model.ts';
import type { Places } from '../places.ts';
import { type TableRows, table } from './table.ts';

export function peopleTables({ teams, people, span }: DemoCompany, places: Places, passwordHash: string): TableRows[] {
  const since = (person: Person): string => `${dayText(person.since)}T08:00:00.000Z`;
  const founded = `${dayText(span.start - 400)}T08:00:00.000Z`;
  return [
    table('team', teams, {
      id: (team) => team.id,
      name: (team) => team.name,
      region: (team) => team.region,
      parent_id: (team) => team.parentId,
      created_at: () => founded,
      updated_at: () => founded,
    }),
    table('app_user', people, {
      id: (person) => person.id,
      email: (person) => person.email,
      email_verified_at: since,
      name: (person) => person.name,
      password_hash: () => passwordHash,
      status: () => 'active',
      role_id: (person) => places.roleId(person.role),
      team_id: (person) => person.team.id,
      created_at: since,
      updated_at: since,
    }),
  ];
}
