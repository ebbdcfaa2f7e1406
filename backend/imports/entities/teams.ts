import { raw, sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, textOf } from '../engine/import-row.ts';
import { roleId } from '../engine/lookup.ts';
import { STAGED, stageRows } from '../engine/merge.ts';
import { nameKey } from '../name-key.ts';
import { field } from './field.ts';

/** Who sells in which team: a row for a person, or for a team alone. */
export const teamsImport: EntityImport = {
  entity: 'teams',
  customEntity: null,
  fields: [
    field(
      'person',
      'Person',
      'line',
      [
        'Sales Agent',
        'Sales Rep',
        'Salesperson',
        'Agent',
        'Rep',
        'Name',
        'User',
        'Full Name',
        'Member',
        'Employee',
        'Verkäufer',
        'Mitarbeiter',
      ],
      'Name of the person; found, or made as a placeholder who cannot sign in.',
      { isKey: true },
    ),
    field('email', 'E-mail', 'email', ['Email', 'E-Mail', 'Email Address', 'Mail'], 'E-mail address of the person.', {
      isKey: true,
    }),
    field(
      'team',
      'Team',
      'line',
      ['Team', 'Team Name', 'Sales Team', 'Group', 'Gruppe'],
      'Name of the team. Left out: region and manager name it.',
      { isKey: true },
    ),
    field(
      'manager',
      'Manager',
      'line',
      [
        'Manager',
        'Team Lead',
        'Team Leader',
        'Lead',
        'Supervisor',
        'Reports To',
        'Leiter',
        'Teamleiter',
        'Vorgesetzter',
      ],
      'Name or e-mail address of the manager; becomes a member of the team.',
    ),
    field(
      'region',
      'Region',
      'line',
      ['Regional Office', 'Region', 'Office', 'Sales Region', 'Territory', 'Gebiet', 'Niederlassung'],
      'Region of the team.',
    ),
  ],
  mappingProblems: (mapped) =>
    ['person', 'email', 'team'].some((key) => mapped.has(key)) ? [] : ['Map a column to person, e-mail or team.'],
  check(row, _run, fail) {
    if (personOf(row) === null && teamOf(row) === null) fail(row, null, 'names neither a person nor a team');
  },
  identify(row) {
    const person = personOf(row);
    if (person !== null) {
      const column = textOf(row, 'email') === null ? 'person' : 'email';
      return { kind: 'name', key: column === 'email' ? person : nameKey(person), column };
    }
    return { kind: 'name', key: `team:${nameKey(teamOf(row) ?? '')}`, column: 'team' };
  },
  refer(row, references) {
    const person = personOf(row);
    references.teams.want(teamOf(row), null);
    references.users.want(person, person === null ? null : { name: textOf(row, 'person') });
    references.users.want(textOf(row, 'manager'), null);
  },
  merge,
};

/** How the row names its person: the e-mail address where there is one. */
const personOf = (row: ImportRow): string | null => textOf(row, 'email') ?? textOf(row, 'person');

/** The team's name; a file without one has a team for each manager in each region. */
function teamOf(row: ImportRow): string | null {
  const [team, manager, region] = [textOf(row, 'team'), textOf(row, 'manager'), textOf(row, 'region')];
  if (team !== null) return team;
  if (manager !== null) return region === null ? `Team ${manager}` : `${region} – ${manager}`;
  return region;
}

async function merge({ tx, references, mapped }: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const userId = (row: ImportRow) => references.users.get(personOf(row))?.id ?? null;
  const managerId = (row: ImportRow) => references.users.get(textOf(row, 'manager'))?.id ?? null;
  const teamId = (row: ImportRow) => references.teams.get(teamOf(row))?.id ?? null;
  await stageRows(tx, rows, {
    user_id: ['uuid', userId],
    email: ['text', (row) => textOf(row, 'email')],
    manager_id: ['uuid', managerId],
    team_id: ['uuid', teamId],
    region: ['text', (row) => textOf(row, 'region')],
  });
  const staged = raw(STAGED);
  const changed = new Set<string>();
  const note = (found: { id: string }[]): void => {
    for (const { id } of found) changed.add(id);
  };
  if (mapped.has('region')) {
    note(
      await tx.sql.rows(sql`
        update team t set region = s.region, version = t.version + 1, updated_at = now()
        from (select distinct on (team_id) team_id, region from ${staged} where region is not null) s
        where t.id = s.team_id and t.region is distinct from s.region returning t.id::text as id`),
    );
  }
  note(
    await tx.sql.rows(sql`
      update app_user u set team_id = s.team_id, version = u.version + 1, updated_at = now()
      from ${staged} s
      where u.id = s.user_id and s.team_id is not null and u.team_id is distinct from s.team_id returning u.id::text as id`),
  );
  note(
    await tx.sql.rows(sql`
      update app_user u set email = s.email, version = u.version + 1, updated_at = now()
      from ${staged} s
      where u.id = s.user_id and u.status = 'placeholder' and u.email is null
        and not exists (select 1 from app_user x where x.email = s.email) and s.email is not null returning u.id::text as id`),
  );
  // Placeholders can't sign in, so the role gives nobody rights; it is there when they are invited.
  const [rep, manager] = [await roleId(tx.sql, 'rep'), await roleId(tx.sql, 'manager')];
  note(
    await tx.sql.rows(sql`
      update app_user u set team_id = coalesce(u.team_id, s.team_id), version = u.version + 1, updated_at = now(),
        role_id = case when u.status = 'placeholder' and u.role_id = ${rep}::uuid then ${manager}::uuid else u.role_id end
      from (select distinct on (manager_id) manager_id, team_id from ${staged} where manager_id is not null
            order by manager_id, team_id) s
      where u.id = s.manager_id and (u.team_id is null and s.team_id is not null
        or u.status = 'placeholder' and u.role_id = ${rep}::uuid) returning u.id::text as id`),
  );
  const counts: MergeCounts = { created: 0, updated: 0, unchanged: 0 };
  for (const row of rows) {
    const isNew =
      personOf(row) === null ? references.teams.wasCreated(teamOf(row)) : references.users.wasCreated(personOf(row));
    const touched = [userId(row), teamId(row), managerId(row)].some((id) => id !== null && changed.has(id));
    counts[isNew ? 'created' : touched ? 'updated' : 'unchanged']++;
  }
  return counts;
}
