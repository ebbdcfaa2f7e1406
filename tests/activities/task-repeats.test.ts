import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { MyDay, Task } from '../../backend/contracts/tasks.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());
beforeEach(async () => {
  crm.clock.now = new Date('2026-03-10T12:00:00Z');
  await crm.database.execScript('delete from task');
});

const add = async (fields: Record<string, unknown> = {}): Promise<Task> => {
  const answer = await rep.post<Task>('/tasks', { title: 'Do', timeZone: 'UTC', ...fields });
  expect([answer.status, pointersOf(answer)]).toEqual([201, []]);
  return answer.body;
};
const patch = async (id: string, fields: Record<string, unknown>): Promise<Task> => {
  const answer = await rep.patch<Task>(`/tasks/${id}`, fields);
  expect([answer.status, pointersOf(answer)]).toEqual([200, []]);
  return answer.body;
};
const active = async () => (await rep.get<Page<Task>>('/tasks?state=active')).body.items;
const daily = { every: 'day', interval: 1 };

describe('a task that comes back', () => {
  it('bears the next one, alike, when it is done or cancelled', async () => {
    const reminders = [{ minutesBefore: 10, channel: 'both' }];
    const first = await add({
      title: 'Report',
      notes: 'To all',
      type: 'email',
      priority: 'high',
      dueOn: '2026-03-10',
      dueTime: '09:00',
      repeat: { ...daily, times: 3 },
      reminders,
    });
    expect(first).toMatchObject({ repeat: { ...daily, times: 3 }, occurrence: 1 });
    await patch(first.id, { status: 'done' });
    const [second, ...others] = await active();
    expect(others).toEqual([]);
    expect(second).toMatchObject({
      title: 'Report',
      notes: 'To all',
      type: 'email',
      priority: 'high',
      dueOn: '2026-03-11',
      dueTime: '09:00',
      dueAt: '2026-03-11T09:00:00.000Z',
      status: 'open',
      occurrence: 2,
      reminders,
      version: 1,
    });
    await patch(second?.id ?? '', { status: 'cancelled' });
    const [third] = await active();
    expect(third).toMatchObject({ dueOn: '2026-03-12', occurrence: 3 });
    await patch(third?.id ?? '', { status: 'done' });
    expect(await active()).toEqual([]);
  });

  it('is born once, however many people complete the one before at the same time', async () => {
    const { id } = await add({ dueOn: '2026-03-10', repeat: daily });
    await Promise.all(Array.from({ length: 8 }, () => patch(id, { status: 'done' })));
    expect((await active()).map(({ occurrence }) => occurrence)).toEqual([2]);
  });

  it('is taken back when the one before is opened again, unless somebody has touched it', async () => {
    const { id } = await add({ dueOn: '2026-03-10', repeat: daily });
    await patch(id, { status: 'done' });
    await patch(id, { status: 'open' });
    expect((await active()).map(({ occurrence }) => occurrence)).toEqual([1]);
    await patch(id, { status: 'done' });
    const [second] = await active();
    await patch(second?.id ?? '', { notes: 'Begun' });
    await patch(id, { status: 'open' });
    expect((await active()).map(({ occurrence }) => occurrence)).toEqual([1, 2]);
    await patch(id, { status: 'done' });
    expect((await active()).map(({ occurrence }) => occurrence)).toEqual([2]);
  });

  it('skips the days that have passed', async () => {
    const { id } = await add({ dueOn: '2026-02-02', repeat: { every: 'week', interval: 1 } });
    await patch(id, { status: 'done' });
    expect((await active()).map(({ dueOn }) => dueOn)).toEqual(['2026-03-16']);
  });

  it('counts from the day that somebody sets', async () => {
    const { id } = await add({ dueOn: '2026-03-10', repeat: { every: 'month', interval: 1 } });
    await patch(id, { dueOn: '2026-03-31' });
    await patch(id, { status: 'done' });
    const [second] = await active();
    expect(second?.dueOn).toBe('2026-04-30');
    await patch(second?.id ?? '', { status: 'done' });
    expect((await active()).map(({ dueOn }) => dueOn)).toEqual(['2026-05-31']);
  });

  it('keeps its hour over a change of the clocks', async () => {
    const { id } = await add({
      dueOn: '2026-03-28',
      dueTime: '09:00',
      timeZone: 'Europe/Berlin',
      repeat: daily,
    });
    await patch(id, { status: 'done' });
    expect((await active()).map(({ dueAt }) => dueAt)).toEqual(['2026-03-29T07:00:00.000Z']);
  });

  it('ends when its repeat is taken away', async () => {
    const { id } = await add({ dueOn: '2026-03-10', repeat: daily });
    await patch(id, { repeat: null, status: 'done' });
    expect(await active()).toEqual([]);
  });

  it('needs a day, and a rule that makes sense', async () => {
    const refused = async (fields: object) => pointersOf(await rep.post('/tasks', { title: 'A', ...fields }));
    const dueOn = '2026-03-10';
    expect(await refused({ repeat: daily })).toEqual(['/repeat']);
    expect(await refused({ dueTime: '09:00' })).toEqual(['/dueTime']);
    expect(await refused({ dueOn, dueTime: '24:00' })).toEqual(['/dueTime']);
    expect(await refused({ dueOn, timeZone: 'Mars/Olympus' })).toEqual(['/timeZone']);
    expect(await refused({ dueOn, repeat: { ...daily, until: '2026-03-09' } })).toEqual(['/repeat/until']);
    expect(await refused({ dueOn, repeat: { ...daily, weekdays: [1] } })).toEqual(['/repeat/weekdays']);
    expect(await refused({ dueOn, repeat: { ...daily, interval: 0 } })).toEqual(['/repeat/interval']);
    expect(await refused({ dueOn: '9999-12-31' })).toEqual(['/dueOn']);
    const { id } = await add({ dueOn, repeat: daily });
    expect(pointersOf(await rep.patch(`/tasks/${id}`, { dueOn: null }))).toEqual(['/dueOn']);
    expect(await patch(id, { dueOn: null, repeat: null })).toMatchObject({ dueOn: null, timeZone: null, dueAt: null });
  });
});

describe('my day', () => {
  const titles = (list: Task[]) => list.map(({ title }) => title);

  it('tells what is late, what is for today, what comes, and what is done', async () => {
    await add({ title: 'late', dueOn: '2026-03-09' });
    await add({ title: 'at three', dueOn: '2026-03-10', dueTime: '15:00' });
    await add({ title: 'at nine', dueOn: '2026-03-10', dueTime: '09:00' });
    await add({ title: 'some time today', dueOn: '2026-03-10' });
    await add({ title: 'next week', dueOn: '2026-03-17' });
    await add({ title: 'far', dueOn: '2026-03-18' });
    await add({ title: 'whenever' });
    const waiting = await add({ title: 'waiting', dueOn: '2026-03-11' });
    await patch(waiting.id, { status: 'waiting' });
    const done = await add({ title: 'done', dueOn: '2026-03-01' });
    await patch(done.id, { status: 'done' });
    const { body } = await rep.get<MyDay>('/tasks/my-day?timeZone=UTC');
    expect([body.day, body.timeZone]).toEqual(['2026-03-10', 'UTC']);
    expect(titles(body.overdue)).toEqual(['late']);
    expect(titles(body.today)).toEqual(['at nine', 'at three', 'some time today']);
    expect(body.today.map(({ isOverdue }) => isOverdue)).toEqual([true, false, false]);
    expect(titles(body.upcoming)).toEqual(['waiting', 'next week']);
    expect(titles(body.undated)).toEqual(['whenever']);
    expect(titles(body.done)).toEqual(['done']);
    expect(body.counts).toEqual({ overdue: 1, today: 3, upcoming: 2, undated: 1, done: 1 });
  });

  it('is the day of where one is', async () => {
    await add({ title: 'tomorrow here', dueOn: '2026-03-11', timeZone: 'Pacific/Auckland' });
    const there = (await rep.get<MyDay>('/tasks/my-day?timeZone=Pacific/Auckland')).body;
    const here = (await rep.get<MyDay>('/tasks/my-day?timeZone=UTC')).body;
    expect([there.day, titles(there.today), here.day, titles(here.upcoming)]).toEqual([
      '2026-03-11',
      ['tomorrow here'],
      '2026-03-10',
      ['tomorrow here'],
    ]);
    expect((await rep.get('/tasks/my-day?timeZone=Nowhere')).status).toBe(422);
  });

  it('is nobody else’s', async () => {
    await add({ title: 'mine', dueOn: '2026-03-10' });
    const { body } = await (await crm.as('manager')).get<MyDay>('/tasks/my-day');
    expect(body.counts).toEqual({ overdue: 0, today: 0, upcoming: 0, undated: 0, done: 0 });
  });
});

describe('a deleted task', () => {
  it('is nowhere to be seen, and can be brought back', async () => {
    const { id } = await add({ dueOn: '2026-03-10' });
    expect((await rep.delete(`/tasks/${id}`, { 'If-Match': '"9"' })).status).toBe(412);
    expect((await rep.delete(`/tasks/${id}`)).status).toBe(204);
    expect((await rep.get(`/tasks/${id}`)).status).toBe(404);
    expect((await rep.patch(`/tasks/${id}`, { title: 'A' })).status).toBe(404);
    expect((await rep.delete(`/tasks/${id}`)).status).toBe(404);
    expect(await active()).toEqual([]);
    expect((await (await crm.as('colleague')).post(`/tasks/${id}/restore`, {})).status).toBe(404);
    expect((await rep.post(`/tasks/${id}/restore`, {})).status).toBe(200);
    expect((await rep.get<Task>(`/tasks/${id}`)).body).toMatchObject({ title: 'Do', version: 3 });
    expect((await rep.post(`/tasks/${id}/restore`, {})).status).toBe(404);
  });
});
