import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Target } from '../../../backend/contracts/targets.ts';
import { sql } from '../../../backend/db/index.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../../support/crm.ts';
import type { PersonKey } from '../../support/people.ts';
import { addSales } from '../facts.ts';

// The company's clock stands at noon of 23 November 2026; figures below are worked out by hand.
let crm: Crm;
let admin: CheckedClient;
let manager: CheckedClient;
let rep: CheckedClient;
let viewer: CheckedClient;

beforeAll(async () => {
  crm = await startCrm({ COMPANY_TIME_ZONE: 'Europe/Berlin' });
  crm.clock.now = new Date('2026-11-23T11:00:00Z');
  [admin, manager, rep, viewer] = await Promise.all([
    crm.as('admin'),
    crm.as('manager'),
    crm.as('rep'),
    crm.as('viewer'),
  ]);
  const { users, teams } = crm.company;
  const north = { ownerId: users.rep, teamId: teams.North, cost: '60' };
  const south = { ownerId: users.stranger, teamId: teams.South, cost: '10' };
  await addSales(crm.database, [
    { ...north, soldOn: '2026-10-15', amount: '300.00' },
    { ...north, soldOn: '2026-11-02', amount: '110.00' },
    { ...north, soldOn: '2026-11-22', amount: '110.00' },
    { ...north, soldOn: '2026-11-23', amount: '50.00' },
    { ...north, ownerId: users.colleague, soldOn: '2026-11-10', amount: '70.00' },
    { ...south, soldOn: '2026-11-10', amount: '1000.00' },
    // Booked ahead: it isn't attained yet.
    { ...north, soldOn: '2026-11-30', amount: '5000.00' },
  ]);
});
afterAll(() => crm?.close());

const november = { grain: 'month', from: '2026-11-23', metric: 'revenue', value: '1000' };
const set = async (client: CheckedClient, fields: Record<string, unknown>) =>
  (await client.post<{ items: Target[] }>('/targets', { ...november, ...fields })).body.items;
const list = async (client: CheckedClient, query = '') =>
  (await client.get<{ items: Target[] }>(`/targets?limit=200${query}`)).body.items;
const reachedBy = async (client: CheckedClient, id: string | undefined) => {
  const target = (await list(client)).find((one) => one.id === id);
  return target && [target.attained, target.attainment, target.runRate];
};
const user = (key: PersonKey) => ({ userId: crm.company.users[key] });
const team = (key: 'North' | 'South') => ({ teamId: crm.company.teams[key] });
const clear = () => crm.database.sql.rows(sql`delete from target`);

it('a target tells how far it is reached, and where the period ends at this pace', async () => {
  await clear();
  const [person] = await set(admin, user('rep'));
  const [group] = await set(admin, team('North'));
  const [company] = await set(admin, { value: '2000.50' });
  expect(person).toMatchObject({
    ...{ metric: 'revenue', unit: 'money', currency: 'EUR', grain: 'month', from: '2026-11-01', to: '2026-11-30' },
    ...{ value: '1000.00', user: { name: 'Rolf Rep' }, team: null, canEdit: true },
    // 220 in 22 days, 30 days in all; today's 50 count as attained alone
    ...{ attained: '270.00', attainment: 0.27, runRate: '300.00' },
  });
  expect(await reachedBy(viewer, group?.id)).toEqual(['340.00', 0.34, '395.45']);
  expect(await reachedBy(viewer, company?.id)).toEqual(['1340.00', 0.669833, '1759.09']);
  // Sales on top of each other in order: the company, teams, people.
  expect((await list(admin)).map(({ id }) => id)).toEqual([company?.id, group?.id, person?.id]);
});

it('past periods ended as they did, future ones have not begun', async () => {
  await clear();
  const [october, november, december] = await set(admin, {
    ...user('rep'),
    from: '2026-10-31',
    count: 3,
    value: '600',
  });
  expect([october?.from, november?.from, december?.from]).toEqual(['2026-10-01', '2026-11-01', '2026-12-01']);
  expect(await reachedBy(admin, october?.id)).toEqual(['300.00', 0.5, '300.00']);
  expect(await reachedBy(admin, november?.id)).toEqual(['270.00', 0.45, '300.00']);
  expect(await reachedBy(admin, december?.id)).toEqual(['0.00', 0, null]);
  const [quarter] = await set(admin, { ...user('rep'), grain: 'quarter' });
  expect(await reachedBy(admin, quarter?.id)).toEqual(['570.00', 0.57, '902.64']);
  const [units] = await set(admin, { ...user('rep'), metric: 'units', value: '8' });
  expect(await reachedBy(admin, units?.id)).toEqual(['3', 0.375, '3']);
});

it('people see the targets within their reach, and progress only where all of it is', async () => {
  await clear();
  const [company] = await set(admin, {});
  const [north] = await set(admin, team('North'));
  const [south] = await set(admin, team('South'));
  const [mine] = await set(admin, user('rep'));
  const [colleague] = await set(admin, user('colleague'));
  const [stranger] = await set(admin, user('stranger'));
  const seenBy = async (client: CheckedClient) => new Set((await list(client)).map(({ id }) => id));
  expect(await seenBy(viewer)).toEqual(
    new Set([company, north, south, mine, colleague, stranger].map((one) => one?.id)),
  );
  expect(await seenBy(manager)).toEqual(new Set([north, mine, colleague].map((one) => one?.id)));
  expect(await seenBy(rep)).toEqual(new Set([north, mine].map((one) => one?.id)));
  expect(await reachedBy(rep, mine?.id)).toEqual(['270.00', 0.27, '300.00']);
  expect(await reachedBy(rep, north?.id)).toEqual([null, null, null]);
  expect(await reachedBy(manager, north?.id)).toEqual(['340.00', 0.34, '395.45']);

  // Gross profit is for who sees costs: beside a target of revenue its target would tell the margin that is planned.
  const [profit] = await set(admin, { ...user('rep'), metric: 'grossProfit' });
  expect(await reachedBy(manager, profit?.id)).toEqual(['90.00', 0.09, '136.36']);
  expect(await list(rep, '&metric=grossProfit')).toEqual([]);
  const blind = await crm.withRole({ 'analytics.read': 'all', 'target.manage': 'all' });
  expect((await blind.patch(`/targets/${profit?.id}`, { value: '1' })).status).toBe(404);
  expect((await blind.delete(`/targets/${profit?.id}`)).status).toBe(404);
});

it('a manager sets targets for the own team and its people, and for nobody else', async () => {
  await clear();
  expect((await rep.post('/targets', november)).status).toBe(403);
  expect((await viewer.post('/targets', november)).status).toBe(403);
  expect((await manager.post('/targets', november)).status).toBe(403);
  for (const beyond of [team('South'), { teamId: NOBODY }]) {
    expect(pointersOf(await manager.post('/targets', { ...november, ...beyond }))).toEqual(['/teamId']);
  }
  for (const beyond of [user('stranger'), user('admin'), { userId: NOBODY }]) {
    expect(pointersOf(await manager.post('/targets', { ...november, ...beyond }))).toEqual(['/userId']);
  }
  const [mine] = await set(manager, user('rep'));
  const [theirs] = await set(admin, user('stranger'));
  expect((await rep.patch(`/targets/${mine?.id}`, { value: '1' })).status).toBe(403);
  expect((await manager.patch(`/targets/${theirs?.id}`, { value: '1' })).status).toBe(404);
  expect((await manager.delete(`/targets/${theirs?.id}`)).status).toBe(404);
  expect((await manager.patch(`/targets/${mine?.id}`, { value: '5' }, { 'If-Match': '"9"' })).status).toBe(412);
  const changed = await manager.patch<Target>(`/targets/${mine?.id}`, { value: '540.00' }, { 'If-Match': '"1"' });
  expect([changed.status, changed.body.value, changed.body.attainment, changed.etag]).toEqual([
    200,
    '540.00',
    0.5,
    '"2"',
  ]);
  expect((await list(rep)).map(({ canEdit }) => canEdit)).toEqual([false]);
  expect((await manager.delete(`/targets/${mine?.id}`)).status).toBe(204);
  const trail = await crm.database.sql.rows<{ action: string }>(sql`
    select action from audit_entry where entity_id = ${mine?.id ?? ''} order by id`);
  expect(trail.map(({ action }) => action)).toEqual(['target.created', 'target.updated', 'target.deleted']);
  const blind = await crm.withRole({ 'analytics.read': 'all', 'target.manage': 'all' });
  expect((await blind.post('/targets', { ...november, metric: 'grossProfit' })).status).toBe(403);
});

it('nobody sets a target that they could not see', async () => {
  await clear();
  const narrow = await crm.withRole({ 'analytics.read': 'own', 'target.manage': 'all' }, 'South');
  const refused = await narrow.post<{ detail: string }>('/targets', { ...november, ...team('North') });
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('whose numbers you see')]);
  expect(await list(admin)).toEqual([]);
});

it('there is one target for the same metric, subject and period; a series is added whole or not at all', async () => {
  await clear();
  await set(admin, { ...team('North'), from: '2026-12-05' });
  const refused = await admin.post<{ detail: string }>('/targets', { ...november, ...team('North'), count: 3 });
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    'There is a target already for revenue of North in December 2026: change that one instead.',
  ]);
  expect(await list(admin)).toHaveLength(1);
  // Another metric, subject or grain is another target.
  for (const other of [
    { ...team('North'), metric: 'units' },
    team('South'),
    {},
    { ...team('North'), grain: 'quarter' },
  ]) {
    await set(admin, { from: '2026-12-05', ...other });
  }
  expect(await list(admin)).toHaveLength(5);
  const both = await Promise.all([1, 2].map(() => admin.post('/targets', { ...november, ...user('rep') })));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
});

it('lists page by page, by metric, subject and days', async () => {
  await clear();
  const [first] = await set(admin, { ...user('rep'), from: '2026-01-01', count: 12 });
  await set(admin, { ...team('North'), from: '2026-06-01', metric: 'units', value: '10.5' });
  await set(admin, { ...team('North'), from: '2026-06-01' });
  await set(admin, { ...team('South'), from: '2026-06-01' });
  await set(admin, { from: '2026-06-01' });
  const all = await list(admin);
  // Of one day the company first, then teams by name and metric, then people.
  const ofJune = all.filter(({ from }) => from === '2026-06-01');
  expect(ofJune.map((one) => [(one.team ?? one.user)?.name, one.metric])).toEqual([
    [undefined, 'revenue'],
    ['North', 'revenue'],
    ['North', 'units'],
    ['South', 'revenue'],
    ['Rolf Rep', 'revenue'],
  ]);
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const { body } = await admin.get<{ items: Target[]; nextCursor: string | null }>(`/targets?limit=3${query}`);
    paged.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  }
  expect(paged).toEqual(all.map(({ id }) => id));
  // What is to come stands last: December, after January.
  expect(all.slice(-2).map(({ from }) => from)).toEqual(['2026-01-01', '2026-12-01']);
  expect(all.at(-2)?.id).toBe(first?.id);
  expect(await list(admin, '&metric=units')).toMatchObject([{ metric: 'units', value: '10.5', currency: null }]);
  expect(await list(admin, '&from=2026-06-15&to=2026-06-15')).toHaveLength(5);
  expect(await list(admin, `&team=${crm.company.teams.North}`)).toHaveLength(2);
  expect(await list(admin, `&team=${crm.company.teams.North}&user=${crm.company.users.rep}`)).toHaveLength(14);
  expect((await admin.get('/targets?cursor=abc')).status).toBe(422);
});

it('refuses what can’t be a target', async () => {
  const refused = async (fields: Record<string, unknown>) =>
    pointersOf(await admin.post('/targets', { ...november, ...fields }));
  expect(await refused({ value: '0' })).toEqual(['/value']);
  expect(await refused({ value: '10.005' })).toEqual(['/value']);
  expect(await refused({ metric: 'salesVolume', value: '1.5' })).toEqual(['/value']);
  expect(await refused({ metric: 'winRate' })).toEqual(['/metric']);
  expect(await refused({ count: 25 })).toEqual(['/count']);
  expect(await refused({ from: '1850-01-01' })).toEqual(['/from']);
  expect(await refused({ from: '2199-12-01', count: 2 })).toEqual(['/from']);
  expect(await refused({ from: '9999-12-01' })).toEqual(['/from']);
  expect(await refused({ from: '9999-12-31', grain: 'year', count: 24 })).toEqual(['/from']);
  expect(await refused({ ...team('North'), ...user('rep') })).toEqual(['/userId']);
});

it('a team with targets stays', async () => {
  await clear();
  const made = await admin.post<{ id: string }>('/teams', { name: 'West' });
  await set(admin, { teamId: made.body.id });
  const refused = await admin.delete<{ detail: string }>(`/teams/${made.body.id}`);
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('targets belong to it')]);
});
