import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../backend/contracts/common.ts';
import type { User } from '../../backend/contracts/users.ts';
import { sql } from '../../backend/db/index.ts';
import { until } from '../conformance/until.ts';
import { testEngine } from '../support/database.ts';
import { PASSWORD, type PersonKey } from '../support/people.ts';
import { type Desk, outcome, startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.close());

const idOf = (person: PersonKey) => desk.company.users[person];
/** Somebody who manages people and nothing else. */
const peopleManager = (scope: 'team' | 'all', team?: 'North', more: Record<string, string> = {}) =>
  desk.withRole({ 'user.read': scope, 'user.manage': scope, ...more }, team, []);

describe('changing a person', () => {
  it('answers the new state under a new version, and refuses a stale one', async () => {
    const user = await desk.someone('rep');
    const first = await desk.admin.patch<User>(`/users/${user.id}`, { name: 'Renamed' }, { 'If-Match': '"1"' });
    expect([first.status, first.etag, first.body.name]).toEqual([200, '"2"', 'Renamed']);
    const late = await desk.admin.patch<Problem>(`/users/${user.id}`, { name: 'Late' }, { 'If-Match': '"1"' });
    expect(outcome(late)).toEqual([412, 'stale']);
  });

  it('refuses fields that are not to be set', async () => {
    const change = { email: 'a@example.com', passwordHash: 'x', version: 9, isActive: true };
    const answer = await desk.admin.patch<Problem>(`/users/${idOf('rep')}`, change);
    expect(answer.body.errors).toHaveLength(4);
  });

  it('takes effect on the person’s own requests within three seconds', async () => {
    const user = await desk.someone('rep');
    const client = await desk.enter(user);
    expect((await client.get('/roles')).status).toBe(403);
    await desk.admin.patch(`/users/${user.id}`, { roleId: desk.roles.admin });
    desk.later(3);
    expect((await client.get('/roles')).status).toBe(200);
    desk.clock.now = null;
    await desk.admin.patch(`/users/${user.id}`, { roleId: desk.roles.rep });
  });

  it('ends all sessions of who is deactivated, and being active again does not bring them back', async () => {
    const user = await desk.someone('rep');
    const client = await desk.enter(user);
    expect((await client.get('/me')).status).toBe(200);
    await desk.admin.patch(`/users/${user.id}`, { status: 'deactivated' });
    expect(outcome(await client.get<Problem>('/me'))).toEqual([401, 'session_ended']);
    await desk.admin.patch(`/users/${user.id}`, { status: 'active' });
    expect((await client.get('/me')).status).toBe(401);
  });

  it('made by another process is seen within three seconds', async () => {
    const user = await desk.someone('rep');
    const client = await desk.enter(user);
    const start = Date.now();
    desk.clock.now = new Date(start);
    expect((await client.get('/me')).status).toBe(200);
    await desk.database.sql.rows(sql`update app_user set status = 'deactivated' where id = ${user.id}::uuid`);
    desk.clock.now = new Date(start + 3000);
    expect((await client.get('/me')).status).toBe(401);
    desk.clock.now = null;
  });

  it('cannot wake a person whom an import made up', async () => {
    const row = await desk.database.sql.first<{ id: string }>(sql`
      insert into app_user (name, status, role_id) values ('From a file', 'placeholder', ${desk.roles.rep}::uuid)
      returning id::text as id`);
    const answer = await desk.admin.patch<Problem>(`/users/${row?.id}`, { status: 'active' });
    expect(outcome(answer)).toEqual([409, 'conflict']);
  });
});

describe('being active', () => {
  it('is not taken from oneself', async () => {
    await desk.someone('admin');
    const answer = await desk.admin.patch<Problem>(`/users/${idOf('admin')}`, { status: 'deactivated' });
    expect(answer.body.detail).toBe('You can’t deactivate yourself. Ask another administrator to do it.');
  });

  it('comes back as an invitation for who never came in', async () => {
    const user = await desk.someone('rep', { password: undefined });
    expect(user.status).toBe('invited');
    expect(outcome(await desk.admin.patch<Problem>(`/users/${user.id}`, { status: 'active' }))).toEqual([
      409,
      'conflict',
    ]);
    await desk.admin.patch(`/users/${user.id}`, { status: 'deactivated' });
    expect((await desk.admin.patch<User>(`/users/${user.id}`, { status: 'active' })).body.status).toBe('invited');
  });
});

describe('nobody', () => {
  it('gives away more than they hold', async () => {
    const people = await peopleManager('all');
    const input = { email: 'puppet@example.com', name: 'Puppet', roleId: desk.roles.admin, password: PASSWORD };
    expect(outcome(await people.post<Problem>('/users', input))).toEqual([403, 'forbidden']);
    const user = await desk.someone('viewer');
    const raised = await people.patch<Problem>(`/users/${user.id}`, { roleId: desk.roles.admin });
    expect(outcome(raised)).toEqual([403, 'forbidden']);
  });

  it('touches who holds more than they do', async () => {
    const people = await peopleManager('all');
    const answer = await people.patch<Problem>(`/users/${idOf('admin')}`, { status: 'deactivated' });
    expect(outcome(answer)).toEqual([403, 'forbidden']);
  });

  it('manages people of teams beyond their reach', async () => {
    const people = await peopleManager('team', 'North');
    const other = await people.patch<Problem>(`/users/${idOf('stranger')}`, { name: 'X' });
    expect(outcome(other)).toEqual([404, 'not_found']);
  });

  it('gives a right over a team that they hold over another one only, to themselves least of all', async () => {
    const rights = { 'lead.read': 'team' };
    const people = await peopleManager('all', 'North', rights);
    const { body: me } = await people.get<{ id: string; role: { id: string } }>('/me');
    const { North, South } = desk.company.teams;
    const input = { email: 'mole@example.com', name: 'Mole', roleId: me.role.id, password: PASSWORD };
    expect(outcome(await people.post<Problem>('/users', { ...input, teamId: South }))).toEqual([403, 'forbidden']);
    expect((await people.post('/users', { ...input, teamId: North })).status).toBe(201);
    expect(outcome(await people.patch<Problem>(`/users/${me.id}`, { teamId: South }))).toEqual([403, 'forbidden']);
  });
});

describe('the last active administrator who can sign in', () => {
  /** All administrators are out of the way but these. */
  const only = (...ids: string[]) =>
    desk.database.sql.rows(sql`
      update app_user set status = case when id = any(${ids}::uuid[]) then 'active' else 'deactivated' end
      where role_id = ${desk.roles.admin}::uuid`);
  const administratorsLeft = () =>
    desk.database.sql.rows<{ id: string }>(sql`
      select id::text as id from app_user where role_id = ${desk.roles.admin}::uuid and status = 'active'`);

  it('can be neither deactivated nor demoted, but changed otherwise', async () => {
    await only(idOf('admin'));
    const path = `/users/${idOf('admin')}`;
    expect(outcome(await desk.admin.patch<Problem>(path, { status: 'deactivated' }))).toEqual([409, 'conflict']);
    expect(outcome(await desk.admin.patch<Problem>(path, { roleId: desk.roles.rep }))).toEqual([409, 'conflict']);
    expect((await desk.admin.patch<User>(path, { name: 'Ada Admin' })).status).toBe(200);
    expect(await administratorsLeft()).toHaveLength(1);
  });

  it.each([
    ['without any way in', sql`update app_user set password_hash = null where id = `],
    ['who must choose a new password first', sql`update app_user set must_reset_password = true where id = `],
    ['who was invited only', sql`update app_user set status = 'invited' where id = `],
  ])('is not made up for by one %s', async (_which, spoil) => {
    const second = await desk.someone('admin');
    await only(idOf('admin'), second.id);
    await desk.database.sql.rows(sql`${spoil}${second.id}::uuid`);
    const path = `/users/${idOf('admin')}`;
    expect(outcome(await desk.admin.patch<Problem>(path, { roleId: desk.roles.rep }))).toEqual([409, 'conflict']);
    await only(idOf('admin'));
  });

  it.each([
    ['active', true, 200],
    ['switched off', false, 409],
  ])('may go once another comes in by a provider that is %s', async (_which, isActive, status) => {
    const second = await desk.someone('admin');
    await only(idOf('admin'), second.id);
    await desk.database.sql.rows(sql`
      with provider as (insert into identity_provider (name, issuer, client_id, is_active)
        values (${`Provider ${isActive}`}, 'https://login.example.com', 'x', ${isActive}::boolean) returning id),
      linked as (insert into sso_identity (provider_id, subject, user_id) select id, 'subject', ${second.id}::uuid from provider)
      update app_user set password_hash = null where id = ${second.id}::uuid`);
    const path = `/users/${idOf('admin')}`;
    expect((await desk.admin.patch(path, { roleId: desk.roles.rep })).status).toBe(status);
    await desk.database.sql.rows(sql`
      update app_user set role_id = ${desk.roles.admin}::uuid where id = ${idOf('admin')}::uuid`);
    await only(idOf('admin'));
    desk.later();
  });

  /** Three administrators remove one another, around a circle. Answers how many did, and who is left. */
  async function circle(body: object, around: (start: () => void) => Promise<void>) {
    const crew = [await desk.someone('admin'), await desk.someone('admin'), await desk.someone('admin')];
    const clients = await Promise.all(crew.map((user) => desk.enter(user)));
    await only(...crew.map(({ id }) => id));
    let requests: Promise<{ status: number }>[] = [];
    await around(() => {
      requests = clients.map((client, place) => client.patch(`/users/${crew[(place + 1) % crew.length]?.id}`, body));
    });
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    const left = await administratorsLeft();
    await only(idOf('admin'));
    desk.later();
    return { statuses, left: left.length };
  }

  it.each([
    ['deactivate', 'status'],
    ['demote', 'roleId'],
  ])('remains when administrators %s each other at the same moment', async (_what, field) => {
    const body = field === 'status' ? { status: 'deactivated' } : { roleId: desk.roles.rep };
    const { statuses, left } = await circle(body, async (start) => start());
    expect(statuses.filter((status) => ![200, 401, 403, 409].includes(status))).toEqual([]);
    expect(left).toBe(3 - statuses.filter((status) => status === 200).length);
    expect(left).toBeGreaterThanOrEqual(1);
  });

  it.runIf(testEngine === 'postgres')('remains when all are held up just before the end', async () => {
    const { left } = await circle({ roleId: desk.roles.rep }, (start) =>
      // Nobody can write the audit row, the last step of a change, until all three have come as far as they can.
      desk.database.bulk(async (tx) => {
        await tx.sql.rows(sql`lock table audit_entry in share row exclusive mode`);
        start();
        await until('three requests to wait', async () => {
          const row = await desk.database.sql.first<{ waiting: number }>(sql`
            select count(*)::int as waiting from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`);
          return row?.waiting === 3;
        });
      }),
    );
    expect(left).toBeGreaterThanOrEqual(1);
  });
});
