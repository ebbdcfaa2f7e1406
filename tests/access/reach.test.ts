import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import type { PersonKey } from '../support/people.ts';

let crm: Crm;

beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm?.close());

const owners = ['rep', 'colleague', 'stranger', 'nobody'] as const;
type Owner = (typeof owners)[number];
type Verb = 'read' | 'write' | 'delete';
const everybody: readonly Owner[] = owners;

/** Whose records each person reaches, as the roles are meant: rep and colleague are of one team, with the manager. */
const reach: Record<'deal' | 'customer', Record<Verb, Partial<Record<PersonKey, readonly Owner[]>>>> = {
  deal: {
    read: {
      admin: everybody,
      manager: ['rep', 'colleague'],
      rep: ['rep'],
      colleague: ['colleague'],
      stranger: ['stranger'],
      viewer: everybody,
    },
    write: {
      admin: everybody,
      manager: ['rep', 'colleague'],
      rep: ['rep'],
      colleague: ['colleague'],
      stranger: ['stranger'],
      viewer: [],
    },
    delete: { admin: everybody, manager: ['rep', 'colleague'], rep: [], colleague: [], stranger: [], viewer: [] },
  },
  customer: {
    read: {
      admin: everybody,
      manager: ['rep', 'colleague'],
      rep: ['rep', 'colleague'],
      colleague: ['rep', 'colleague'],
      stranger: ['stranger'],
      viewer: everybody,
    },
    write: {
      admin: everybody,
      manager: ['rep', 'colleague'],
      rep: ['rep'],
      colleague: ['colleague'],
      stranger: ['stranger'],
      viewer: [],
    },
    delete: { admin: everybody, manager: ['rep', 'colleague'], rep: [], colleague: [], stranger: [], viewer: [] },
  },
};
/** Roles without the permission at all: refused before the record is looked for. */
const powerless: Record<Verb, readonly PersonKey[]> = {
  read: [],
  write: ['viewer'],
  delete: ['rep', 'colleague', 'stranger', 'viewer'],
};
const persons = Object.keys(reach.deal.read) as PersonKey[];

const kinds = [
  ['leads', 'lead', 'deal'],
  ['opportunities', 'opportunity', 'deal'],
  ['accounts', 'account', 'customer'],
  ['contacts', 'contact', 'customer'],
] as const;

/** One record of each owner; nobody's has no team either. */
async function recordsOf(path: string, table: string): Promise<Record<Owner, string>> {
  const admin = await crm.as('admin');
  const made = {} as Record<Owner, string>;
  for (const owner of owners) {
    const ownerId = owner === 'nobody' ? null : crm.company.users[owner];
    const answer = await admin.post<{ id: string; team: unknown }>(`/${path}`, { name: `Of ${owner}`, ownerId });
    expect(answer.status).toBe(201);
    made[owner] = answer.body.id;
  }
  expect(table).toMatch(/^\w+$/);
  return made;
}

describe.each(kinds)('%s', (path, table, group) => {
  it('are listed and read within reach only', async () => {
    await crm.database.execScript(`delete from ${table}`);
    const records = await recordsOf(path, table);
    for (const person of persons) {
      const client = await crm.as(person);
      const mine = reach[group].read[person] ?? [];
      const { body } = await client.get<Page<{ name: string }>>(`/${path}?count=true&sort=name`);
      expect([person, body.items.map(({ name }) => name), body.total]).toEqual([
        person,
        mine.map((owner) => `Of ${owner}`).sort(),
        mine.length,
      ]);
      for (const owner of owners) {
        const { status } = await client.get(`/${path}/${records[owner]}`);
        expect([person, owner, status]).toEqual([person, owner, mine.includes(owner) ? 200 : 404]);
      }
    }
  });

  it.each(['write', 'delete'] as const)(
    'are open to %s within reach only: 403 where one may look, 404 where not',
    async (verb) => {
      await crm.database.execScript(`delete from ${table}`);
      let records = await recordsOf(path, table);
      for (const person of persons) {
        const client = await crm.as(person);
        for (const owner of owners) {
          const target = `/${path}/${records[owner]}`;
          const { status } =
            verb === 'write' ? await client.patch(target, { name: `Of ${owner}` }) : await client.delete(target);
          const done = verb === 'write' ? 200 : 204;
          const refused =
            (reach[group].read[person] ?? []).includes(owner) || powerless[verb].includes(person) ? 403 : 404;
          const expected = (reach[group][verb][person] ?? []).includes(owner) ? done : refused;
          expect([person, owner, status]).toEqual([person, owner, expected]);
        }
        if (verb === 'delete') records = await recordsOf(path, table);
      }
    },
  );
});

describe('a manager of a team', () => {
  it('reaches the teams below it, not those beside or above', async () => {
    const { teams, users } = crm.company;
    await crm.database.sql.rows(sql`
      with below as (insert into team (name, parent_id) values ('North East', ${teams.North}::uuid) returning id)
      update app_user set team_id = below.id from below where app_user.id = ${users.stranger}::uuid`);
    const lead = await crm.addLead('admin', { name: 'Below', ownerId: users.stranger });
    const client = await crm.withRole({ 'lead.read': 'team', 'lead.write': 'team' }, 'North');
    expect((await client.get(`/leads/${lead.id}`)).status).toBe(200);
    expect((await client.patch(`/leads/${lead.id}`, { source: 'Web' })).status).toBe(200);
    const beside = await crm.withRole({ 'lead.read': 'team' }, 'South');
    expect((await beside.get(`/leads/${lead.id}`)).status).toBe(404);
  });
});
