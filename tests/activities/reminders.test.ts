import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendDueReminders } from '../../backend/activities/reminder-sender.ts';
import type { NotificationPage } from '../../backend/contracts/notifications.ts';
import type { Task } from '../../backend/contracts/tasks.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager] = await Promise.all([crm.as('rep'), crm.as('manager')]);
});
afterAll(() => crm?.close());
beforeEach(async () => {
  crm.clock.now = new Date('2026-03-10T08:00:00Z');
  await crm.database.execScript('delete from task; delete from notification; delete from mail');
});

const at = (time: string): void => {
  crm.clock.now = new Date(`2026-03-10T${time}:00Z`);
};
const send = () =>
  sendDueReminders({ database: crm.database, config: crm.config, clock: () => crm.clock.now ?? new Date() });

const add = async (fields: Record<string, unknown>, client = rep): Promise<Task> => {
  const answer = await client.post<Task>('/tasks', {
    title: 'Call Ada',
    dueOn: '2026-03-10',
    dueTime: '12:00',
    timeZone: 'UTC',
    ...fields,
  });
  expect(answer.status).toBe(201);
  return answer.body;
};
const ahead = (minutesBefore: number, channel = 'in-app') => ({ minutesBefore, channel });

const told = async (client = rep) =>
  (await client.get<NotificationPage>('/notifications')).body.items.filter(({ kind }) => kind === 'reminder');
const mails = () =>
  crm.database.sql.rows<{ to: string; subject: string }>(sql`
    select to_address as "to", subject from mail where kind = 'task-reminder' order by created_at`);

describe('a reminder', () => {
  it('is sent at its moment: in the product, by mail, or both', async () => {
    const lead = await crm.addLead('rep', { name: 'Ada' });
    const made = await rep.post<Task>(`/leads/${lead.id}/tasks`, {
      title: 'Call Ada',
      dueOn: '2026-03-10',
      dueTime: '12:00',
      timeZone: 'UTC',
      reminders: [ahead(60), ahead(30, 'mail'), ahead(0, 'both')],
    });
    expect(made.body.reminders).toEqual([ahead(0, 'both'), ahead(30, 'mail'), ahead(60)]);
    at('10:59');
    await send();
    expect(await told()).toEqual([]);
    at('11:00');
    await send();
    const [first, ...others] = await told();
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      title: 'Call Ada',
      body: 'Due Tuesday, 10 March 2026, 12:00 (UTC).',
      record: { type: 'lead', id: lead.id },
      taskId: made.body.id,
      readAt: null,
    });
    expect(await mails()).toEqual([]);
    at('11:45');
    await send();
    expect(await mails()).toEqual([{ to: 'rep@example.com', subject: 'Reminder: Call Ada' }]);
    expect(await told()).toHaveLength(1);
    at('12:00');
    await send();
    expect([(await mails()).length, (await told()).length]).toEqual([2, 2]);
  });

  it('is sent once, however many workers look at the same time, and late rather than never', async () => {
    for (let index = 0; index < 30; index++) await add({ title: `Task ${index}`, reminders: [ahead(0, 'both')] });
    crm.clock.now = new Date('2026-03-12T08:00:00Z');
    const settled = await Promise.all([send(), send(), send(), send()]);
    expect(settled.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(30);
    await send();
    expect([(await told()).length, (await mails()).length]).toEqual([30, 30]);
  });

  it('is not sent for what is over, gone, or past when it is set', async () => {
    const done = await add({ reminders: [ahead(0)] });
    await rep.patch(`/tasks/${done.id}`, { status: 'done' });
    const deleted = await add({ reminders: [ahead(0)] });
    await rep.delete(`/tasks/${deleted.id}`);
    await add({ reminders: [ahead(24 * 60)] });
    at('12:00');
    await send();
    expect(await told()).toEqual([]);
  });

  it('follows the due moment, and comes again when that is moved after it was sent', async () => {
    const task = await add({ reminders: [ahead(0)] });
    await rep.patch(`/tasks/${task.id}`, { dueTime: '13:00' });
    at('12:30');
    await send();
    expect(await told()).toEqual([]);
    at('13:00');
    await send();
    expect(await told()).toHaveLength(1);
    await rep.patch(`/tasks/${task.id}`, { title: 'Another title' });
    await send();
    expect(await told()).toHaveLength(1);
    await rep.patch(`/tasks/${task.id}`, { dueTime: '14:00' });
    at('14:00');
    await send();
    expect(await told()).toHaveLength(2);
    await rep.patch(`/tasks/${task.id}`, { dueOn: null });
    expect((await rep.get<Task>(`/tasks/${task.id}`)).body.reminders).toEqual([ahead(0)]);
    at('15:00');
    await send();
    expect(await told()).toHaveLength(2);
  });

  it('goes to whoever has the task by then', async () => {
    const task = await add({ assigneeId: crm.company.users.colleague, reminders: [ahead(0)] }, manager);
    await manager.patch(`/tasks/${task.id}`, { assigneeId: crm.company.users.rep });
    at('12:00');
    await send();
    expect([(await told()).length, (await told(await crm.as('colleague'))).length]).toEqual([1, 0]);
  });

  it('is not sent to people who may not sign in any more', async () => {
    const person = await crm.withRole({ 'task.read': 'own', 'task.write': 'own' });
    await add({ reminders: [ahead(0, 'both')] }, person);
    await crm.database.sql.rows(sql`update app_user set status = 'deactivated' where email like 'role%'`);
    at('12:00');
    expect(await send()).toBeLessThanOrEqual(1);
    expect(await mails()).toEqual([]);
  });

  it('is one of five at most, each at a time of its own', async () => {
    const refused = async (reminders: unknown) =>
      pointersOf(await rep.post('/tasks', { title: 'A', dueOn: '2026-03-10', reminders }));
    expect(await refused([ahead(5), ahead(5, 'mail')])).toEqual(['/reminders']);
    expect(await refused([1, 2, 3, 4, 5, 6].map((minutes) => ahead(minutes)))).toEqual(['/reminders']);
    expect(await refused([ahead(-1)])).toEqual(['/reminders/0/minutesBefore']);
    expect(await refused([ahead(1, 'fax')])).toEqual(['/reminders/0/channel']);
  });
});
