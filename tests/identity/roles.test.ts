import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInRoles, permissionGroups, permissionMeta, permissions } from '../../backend/access/index.ts';
import type { AuditEntry, PermissionCatalogue } from '../../backend/contracts/administration.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Role } from '../../backend/contracts/users.ts';
import { NOBODY, pointersOf } from '../support/crm.ts';
import { type Desk, type List, outcome, startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.close());

const CLERK = { 'lead.read': 'team', 'lead.write': 'own', 'account.read': 'none' };
let serial = 0;
async function addRole(rights: Record<string, string> = CLERK, fieldGroups: string[] = []): Promise<Role> {
  serial += 1;
  const answer = await desk.admin.post<Role>('/roles', {
    name: `Role number ${serial}`,
    permissions: rights,
    fieldGroups,
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('the grid of a role', () => {
  it('describes every permission once, in whole sentences', () => {
    expect(permissionGroups.flatMap((group) => group.permissions).toSorted()).toEqual([...permissions].sort());
    for (const { description, scopes } of Object.values(permissionMeta)) {
      expect(description).toMatch(/^[A-Z].{10,160}\.$/);
      expect(scopes.length).toBeGreaterThan(0);
    }
  });

  it('offers what the roles of the product hold', () => {
    for (const role of builtInRoles) {
      for (const [name, scope] of Object.entries(role.permissions)) {
        expect([role.key, name, permissionMeta[name as keyof typeof permissionMeta].scopes]).toEqual([
          role.key,
          name,
          expect.arrayContaining([scope]),
        ]);
      }
    }
  });

  it('says how far the caller may give each', async () => {
    const of = async (person: 'admin' | 'manager' | 'rep') => {
      const { body } = await (await desk.as(person)).get<PermissionCatalogue>('/roles/catalogue');
      const all = body.groups.flatMap((group) => group.permissions);
      return (name: string) => all.find((permission) => permission.name === name);
    };
    const [admin, manager, rep] = [await of('admin'), await of('manager'), await of('rep')];
    expect(admin('lead.read')).toMatchObject({ scopes: ['none', 'own', 'team', 'all'], grantable: 'all' });
    expect(admin('role.manage')).toMatchObject({ scopes: ['none', 'all'], grantable: 'all' });
    expect(manager('lead.read')?.grantable).toBe('team');
    expect(manager('role.manage')?.grantable).toBe('none');
    expect(rep('lead.read')?.grantable).toBe('own');
    const { body } = await (await desk.as('rep')).get<PermissionCatalogue>('/roles/catalogue');
    expect(body.fieldGroups.find((group) => group.key === 'cost')).toMatchObject({ isGrantable: false });
  });
});

describe('the directory of roles', () => {
  it('lists what each grants and how many hold it', async () => {
    const { body } = await desk.admin.get<List<Role>>('/roles');
    const rep = body.items.find((role) => role.key === 'rep');
    expect(rep).toMatchObject({ name: 'Sales rep', isBuiltIn: true });
    expect(rep?.permissions['lead.read']).toBe('own');
    expect(rep?.users).toBeGreaterThanOrEqual(3);
  });

  it('shows one, and hides what is not there', async () => {
    const one = await desk.admin.get<Role>(`/roles/${desk.roles.viewer}`);
    expect([one.status, one.etag, one.body.key]).toEqual([200, `"${one.body.version}"`, 'viewer']);
    expect(outcome(await desk.admin.get<Problem>(`/roles/${NOBODY}`))).toEqual([404, 'not_found']);
  });
});

describe('a role of the company’s own', () => {
  it('is made with a key of its own, without what is set to none', async () => {
    const answer = await desk.admin.post<Role>('/roles', {
      name: 'Büro & Clerks',
      permissions: CLERK,
      fieldGroups: ['cost', 'cost'],
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/v1/roles/${answer.body.id}`);
    expect(answer.body).toMatchObject({
      name: 'Büro & Clerks',
      isBuiltIn: false,
      permissions: { 'lead.read': 'team', 'lead.write': 'own' },
      fieldGroups: ['cost'],
      users: 0,
    });
    expect(answer.body.key).toMatch(/^bu-ro-clerks-[0-9a-f]{8}$/);
  });

  it('has a name of its own, whatever the case', async () => {
    const role = await addRole();
    for (const name of [role.name.toUpperCase(), 'sales REP']) {
      const answer = await desk.admin.post<Problem>('/roles', { name, permissions: {} });
      expect([outcome(answer), pointersOf(answer)]).toEqual([[409, 'conflict'], ['/name']]);
    }
    expect((await desk.admin.patch(`/roles/${role.id}`, { name: role.name.toUpperCase() })).status).toBe(200);
  });

  it('is refused what it cannot hold, with every problem named', async () => {
    const rights = {
      'lead.fly': 'all',
      'role.read': 'team',
      'contact.write': 'team',
      'contact.read': 'own',
      'opportunity.delete': 'own',
      'team.manage': 'all',
    };
    const answer = await desk.admin.post<Problem>('/roles', {
      name: 'Odd',
      permissions: rights,
      fieldGroups: ['cost', 'shoes'],
    });
    expect(outcome(answer)).toEqual([422, 'invalid']);
    expect(pointersOf(answer)).toEqual([
      '/fieldGroups/1',
      '/permissions/contact.write',
      '/permissions/lead.fly',
      '/permissions/opportunity.delete',
      '/permissions/role.read',
      '/permissions/team.manage',
    ]);
    const message = answer.body.errors?.find(({ pointer }) => pointer === '/permissions/contact.write')?.message;
    expect(message).toBe('would open nothing: give contact.read with the same reach too');
    const wide = await desk.admin.post<Role>('/roles', {
      name: 'Movers',
      permissions: { 'team.manage': 'all', 'user.read': 'own' },
    });
    expect(wide.status).toBe(201);
  });

  it('takes effect on everybody who holds it within five seconds', async () => {
    const role = await addRole({ 'lead.read': 'own' });
    const client = await desk.enter(await desk.someone(role.id));
    expect((await client.get('/contacts')).status).toBe(403);
    const changed = await desk.admin.patch<Role>(
      `/roles/${role.id}`,
      { permissions: { 'contact.read': 'own' } },
      { 'If-Match': '"1"' },
    );
    expect([changed.status, changed.etag, changed.body.permissions]).toEqual([200, '"2"', { 'contact.read': 'own' }]);
    expect([(await client.get('/contacts')).status, (await client.get('/leads')).status]).toEqual([200, 403]);
    const late = await desk.admin.patch<Problem>(`/roles/${role.id}`, { name: 'Late' }, { 'If-Match': '"1"' });
    expect(outcome(late)).toEqual([412, 'stale']);
  });

  it('is deleted once nobody holds it', async () => {
    const role = await addRole();
    const holder = await desk.someone(role.id);
    const held = await desk.admin.delete<Problem>(`/roles/${role.id}`);
    expect([held.status, held.body.detail]).toEqual([
      409,
      `1 person holds the role ${role.name}. Give them another role first.`,
    ]);
    await desk.admin.patch(`/users/${holder.id}`, { roleId: desk.roles.viewer });
    expect((await desk.admin.delete(`/roles/${role.id}`, { 'If-Match': '"9"' })).status).toBe(412);
    expect((await desk.admin.delete(`/roles/${role.id}`)).status).toBe(204);
    expect((await desk.admin.get(`/roles/${role.id}`)).status).toBe(404);
  });

  it('is kept while newcomers get it', async () => {
    const role = await addRole();
    await desk.admin.patch('/settings/sign-in', { defaultRoleId: role.id });
    const used = await desk.admin.delete<Problem>(`/roles/${role.id}`);
    expect([used.status, used.body.detail]).toEqual([
      409,
      `${role.name} is the role of people who register. Choose another role there first.`,
    ]);
    await desk.admin.patch('/settings/sign-in', { defaultRoleId: null });
    expect((await desk.admin.delete(`/roles/${role.id}`)).status).toBe(204);
  });

  it('leaves what it was and became in the audit log', async () => {
    const role = await addRole();
    await desk.admin.patch(`/roles/${role.id}`, { permissions: {} });
    await desk.admin.delete(`/roles/${role.id}`);
    const { body } = await desk.admin.get<List<AuditEntry>>(`/audit?entity=role&entityId=${role.id}`);
    expect(body.items.map(({ action }) => action)).toEqual(['role.deleted', 'role.changed', 'role.created']);
    const rights = { permissions: { 'lead.read': 'team', 'lead.write': 'own' } };
    expect(body.items[1]).toMatchObject({ before: rights, after: { permissions: {} }, entityName: role.name });
  });
});

describe('a role of the product', () => {
  it('is changed by nobody', async () => {
    for (const key of builtInRoles.map((role) => role.key)) {
      const path = `/roles/${desk.roles[key]}`;
      expect(outcome(await desk.admin.patch<Problem>(path, { permissions: {} }))).toEqual([409, 'conflict']);
      expect(outcome(await desk.admin.delete<Problem>(path))).toEqual([409, 'conflict']);
    }
  });
});

describe('nobody', () => {
  const RIGHTS = { 'role.read': 'all', 'role.manage': 'all', 'lead.read': 'team' };

  it('makes, changes or deletes a role that holds more than they do', async () => {
    const keeper = await desk.withRole(RIGHTS, 'North', []);
    const input = { name: 'Mine', permissions: { 'lead.read': 'team' } };
    expect((await keeper.post('/roles', input)).status).toBe(201);
    const wider = { ...input, name: 'Wider', permissions: { 'lead.read': 'all' } };
    expect(outcome(await keeper.post<Problem>('/roles', wider))).toEqual([403, 'forbidden']);
    const guarded = { ...input, name: 'Guarded', fieldGroups: ['cost'] };
    expect(outcome(await keeper.post<Problem>('/roles', guarded))).toEqual([403, 'forbidden']);
    const strong = await addRole({ 'account.read': 'all' });
    expect(outcome(await keeper.patch<Problem>(`/roles/${strong.id}`, { permissions: {} }))).toEqual([
      403,
      'forbidden',
    ]);
    expect(outcome(await keeper.delete<Problem>(`/roles/${strong.id}`))).toEqual([403, 'forbidden']);
    const weak = await addRole({ 'lead.read': 'own' });
    const raised = await keeper.patch<Problem>(`/roles/${weak.id}`, { permissions: { 'lead.read': 'all' } });
    expect(outcome(raised)).toEqual([403, 'forbidden']);
  });

  it('widens a role to "the team" for people of teams that they do not reach', async () => {
    const keeper = await desk.withRole(RIGHTS, 'North', []);
    const role = await addRole({ 'lead.read': 'own' });
    const holder = await desk.someone(role.id, { teamId: desk.company.teams.South });
    const change = { permissions: { 'lead.read': 'team' } };
    expect(outcome(await keeper.patch<Problem>(`/roles/${role.id}`, change))).toEqual([403, 'forbidden']);
    await desk.admin.patch(`/users/${holder.id}`, { teamId: desk.company.teams.North });
    expect((await keeper.patch(`/roles/${role.id}`, change)).status).toBe(200);
  });
});
