import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NotificationPage } from '../../backend/contracts/notifications.ts';
import { postNotification } from '../../backend/notify/index.ts';
import { until } from '../conformance/until.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());
beforeEach(() => crm.database.execScript('delete from notification'));

const tell = (title: string, rest: { dedupeKey?: string } = {}) =>
  crm.database.transaction((tx) =>
    postNotification(tx, { userId: crm.company.users.rep, kind: 'rule', title, ...rest }),
  );
const list = async (query = '', client = rep) => (await client.get<NotificationPage>(`/notifications?${query}`)).body;

describe('a notification', () => {
  it('is there if and only if its transaction commits', async () => {
    const failure = crm.database.transaction(async (tx) => {
      await postNotification(tx, { userId: crm.company.users.rep, kind: 'rule', title: 'Lost' });
      throw new Error('never mind');
    });
    await expect(failure).rejects.toThrow('never mind');
    expect(await list()).toEqual({ items: [], nextCursor: null, unread: 0 });
    const id = await tell('Kept');
    expect((await list()).items.map((item) => [item.id, item.title])).toEqual([[id, 'Kept']]);
  });

  it('with the same key is told once', async () => {
    expect(await tell('One', { dedupeKey: 'a' })).not.toBeNull();
    expect(await tell('Again', { dedupeKey: 'a' })).toBeNull();
    await tell('Other', { dedupeKey: 'b' });
    expect((await list()).items.map(({ title }) => title)).toEqual(['Other', 'One']);
  });

  it('is read by its person alone, one by one or all at once', async () => {
    const [first, second, third] = [await tell('1'), await tell('2'), await tell('3')];
    const stranger = await crm.as('stranger');
    expect((await stranger.post<{ unread: number }>('/notifications/read', {})).body).toEqual({ unread: 0 });
    expect((await list('', stranger)).items).toEqual([]);
    expect((await list()).unread).toBe(3);
    expect((await rep.post('/notifications/read', { ids: [second, NOBODY] })).body).toEqual({ unread: 2 });
    expect((await list('unread=true')).items.map(({ id }) => id)).toEqual([third, first]);
    expect((await rep.post('/notifications/read', {})).body).toEqual({ unread: 0 });
    expect((await list()).items.every(({ readAt }) => readAt !== null)).toBe(true);
    expect((await rep.post('/notifications/read', { ids: ['x'] })).status).toBe(422);
  });

  it('comes in pages, the latest first', async () => {
    for (let index = 0; index < 5; index++) await tell(`${index}`);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: NotificationPage = await list(`limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['4', '3', '2', '1', '0']);
  });

  it('reaches open pages at once', async () => {
    const client = await crm.as('rep');
    const stop = new AbortController();
    const answer = await fetch(`${crm.url}/api/v1/events`, { headers: client.credential, signal: stop.signal });
    let text = '';
    const reading = (async () => {
      const reader = answer.body?.getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        text += new TextDecoder().decode(part.value);
      }
    })().catch(() => undefined);
    await until('the stream is open', async () => text.includes('retry'));
    await tell('Look here');
    await until('the event', async () => text.includes('event: notification') && text.includes('Look here'));
    stop.abort();
    await reading;
  });
});

describe('somebody who is given a task', () => {
  it('is told by whom, and hears nothing of their own', async () => {
    const manager = await crm.as('manager');
    await rep.post('/tasks', { title: 'My own' });
    await manager.post('/tasks', {
      title: 'Call Ada',
      assigneeId: crm.company.users.rep,
      dueOn: '2026-03-10',
      timeZone: 'UTC',
    });
    expect((await list()).items).toMatchObject([
      {
        kind: 'assigned',
        title: 'Call Ada',
        body: expect.stringMatching(/gave you this task\. Due Tuesday, 10 March 2026\.$/),
      },
    ]);
  });
});
