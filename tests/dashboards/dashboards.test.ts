import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dashboard } from '../../backend/contracts/dashboards.ts';
import { sql } from '../../backend/db/index.ts';
import { bootstrap } from '../../backend/identity/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let manager: CheckedClient;
let rep: CheckedClient;
let viewer: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [admin, manager, rep, viewer] = await Promise.all([
    crm.as('admin'),
    crm.as('manager'),
    crm.as('rep'),
    crm.as('viewer'),
  ]);
});
afterAll(() => crm?.close());

const list = async (client: CheckedClient) => (await client.get<{ items: Dashboard[] }>('/dashboards')).body.items;
const names = async (client: CheckedClient) => (await list(client)).map(({ name }) => name);
const home = async (client: CheckedClient) => (await list(client)).filter(({ isHome }) => isHome).map(({ key }) => key);
const builtIn = async (client: CheckedClient, key: string): Promise<Dashboard> => {
  const found = (await list(client)).find((one) => one.key === key);
  if (!found) throw new Error(`no dashboard ${key}`);
  return found;
};
const make = async (client: CheckedClient, fields: Record<string, unknown> = {}) =>
  (await client.post<Dashboard>('/dashboards', { name: 'Mine', ...fields })).body;
const roleId = async (key: string) =>
  (await crm.database.sql.first<{ id: string }>(sql`select id::text as id from role where key = ${key}`))?.id ?? '';
const auditOf = (id: string) =>
  crm.database.sql.rows<{ action: string }>(sql`
    select action from audit_entry where entity_id = ${id} order by id`);

it('every installation has four dashboards, and everybody starts with the one that suits their reach', async () => {
  expect(await names(admin)).toEqual([
    'Executive overview',
    'Marketing and lead sources',
    'My sales',
    'Team performance',
  ]);
  expect(await home(admin)).toEqual(['executive']);
  expect(await home(viewer)).toEqual(['executive']);
  expect(await home(manager)).toEqual(['manager']);
  expect(await home(rep)).toEqual(['rep']);
  expect((await names(rep))[0]).toBe('My sales');
  for (const { panels } of await list(admin)) expect(panels.length).toBeGreaterThanOrEqual(6);
});

it('one’s own choice comes first until it is taken back or out of sight', async () => {
  const mine = await make(rep, { name: 'Zebra' });
  expect((await rep.put('/dashboards/home', { dashboardId: mine.id })).status).toBe(204);
  expect((await names(rep)).slice(0, 2)).toEqual(['Zebra', 'Executive overview']);
  expect((await rep.get<Dashboard>(`/dashboards/${mine.id}`)).body.isHome).toBe(true);
  expect((await viewer.put('/dashboards/home', { dashboardId: mine.id })).status).toBe(404);
  expect((await rep.put('/dashboards/home', { dashboardId: null })).status).toBe(204);
  expect(await home(rep)).toEqual(['rep']);

  const shared = await make(admin, { name: 'For all', audience: 'everyone' });
  await rep.put('/dashboards/home', { dashboardId: shared.id });
  await admin.patch(`/dashboards/${shared.id}`, { audience: 'private' });
  expect(await home(rep)).toEqual(['rep']);
  await rep.put('/dashboards/home', { dashboardId: mine.id });
  expect((await rep.delete(`/dashboards/${mine.id}`)).status).toBe(204);
  expect(await home(rep)).toEqual(['rep']);
});

it('what is private is not there for others, administrators included', async () => {
  const mine = await make(rep, { name: 'Private' });
  expect([mine.audience, mine.isMine, mine.canEdit, mine.owner?.name]).toEqual(['private', true, true, 'Rolf Rep']);
  for (const other of [admin, viewer]) {
    expect((await other.get(`/dashboards/${mine.id}`)).status).toBe(404);
    expect((await other.patch(`/dashboards/${mine.id}`, { name: 'x' })).status).toBe(404);
    expect((await other.delete(`/dashboards/${mine.id}`)).status).toBe(404);
    expect((await other.post(`/dashboards/${mine.id}/copy`)).status).toBe(404);
    expect(await names(other)).not.toContain('Private');
  }
});

it('sharing needs the right to; roles see what is theirs', async () => {
  expect((await rep.post('/dashboards', { name: 'x', audience: 'everyone' })).status).toBe(403);
  const mine = await make(rep, { name: 'Not shared' });
  expect((await rep.patch(`/dashboards/${mine.id}`, { audience: 'everyone' })).status).toBe(403);
  expect(pointersOf(await manager.post('/dashboards', { name: 'x', audience: 'roles' }))).toEqual(['/roleIds']);
  expect(pointersOf(await manager.post('/dashboards', { name: 'x', audience: 'roles', roleIds: [mine.id] }))).toEqual([
    '/roleIds/0',
  ]);
  const forReps = await make(manager, { name: 'For reps', audience: 'roles', roleIds: [await roleId('rep')] });
  expect(forReps.roles.map(({ name }) => name)).toEqual(['Sales rep']);
  expect(await names(rep)).toContain('For reps');
  expect((await rep.get<Dashboard>(`/dashboards/${forReps.id}`)).body.roles).toEqual([]);
  expect(await names(viewer)).not.toContain('For reps');
  // Who keeps the installation's settings looks after all that is shared.
  const kept = await admin.patch<Dashboard>(`/dashboards/${forReps.id}`, { name: 'For sales reps' });
  expect([kept.status, kept.body.canEdit, kept.body.isMine]).toEqual([200, true, false]);
  expect((await rep.patch(`/dashboards/${forReps.id}`, { name: 'x' })).status).toBe(403);
  expect((await rep.delete(`/dashboards/${forReps.id}`)).status).toBe(403);
  // Of other audiences roles are not kept.
  const opened = await manager.patch<Dashboard>(`/dashboards/${forReps.id}`, { audience: 'everyone' });
  expect(opened.body.roles).toEqual([]);
  const taken = await admin.patch<Dashboard>(`/dashboards/${forReps.id}`, { audience: 'private' });
  expect([taken.status, taken.body.audience]).toEqual([200, 'private']);
  expect((await admin.get(`/dashboards/${forReps.id}`)).status).toBe(404);
  expect((await manager.get(`/dashboards/${forReps.id}`)).status).toBe(200);
});

it('built-in ones are changed by administrators, stay theirs at the next start, and can’t be deleted', async () => {
  const marketing = await builtIn(admin, 'marketing');
  expect((await manager.patch(`/dashboards/${marketing.id}`, { name: 'x' })).status).toBe(403);
  expect(pointersOf(await admin.patch(`/dashboards/${marketing.id}`, { audience: 'private' }))).toEqual(['/audience']);
  const change = { name: 'Campaigns', panels: marketing.panels.slice(0, 2) };
  expect((await admin.patch(`/dashboards/${marketing.id}`, change)).status).toBe(200);
  await bootstrap(crm.database, crm.config);
  const after = await builtIn(admin, 'marketing');
  expect([after.name, after.panels.length]).toEqual(['Campaigns', 2]);
  expect((await admin.delete(`/dashboards/${marketing.id}`)).status).toBe(409);
  expect((await auditOf(marketing.id)).map(({ action }) => action)).toEqual(['dashboard.updated']);
});

it('guarded figures stay in the definition, and out of the answers of who does not see them', async () => {
  const executive = await builtIn(admin, 'executive');
  const seen = await builtIn(rep, 'executive');
  expect(JSON.stringify(executive.panels)).toMatch(/grossProfit.*profitMargin/);
  expect(JSON.stringify(seen.panels)).not.toMatch(/grossProfit|profitMargin/);
  expect(executive.panels.map(({ id }) => id)).toContain('products');
  expect(seen.panels.map(({ id }) => id)).not.toContain('products');
  // Revenue alone is not "Revenue and gross profit by month".
  expect(seen.panels.map(({ title }) => title)).toEqual(
    executive.panels.flatMap(({ id, title }) =>
      id === 'products' ? [] : [id === 'result' || id === 'teams' ? null : title],
    ),
  );
  // A viewer has no tasks: a panel of them would only fail.
  expect((await builtIn(viewer, 'rep')).panels.map(({ kind }) => kind)).not.toContain('tasks');
  expect((await builtIn(rep, 'rep')).panels.map(({ kind }) => kind)).toContain('tasks');

  const profit = { id: 'a', width: 12, kind: 'kpis', metrics: ['grossProfit'] };
  expect((await rep.post('/dashboards', { name: 'x', panels: [profit] })).status).toBe(403);
  expect((await viewer.post('/dashboards', { name: 'x', panels: [{ id: 't', width: 6, kind: 'tasks' }] })).status).toBe(
    403,
  );
  const points = { ...{ metrics: ['revenue', 'grossProfit'], by: 'owner', type: 'scatter' } };
  const shared = await make(manager, {
    name: 'With points',
    audience: 'everyone',
    panels: [
      profit,
      { id: 'b', width: 6, kind: 'chart', chart: points },
      { id: 'c', width: 6, kind: 'pipeline', view: 'funnel' },
    ],
  });
  const forRep = (await rep.get<Dashboard>(`/dashboards/${shared.id}`)).body;
  expect(forRep.panels.map(({ id }) => id)).toEqual(['c']);
  const copy = await rep.post<Dashboard>(`/dashboards/${shared.id}/copy`);
  expect([copy.status, copy.body.name, copy.body.audience]).toEqual([201, 'Copy of With points', 'private']);
  expect(copy.body.panels.map(({ id }) => id)).toEqual(['c']);
});

it('whoever does not see all of a dashboard can’t erase the rest by saving what they see', async () => {
  const editor = await crm.withRole({ 'analytics.read': 'all', 'view.share': 'all', 'settings.manage': 'all' });
  const executive = await builtIn(editor, 'executive');
  expect(executive.canEdit).toBe(true);
  const refused = await editor.patch<{ detail: string }>(`/dashboards/${executive.id}`, { panels: executive.panels });
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('Copy it')]);
  expect(JSON.stringify((await builtIn(admin, 'executive')).panels)).toContain('grossProfit');
  expect((await editor.patch(`/dashboards/${executive.id}`, { description: 'The year' })).status).toBe(200);
  expect(JSON.stringify((await builtIn(admin, 'executive')).panels)).toContain('grossProfit');
});

it('fields that are hidden from somebody are named to them neither as a split nor as a filter', async () => {
  const field = { entity: 'account', key: 'tier', label: 'Tier', type: 'choice', options: ['Gold'], isDimension: true };
  expect((await admin.post('/fields', { ...field, visibleTo: ['admin'] })).status).toBe(201);
  const shared = await make(admin, {
    name: 'Tiers',
    audience: 'everyone',
    selection: { filters: { 'custom.account.tier': ['Gold'], region: ['EMEA'] } },
    panels: [
      { id: 'a', width: 12, kind: 'chart', chart: { metrics: ['revenue'], by: 'custom.account.tier', type: 'bar' } },
      { id: 'b', width: 12, kind: 'kpis', metrics: ['revenue'] },
    ],
  });
  // Somebody whose rights nobody has read yet: they are kept for a few seconds.
  const other = await crm.withRole({ 'analytics.read': 'all', 'account.read': 'all' });
  const { body } = await other.get<Dashboard>(`/dashboards/${shared.id}`);
  expect(body.panels.map(({ id }) => id)).toEqual(['b']);
  expect(body.selection).toEqual({ range: 'last-12-months', compare: 'previous', filters: { region: ['EMEA'] } });
  expect((await admin.get<Dashboard>(`/dashboards/${shared.id}`)).body.panels).toHaveLength(2);
  // Nor can anybody find out by naming it: a field that is hidden is refused like one that is not there.
  const refusals = [];
  for (const name of ['custom.account.tier', 'custom.account.none']) {
    const chart = { metrics: ['revenue'], by: name, type: 'bar' };
    for (const [path, body] of [
      ['/dashboards', { name: 'x', panels: [{ id: 'a', width: 12, kind: 'chart', chart }] }],
      ['/dashboards', { name: 'x', selection: { filters: { [name]: ['Gold'] } } }],
      ['/explorations', { name: 'x', chart, selection: {} }],
    ] as const) {
      const { status, body: problem } = await other.post<{ detail: string }>(path, body);
      refusals.push(`${status} ${problem.detail.replace(name, 'it')}`);
    }
  }
  expect(refusals.slice(0, 3)).toEqual(refusals.slice(3));
  expect(refusals[0]).toMatch(/^422 panels names it, which is no field/);
  // What was there before a field went stays until it is taken out.
  await crm.database.sql.rows(sql`update custom_field set archived_at = now() where key = 'tier'`);
  const { panels } = shared;
  expect((await admin.patch(`/dashboards/${shared.id}`, { panels: panels.toReversed() })).status).toBe(200);
});

it('writes are refused when stale or beyond limits', async () => {
  const mine = await make(rep);
  expect((await rep.patch(`/dashboards/${mine.id}`, { name: 'x' }, { 'If-Match': '"9"' })).status).toBe(412);
  const panel = { id: 'a', width: 12, kind: 'kpis', metrics: ['revenue'] };
  expect(pointersOf(await rep.patch(`/dashboards/${mine.id}`, { panels: [panel, panel] }))).toEqual(['/panels']);
  expect(pointersOf(await rep.patch(`/dashboards/${mine.id}`, { panels: [{ ...panel, width: 5 }] }))).toEqual([
    '/panels/0/width',
  ]);
  const opensWith = async (selection: object) => pointersOf(await rep.patch(`/dashboards/${mine.id}`, { selection }));
  for (const range of ['2026-02-30/2026-03-01', '2026-03-02/2026-03-01', '9999-99-99/0000-00-00']) {
    expect(await opensWith({ range })).toEqual(['/selection/range']);
  }
  expect(await opensWith({ filters: { owner: ['me', '', 'somebody'], team: ['x'] } })).toEqual([
    '/selection/filters/owner/2',
    '/selection/filters/team/0',
  ]);
  await crm.database.sql.rows(sql`
    insert into dashboard (name, owner_id) select 'Many', ${crm.company.users.stranger}::uuid from generate_series(1, 200)`);
  const refused = await (await crm.as('stranger')).post<{ detail: string }>('/dashboards', { name: 'One more' });
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('200 dashboards')]);
});

it('a copy asked for again with the same key is the same', async () => {
  const { id } = await make(rep, { name: 'Once' });
  const copies = [];
  for (let time = 0; time < 2; time++) {
    copies.push(await rep.post<Dashboard>(`/dashboards/${id}/copy`, {}, { 'Idempotency-Key': 'a copy' }));
  }
  expect(copies.map(({ status }) => status)).toEqual([201, 201]);
  expect(copies[1]?.body.id).toBe(copies[0]?.body.id);
  expect((await names(rep)).filter((name) => name === 'Copy of Once')).toHaveLength(1);
});

it('a copy’s name is cut between letters', async () => {
  const { id } = await make(rep, { name: `${'a'.repeat(91)}😀😀` });
  expect((await rep.post<Dashboard>(`/dashboards/${id}/copy`)).body.name).toBe(`Copy of ${'a'.repeat(91)}`);
});

it('what an earlier version kept is read with what it did not know filled in, and without what is unknown now', async () => {
  const mine = await make(rep, { name: 'Old' });
  const kept = [
    { id: 'a', kind: 'chart', width: 6, chart: { metrics: ['revenue'], type: 'bar' } },
    { id: 'b', kind: 'kpis', width: 6, metrics: ['a metric of the past'] },
  ];
  await crm.database.sql.rows(sql`
    update dashboard set panels = ${JSON.stringify(kept)}::jsonb, selection = '{}' where id = ${mine.id}::uuid`);
  const { body } = await rep.get<Dashboard>(`/dashboards/${mine.id}`);
  expect(body.panels).toMatchObject([{ id: 'a', height: 'medium', chart: { stacking: 'none', limit: 12 } }]);
  expect(body.selection.range).toBe('last-12-months');
});
