import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarFeed, NewCalendarFeed, Task } from '../../backend/contracts/tasks.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';

let crm: Crm;
let rep: CheckedClient;
let colleague: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  [rep, colleague] = await Promise.all([crm.as('rep'), crm.as('colleague')]);
});
afterAll(() => crm?.close());

const add = async (fields: Record<string, unknown>, client = rep): Promise<Task> => {
  const answer = await client.post<Task>('/tasks', fields);
  expect(answer.status).toBe(201);
  return answer.body;
};

async function newFeed(client = rep): Promise<NewCalendarFeed> {
  const made = await client.post<NewCalendarFeed>('/calendar-feeds', { name: 'Phone' });
  expect(made.status).toBe(201);
  return made.body;
}

/** As a calendar program does: nothing but the address. */
const fetchFeed = ({ address }: { address: string }) => {
  const { pathname, search } = new URL(address);
  return fetch(new URL(pathname + search, crm.url));
};

async function eventsOf(feed: { address: string }): Promise<ICAL.Event[]> {
  const answer = await fetchFeed(feed);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const text = await answer.text();
  // Lines of RFC 5545: 75 octets at most, ended by CRLF.
  const lines = text.split('\r\n');
  expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

describe('the calendar of tasks', () => {
  it('shows tasks with a due day at their moment, to calendar programs that know the address', async () => {
    const feed = await newFeed();
    const lead = await crm.addLead('rep', { name: 'Lea' });
    await rep.post(`/leads/${lead.id}/tasks`, {
      title: 'Call; ask, and "listen"',
      notes: 'First\r\nsecond\u0007',
      type: 'call',
      priority: 'high',
      dueOn: '2026-03-29',
      dueTime: '09:15',
      timeZone: 'Europe/Berlin',
    });
    await add({ title: 'All day', dueOn: '2026-03-30', timeZone: 'America/New_York' });
    await add({ title: 'Some day' });
    await add({ title: 'Not mine', dueOn: '2026-03-30' }, colleague);
    const events = await eventsOf(feed);
    expect(events.map(({ summary }) => summary).sort()).toEqual(['All day', 'Call; ask, and "listen"']);
    const call = events.find(({ summary }) => summary.startsWith('Call'));
    expect(call?.startDate.toJSDate().toISOString()).toBe('2026-03-29T07:15:00.000Z');
    expect(call?.description).toMatch(/^First\nsecond\n\nlead: Lea\n\nhttp:.*\/tasks\?task=/);
    expect(call?.component.getFirstPropertyValue('priority')).toBe(1);
    const allDay = events.find(({ summary }) => summary === 'All day');
    expect([allDay?.startDate.isDate, allDay?.startDate.toString()]).toEqual([true, '2026-03-30']);
    const noted = await rep.get<{ items: CalendarFeed[] }>('/calendar-feeds');
    expect(noted.body.items.map(({ name, lastReadAt }) => [name, lastReadAt !== null])).toEqual([['Phone', true]]);
    expect(JSON.stringify(noted.body)).not.toContain('address');
  });

  it('holds the moments that the tasks have, over every change of the clocks', async () => {
    const feed = await newFeed(colleague);
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    const given = fc.record({
      dueOn: fc.constantFrom('2027-03-14', '2027-03-28', '2027-04-04', '2027-10-31', '2027-11-07', '2027-07-01'),
      dueTime: fc.constantFrom(null, '00:00', '01:30', '02:30', '03:00', '23:59'),
      timeZone: fc.constantFrom(...zones),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 6 }), async (plans) => {
        await crm.database.execScript('delete from task');
        const made = [];
        for (const plan of plans) made.push(await add({ title: 'Do', ...plan }, colleague));
        const events = new Map((await eventsOf(feed)).map((event) => [event.uid.split('@')[0], event]));
        expect(events.size).toBe(made.length);
        for (const { id, dueOn, dueTime, dueAt } of made) {
          const start = events.get(id)?.startDate;
          if (dueTime === null) expect([start?.isDate, start?.toString()]).toEqual([true, dueOn]);
          else expect(start?.toJSDate().toISOString()).toBe(new Date(dueAt ?? '').toISOString());
        }
      }),
      { numRuns: 8 },
    );
  });

  it('shows how a task will come back, at the same hour of the day, each occurrence once and for good', async () => {
    await crm.database.execScript('delete from task');
    crm.clock.now = new Date('2026-03-20T12:00:00Z');
    try {
      const feed = await newFeed();
      const task = await add({
        title: 'Report',
        dueOn: '2026-03-23',
        dueTime: '09:00',
        timeZone: 'Europe/Berlin',
        repeat: { every: 'week', interval: 1, times: 3 },
      });
      const before = await eventsOf(feed);
      expect(before.map(({ startDate }) => startDate.toJSDate().toISOString())).toEqual([
        '2026-03-23T08:00:00.000Z',
        '2026-03-30T07:00:00.000Z',
        '2026-04-06T07:00:00.000Z',
      ]);
      await rep.patch(`/tasks/${task.id}`, { status: 'done' });
      const after = await eventsOf(feed);
      const times = (events: ICAL.Event[]) =>
        events.map(({ uid, startDate }) => `${uid} ${startDate.toString()}`).sort();
      expect(times(after)).toEqual(times(before));
      expect(after.map(({ summary }) => summary).sort()).toEqual(['Report', 'Report', '✓ Report']);
    } finally {
      crm.clock.now = null;
    }
  });
});

describe('the address of a calendar', () => {
  it('opens nothing once it is revoked, and others are left', async () => {
    const [one, other] = [await newFeed(), await newFeed()];
    expect((await rep.delete(`/calendar-feeds/${one.id}`)).status).toBe(204);
    expect([(await fetchFeed(one)).status, (await fetchFeed(other)).status]).toEqual([404, 200]);
    expect((await rep.delete(`/calendar-feeds/${one.id}`)).status).toBe(404);
    expect((await colleague.delete(`/calendar-feeds/${other.id}`)).status).toBe(404);
    expect((await fetchFeed({ address: `${other.address}x` })).status).toBe(404);
    expect((await fetchFeed({ address: other.address.replace(/key=.*/, 'key=') })).status).toBe(404);
  });

  it('is kept as a hash that gives nothing away', async () => {
    const { address } = await newFeed();
    const key = new URL(address).searchParams.get('key') ?? '';
    expect(key).toMatch(/^[\w-]{43}$/);
    const stored = await crm.database.sql.first<{ text: string }>(sql`
      select string_agg(row_to_json(f)::text || encode(token_hash, 'escape'), '') as text from calendar_feed f`);
    expect(stored?.text).not.toContain(key);
    const audited = await crm.database.sql.first<{ text: string }>(sql`
      select string_agg(row_to_json(a)::text, '') as text from audit_entry a where entity = 'calendar-feed'`);
    expect(audited?.text).toContain('calendar-feed.created');
    expect(audited?.text).not.toContain(key);
  });

  it('opens nothing once its person may not sign in any more', async () => {
    const person = await crm.withRole({ 'task.read': 'own', 'task.write': 'own' });
    const feed = await newFeed(person);
    expect((await fetchFeed(feed)).status).toBe(200);
    const me = await person.get<{ id: string }>('/me');
    const admin = await crm.as('admin');
    expect((await admin.patch(`/users/${me.body.id}`, { status: 'deactivated' })).status).toBe(200);
    expect((await fetchFeed(feed)).status).toBe(404);
  });

  it('is for people with tasks, and ten each', async () => {
    expect((await (await crm.as('viewer')).post('/calendar-feeds', { name: 'A' })).status).toBe(403);
    const person = await crm.withRole({ 'task.read': 'own' });
    for (let count = 0; count < 10; count++) await newFeed(person);
    expect((await person.post('/calendar-feeds', { name: 'One more' })).status).toBe(409);
  });
});
