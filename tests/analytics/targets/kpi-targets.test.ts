import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KpiResponse } from '../../../backend/contracts/analytics.ts';
import { sql } from '../../../backend/db/index.ts';
import type { CheckedClient } from '../../support/checked-client.ts';
import { type Crm, startCrm } from '../../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let manager: CheckedClient;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm({ COMPANY_TIME_ZONE: 'Europe/Berlin' });
  crm.clock.now = new Date('2026-11-23T11:00:00Z');
  [admin, manager, rep] = await Promise.all([crm.as('admin'), crm.as('manager'), crm.as('rep')]);
  const { users, teams } = crm.company;
  const set = (fields: Record<string, unknown>) =>
    admin.post('/targets', { metric: 'revenue', grain: 'month', from: '2026-01-01', count: 12, ...fields });
  const added = await Promise.all([
    set({ value: '100' }),
    set({ grain: 'quarter', count: 4, value: '333' }),
    set({ value: '70', teamId: teams.North }),
    set({ value: '20', teamId: teams.South }),
    set({ value: '15.5', userId: users.rep }),
    set({ value: '7', userId: users.stranger }),
    set({ value: '50', metric: 'grossProfit' }),
  ]);
  expect(added.map(({ status }) => status)).toEqual(added.map(() => 201));
});
afterAll(() => crm?.close());

async function kpi(client: CheckedClient, query: string, metric = 'revenue') {
  const { body } = await client.get<KpiResponse>(`/analytics/kpis?metrics=${metric}&${query}`);
  const [item] = body.items;
  return { target: item?.target ?? null, caveat: item?.caveat ?? null };
}
const target = async (client: CheckedClient, query: string, metric?: string) =>
  (await kpi(client, query, metric)).target;

it('a figure stands beside the target of its whole period, be it over or running', async () => {
  expect(await target(admin, 'from=2026-10-01&to=2026-10-31')).toBe('100.00');
  expect(await target(admin, 'from=2026-07-01&to=2026-09-30')).toBe('333.00');
  expect(await target(admin, 'from=2026-07-01&to=2026-10-31')).toBe('433.00');
  expect(await target(admin, 'from=2026-01-01&to=2026-11-23')).toBe('1332.00');
  expect(await target(admin, 'from=2026-11-01&to=2026-11-23')).toBe('100.00');
  expect(await target(admin, 'from=2026-11-02&to=2026-11-23')).toBeNull();
  expect(await target(admin, 'from=2025-12-01&to=2026-11-23')).toBeNull();
  expect(await target(admin, 'from=2026-10-01&to=2026-10-31', 'units')).toBeNull();
  expect(await target(admin, 'from=2026-10-01&to=2026-10-31', 'winRate')).toBeNull();
  expect(await target(admin, 'from=2026-10-01&to=2026-10-31', 'grossProfit')).toBe('50.00');
});

it('a running one says how much of the period has passed', async () => {
  const { caveat } = await kpi(admin, 'from=2026-10-01&to=2026-11-23');
  expect(caveat).toBe('The target is that of Q4 2026, 59 % of which has passed.');
  expect((await kpi(admin, 'from=2026-10-01&to=2026-10-31')).caveat).toBeNull();
});

it('it is the target of whom the figure is about', async () => {
  const { users, teams } = crm.company;
  const october = 'from=2026-10-01&to=2026-10-31';
  expect(await target(admin, `${october}&team=${teams.South}`)).toBe('20.00');
  expect(await target(admin, `${october}&owner=${users.stranger}`)).toBe('7.00');
  expect(await target(admin, `${october}&team=${teams.South}&team=${teams.North}`)).toBeNull();
  expect(await target(admin, `${october}&team=`)).toBeNull();
  expect(await target(admin, `${october}&region=EMEA`)).toBeNull();
  expect(await target(admin, `${october}&team=${teams.South}&region=EMEA`)).toBeNull();
  const field = { entity: 'account', key: 'tier', label: 'Tier', type: 'choice', options: ['Gold'], isDimension: true };
  expect((await admin.post('/fields', field)).status).toBe(201);
  expect(await target(admin, `${october}&custom.account.tier=Gold`)).toBeNull();
  // A manager of one team, unfiltered, looks at that team; a rep at themselves.
  expect(await target(manager, october)).toBe('70.00');
  expect(await target(manager, `${october}&owner=${users.rep}`)).toBe('15.50');
  expect(await target(rep, october)).toBe('15.50');
  expect(await target(rep, `${october}&owner=me`)).toBe('15.50');
});

it('nobody reads a target beyond their reach from a figure', async () => {
  const { users, teams } = crm.company;
  const october = 'from=2026-10-01&to=2026-10-31';
  expect(await target(manager, `${october}&team=${teams.South}`)).toBeNull();
  expect(await target(manager, `${october}&owner=${users.stranger}`)).toBeNull();
  expect(await target(rep, `${october}&owner=${users.stranger}`)).toBeNull();
  // The rep's figure is a part of the team's: its target would mislead.
  expect(await target(rep, `${october}&team=${teams.North}`)).toBeNull();
});

it('over several teams there is none', async () => {
  await crm.database.sql.rows(sql`
    insert into team (name, parent_id) values ('North East', ${crm.company.teams.North}::uuid)`);
  const other = await crm.withRole({ 'analytics.read': 'team' }, 'North');
  expect(await target(other, 'from=2026-10-01&to=2026-10-31')).toBeNull();
  expect(await target(other, `from=2026-10-01&to=2026-10-31&team=${crm.company.teams.North}`)).toBe('70.00');
});
