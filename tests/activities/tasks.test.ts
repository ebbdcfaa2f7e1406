import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Task } from '../../backend/contracts/tasks.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;
let stranger: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager, stranger] = await Promise.all([crm.as('rep'), crm.as('manager'), crm.as('stranger')]);
});
afterAll(() => crm?.close());
beforeEach(async () => {
  crm.clock.now = null;
  await crm.database.execScript('delete from task');
});

const add = async (fields: Record<string, unknown> = {}, client = rep): Promise<Task> => {
  const answer = await client.post<Task>('/tasks', { title: 'Do', ...fields });
  expect(answer.status).toBe(201);
  return answer.body;
};
const titles = async (query = '', client = rep) =>
  (await client.get<Page<Task>>(`/tasks?${query}`)).body.items.map(({ title }) => title);

describe('a task', () => {
  it('is for who made it unless somebody is named, and stands alone', async () => {
    const made = await rep.post<Task>('/tasks', { title: 'Call', type: 'call', priority: 'high', dueOn: '2026-03-01' });
    expect([made.status, made.etag]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({
      title: 'Call',
      type: 'call',
      priority: 'high',
      status: 'open',
      dueOn: '2026-03-01',
      assignee: { name: 'Rolf Rep' },
      record: null,
      completedAt: null,
      version: 1,
    });
    expect(await add()).toMatchObject({ type: 'to-do', priority: 'normal', dueOn: null });
  });

  it('may be about a record that its author may change', async () => {
    const records = [
      ['leads', 'lead', await crm.addLead('rep', { name: 'Lea' })],
      ['opportunities', 'opportunity', await crm.addOpportunity('rep', { name: 'Opp' })],
      ['accounts', 'account', await crm.addAccount('rep', { name: 'Acc' })],
    ] as const;
    for (const [path, type, { id, name }] of records) {
      const made = await rep.post<Task>(`/${path}/${id}/tasks`, { title: 'About it' });
      expect([made.status, made.body.record]).toEqual([201, { type, id, name }]);
      expect((await rep.get<Page<Task>>(`/${path}/${id}/tasks`)).body.items).toEqual([made.body]);
      expect((await stranger.get(`/${path}/${id}/tasks`)).status).toBe(404);
      expect((await stranger.post(`/${path}/${id}/tasks`, { title: 'A' })).status).toBe(404);
      const viewer = await crm.as('viewer');
      expect((await viewer.get(`/${path}/${id}/tasks`)).status).toBe(403);
      expect((await viewer.post(`/${path}/${id}/tasks`, { title: 'A' })).status).toBe(403);
      expect(pointersOf(await rep.get(`/${path}/${id}/tasks?status=open`))).toEqual(['/query/status']);
    }
  });

  it('takes the right to tasks, beside that to the record it is about', async () => {
    const { id } = await crm.addLead('rep', { name: 'Lea' });
    await rep.post(`/leads/${id}/tasks`, { title: 'Known to few' });
    const records = { 'lead.read': 'all', 'lead.write': 'all' };
    const withoutTasks = await crm.withRole(records);
    expect((await withoutTasks.get(`/leads/${id}`)).status).toBe(200);
    expect((await withoutTasks.get(`/leads/${id}/tasks`)).status).toBe(403);
    for (const body of [{ title: 'x' }, { title: 'x', assigneeId: null }])
      expect((await withoutTasks.post(`/leads/${id}/tasks`, body)).status).toBe(403);
    const reader = await crm.withRole({ ...records, 'task.read': 'own' });
    expect((await reader.get<Page<Task>>(`/leads/${id}/tasks`)).body.items).toHaveLength(1);
    expect((await reader.post(`/leads/${id}/tasks`, { title: 'x' })).status).toBe(403);
  });

  it('names the record it is about only to those who may see that record', async () => {
    const lead = await crm.addLead('stranger', { name: 'Secret Lea' });
    const admin = await crm.as('admin');
    const { rep: repId } = crm.company.users;
    const body = { title: 'Call', dueOn: '2026-03-01', assigneeId: repId };
    const given = (await admin.post<Task>(`/leads/${lead.id}/tasks`, body)).body;
    expect(given.record?.name).toBe('Secret Lea');
    const nameless = { record: { type: 'lead', id: lead.id, name: '' } };
    expect((await rep.get<Task>(`/tasks/${given.id}`)).body).toMatchObject(nameless);
    expect((await rep.get<Page<Task>>('/tasks')).body.items).toMatchObject([nameless]);
    expect((await rep.patch<Task>(`/tasks/${given.id}`, { priority: 'high' })).body).toMatchObject(nameless);
    const day = await rep.get<{ overdue: Task[] }>('/tasks/my-day');
    expect(day.body.overdue).toMatchObject([nameless]);
    const { address } = (await rep.post<{ address: string }>('/calendar-feeds', { name: 'Phone' })).body;
    const { pathname, search } = new URL(address);
    const calendar = await (await fetch(new URL(pathname + search, crm.url))).text();
    expect(calendar).toContain('about a lead');
    expect(calendar).not.toContain('Secret');
    expect((await rep.delete(`/tasks/${given.id}`)).status).toBe(204);
    expect((await rep.post<Task>(`/tasks/${given.id}/restore`)).body).toMatchObject(nameless);
  });

  it('is changed and completed once, and may be opened again', async () => {
    const task = await add({ dueOn: '2026-03-01' });
    const done = await rep.patch<Task>(`/tasks/${task.id}`, { status: 'done', dueOn: null }, { 'If-Match': '"1"' });
    expect(done.body).toMatchObject({ status: 'done', dueOn: null, version: 2 });
    expect(Date.parse(done.body.completedAt ?? '')).toBeGreaterThan(Date.parse(task.createdAt) - 1);
    const renamed = await rep.patch<Task>(`/tasks/${task.id}`, { title: 'Done', status: 'done' });
    expect(renamed.body).toMatchObject({ title: 'Done', completedAt: done.body.completedAt });
    expect((await rep.patch<Task>(`/tasks/${task.id}`, { status: 'open' })).body).toMatchObject({
      status: 'open',
      completedAt: null,
    });
    expect((await rep.patch(`/tasks/${task.id}`, { title: 'A' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await rep.patch<Task>(`/tasks/${task.id}`, {}, { 'If-Match': '"4"' })).status).toBe(200);
  });

  it('refuses wrong input with every problem', async () => {
    const refused = await rep.post('/tasks', {
      title: '',
      type: 'fax',
      dueOn: 'tomorrow',
      status: 'done',
      priority: 1,
    });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/dueOn', '/priority', '/status', '/title', '/type']]);
    expect(pointersOf(await rep.patch(`/tasks/${(await add()).id}`, { completedAt: null }))).toEqual(['/completedAt']);
    expect((await rep.post('/tasks', { title: 'A', dueOn: '0000-01-01' })).status).toBe(422);
  });
});

describe('the assignee of a task', () => {
  it('is somebody within the reach of who assigns it', async () => {
    const { users } = crm.company;
    for (const assigneeId of [users.colleague, users.stranger, NOBODY]) {
      const refused = await rep.post('/tasks', { title: 'A', assigneeId });
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/assigneeId']]);
    }
    const given = await add({ assigneeId: users.colleague }, manager);
    expect(given.assignee?.id).toBe(users.colleague);
    expect(pointersOf(await manager.patch(`/tasks/${given.id}`, { assigneeId: users.stranger }))).toEqual([
      '/assigneeId',
    ]);
    const moved = await manager.patch<Task>(`/tasks/${given.id}`, { assigneeId: users.rep });
    expect(moved.body.assignee?.id).toBe(users.rep);
    expect(await titles()).toEqual(['Do']);
  });

  it('decides who sees and changes it', async () => {
    const task = await add();
    for (const [person, status] of [
      ['rep', 200],
      ['manager', 200],
      ['admin', 200],
      ['colleague', 404],
      ['stranger', 404],
      ['viewer', 403],
    ] as const) {
      const client = await crm.as(person);
      expect([person, (await client.patch(`/tasks/${task.id}`, { priority: 'low' })).status]).toEqual([person, status]);
      const shown = await client.get<Page<Task>>('/tasks');
      expect([person, shown.status === 200 ? shown.body.items.length : shown.status]).toEqual([
        person,
        status === 200 ? 1 : status === 403 ? 403 : 0,
      ]);
    }
    expect((await crm.anonymous.get('/tasks')).status).toBe(401);
  });
});

describe('the list of tasks', () => {
  it('knows what is overdue by the clock of the server, and leaves done ones out', async () => {
    await add({ title: 'yesterday', dueOn: '2026-03-09' });
    await add({ title: 'today', dueOn: '2026-03-10' });
    await add({ title: 'some day' });
    const done = await add({ title: 'done', dueOn: '2026-03-01' });
    await rep.patch(`/tasks/${done.id}`, { status: 'done' });
    crm.clock.now = new Date('2026-03-10T12:00:00Z');
    expect(await titles('overdue=true')).toEqual(['yesterday']);
    crm.clock.now = new Date('2026-03-11T12:00:00Z');
    expect(await titles('overdue=true')).toEqual(['yesterday', 'today']);
    expect(await titles('overdue=false')).toHaveLength(4);
    expect(await titles('status=done')).toEqual(['done']);
    expect(await titles('status=open')).toEqual(['yesterday', 'today', 'some day']);
    crm.clock.now = null;
  });

  it('can be narrowed to a person', async () => {
    const { users } = crm.company;
    await add({ title: 'mine' });
    await add({ title: 'theirs', assigneeId: users.colleague }, manager);
    expect((await titles('', manager)).sort()).toEqual(['mine', 'theirs']);
    expect(await titles(`assignee=${users.colleague}`, manager)).toEqual(['theirs']);
    expect(await titles('assignee=me', manager)).toEqual([]);
    expect(await titles('assignee=me')).toEqual(['mine']);
    expect((await rep.get('/tasks?assignee=them')).status).toBe(422);
  });

  it('is in order of due days, undated last, each task once whatever the page size', async () => {
    const days = fc.constantFrom(null, '2026-01-31', '2026-02-01', '9998-12-31');
    await fc.assert(
      fc.asyncProperty(
        fc.array(days, { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 3 }),
        async (dues, limit) => {
          await crm.database.execScript('delete from task');
          for (const dueOn of dues) await add({ dueOn });
          const seen: Task[] = [];
          for (let cursor: string | null = '', pages = 0; cursor !== null && pages < 20; pages++) {
            const page: Page<Task> = (
              await rep.get<Page<Task>>(`/tasks?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`)
            ).body;
            seen.push(...page.items);
            cursor = page.nextCursor;
          }
          expect(new Set(seen.map(({ id }) => id)).size).toBe(dues.length);
          const keys = seen.map(({ dueOn }) => dueOn ?? '9999-12-31');
          expect(keys).toEqual([...keys].sort());
        },
      ),
      { numRuns: 5 },
    );
  });
});
