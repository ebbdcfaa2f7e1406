import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity } from '../../backend/contracts/activities.ts';
import type { Page } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
  crm.clock.now = new Date('2026-03-10T12:00:00.123Z');
});
afterAll(() => crm?.close());

const paths = ['leads', 'opportunities', 'accounts'] as const;
async function recordAt(path: (typeof paths)[number]): Promise<string> {
  const makers = { leads: crm.addLead, opportunities: crm.addOpportunity, accounts: crm.addAccount };
  return `/${path}/${(await makers[path]('rep')).id}/activities`;
}

describe.each(paths)('activities of %s', (path) => {
  it('are answered as they were logged, by whom, now unless said otherwise', async () => {
    const log = await recordAt(path);
    const call = { type: 'call', subject: 'Asked', body: 'First\nsecond', outcome: 'Reached', durationMinutes: 5 };
    const made = await rep.post<Activity>(log, call);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...call, author: { name: 'Rolf Rep' }, occurredAt: '2026-03-10T12:00:00.123Z' });
    const past = await rep.post<Activity>(log, {
      type: 'note',
      subject: 'Before',
      occurredAt: '2026-03-01T01:00:00+02:00',
    });
    expect(past.body).toMatchObject({
      occurredAt: '2026-02-28T23:00:00.000Z',
      body: null,
      outcome: null,
      durationMinutes: null,
    });
    expect((await rep.get<Page<Activity>>(log)).body).toEqual({ items: [made.body, past.body], nextCursor: null });
  });

  it('page newest first, each once, also those of one moment', async () => {
    const log = await recordAt(path);
    for (const minute of [1, 2, 2, 2, 3]) {
      await rep.post(log, { type: 'email', subject: `At ${minute}`, occurredAt: `2026-01-01T00:0${minute}:00Z` });
    }
    const all = (await rep.get<Page<Activity>>(log)).body.items;
    expect(all.map(({ subject }) => subject)).toEqual(['At 3', 'At 2', 'At 2', 'At 2', 'At 1']);
    const seen: string[] = [];
    for (let cursor: string | null = '', pages = 0; cursor !== null && pages < 9; pages++) {
      const page: Page<Activity> = (await rep.get<Page<Activity>>(`${log}?limit=2${cursor ? `&cursor=${cursor}` : ''}`))
        .body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect((await rep.get(`${log}?cursor=nonsense`)).status).toBe(422);
  });

  it('refuse what is no activity', async () => {
    const log = await recordAt(path);
    const refused = await rep.post(log, {
      type: 'system',
      subject: '',
      durationMinutes: 1441,
      occurredAt: 'now',
      author: 'me',
    });
    expect([refused.status, pointersOf(refused)]).toEqual([
      422,
      ['/author', '/durationMinutes', '/occurredAt', '/subject', '/type'],
    ]);
    expect((await rep.post(log, { type: 'note', subject: 'A', body: 'a\0b' })).status).toBe(422);
    expect((await rep.post(log, { type: 'note', subject: 'A', occurredAt: '0000-01-01T00:00:00Z' })).status).toBe(422);
  });

  it('are read by those who see the record and logged by those who may change it', async () => {
    const log = await recordAt(path);
    const note = { type: 'note', subject: 'Hello' };
    const statuses = async (client: CheckedClient) => [
      (await client.get(log)).status,
      (await client.post(log, note)).status,
    ];
    expect(await statuses(await crm.as('manager'))).toEqual([200, 201]);
    expect(await statuses(await crm.as('stranger'))).toEqual([404, 404]);
    expect(await statuses(await crm.as('viewer'))).toEqual([200, 403]);
    expect(await statuses(await crm.as('colleague'))).toEqual(path === 'accounts' ? [200, 403] : [404, 404]);
    expect(await statuses(crm.anonymous)).toEqual([401, 401]);
    const audits = await crm.database.sql.rows(sql`
      select 1 from audit_entry where action = 'activity.logged' and entity_id = ${log.split('/')[2] ?? ''}`);
    expect(audits).toHaveLength(1);
  });
});
