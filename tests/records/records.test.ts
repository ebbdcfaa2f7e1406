import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResult } from '../../backend/contracts/bulk.ts';
import type { Page } from '../../backend/contracts/common.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { SearchHit } from '../../backend/contracts/search.ts';
import type { Tag } from '../../backend/contracts/tags.ts';
import { sql } from '../../backend/db/index.ts';
import { enqueueJob } from '../../backend/jobs/index.ts';
import { until } from '../conformance/until.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { TestClient } from '../support/client.ts';
import { type Crm, NOBODY, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const names = async (client: CheckedClient, query: string, path = 'leads') =>
  (await client.get<Page<Lead>>(`/${path}?sort=name&count=true&${query}`)).body.items.map(({ name }) => name);
const bulk = (client: CheckedClient, body: object, path = 'leads') =>
  client.post<BulkResult>(`/${path}/bulk`, body as never);
const hits = async (client: CheckedClient, query: string) =>
  (await client.get<{ items: SearchHit[] }>(`/search?${query}`)).body.items;

describe('filters of a list', () => {
  it('narrow by tags, values, days, what is planned and who owns it', async () => {
    const { users } = crm.company;
    const add = (name: string, fields: object) => crm.addLead('admin', { name: `f-${name}`, ...fields });
    const a = await add('a', { tags: ['VIP', 'Fair 2026'], value: { amount: '500', currency: crm.config.currency } });
    const b = await add('b', { tags: ['vip'], ownerId: users.rep });
    await add('c', { ownerId: null });
    expect(b.tags).toEqual(['VIP']);
    const found = async (query: string) => (await names(admin, `q=f-&${query}`)).join(' ');
    expect(await found('tag=VIP')).toBe('f-a f-b');
    expect(await found('withoutTag=VIP')).toBe('f-c');
    expect(await found('tag=VIP&withoutTag=Fair%202026')).toBe('f-b');
    expect(await found('valueMin=499.99&valueMax=500')).toBe('f-a');
    expect(await found('owner=nobody')).toBe('f-c');
    expect(await found(`owner=nobody&owner=${users.rep}`)).toBe('f-b f-c');
    expect(await found('createdTo=2001-01-01')).toBe('');
    expect(await found('createdFrom=2001-01-01')).toBe('f-a f-b f-c');
    expect(await found('stageKind=open&noNextStep=true')).toBe('f-a f-b f-c');
    await admin.post(`/leads/${a.id}/tasks`, { title: 'Call', dueOn: '2020-01-01' });
    expect(await found('noNextStep=true')).toBe('f-b f-c');
    expect(await found('overdue=true')).toBe('f-a');
    expect(await found('idleDays=3')).toBe('');
    await crm.database.sql.rows(
      sql`update lead set stage_since = now() - interval '9 days', created_at = now() - interval '9 days' where id = ${b.id}::uuid`,
    );
    expect(await found('idleDays=3')).toBe('f-b');
  });

  it('know the fields of the administrator, as far as somebody sees them', async () => {
    const field = (key: string, fields: object) =>
      admin.post('/fields', { entity: 'lead', key, label: key, ...fields });
    expect((await field('seats', { type: 'number' })).status).toBe(201);
    expect((await field('secret', { type: 'text', visibleTo: ['admin'] })).status).toBe(201);
    await crm.addLead('admin', { name: 'cf-1', custom: { seats: 5, secret: 'x' }, ownerId: crm.company.users.rep });
    await crm.addLead('admin', { name: 'cf-2', custom: { seats: 50 }, ownerId: crm.company.users.rep });
    expect(await names(admin, 'custom.seats.gte=10')).toEqual(['cf-2']);
    expect(await names(admin, 'custom.seats=5')).toEqual(['cf-1']);
    expect(await names(admin, 'custom.secret=x')).toEqual(['cf-1']);
    const sorted = await admin.get<Page<Lead>>('/leads?q=cf-&sort=-custom.seats');
    expect(sorted.body.items.map(({ name }) => name)).toEqual(['cf-2', 'cf-1']);
    const unknown = await rep.get<{ detail: string }>('/leads?custom.nothing=x');
    const hidden = await rep.get<{ detail: string }>('/leads?custom.secret=x');
    expect([unknown.status, hidden.status]).toEqual([422, 422]);
    expect(hidden.body.detail).toBe(unknown.body.detail.replace('nothing', 'secret'));
    expect((await rep.get('/leads?sort=custom.secret')).status).toBe(422);
  });
});

describe('a deleted record', () => {
  it('is listed apart, and comes back with its history until thirty days have passed', async () => {
    const lead = await crm.addLead('manager', { name: 'Gone' });
    const manager = await crm.as('manager');
    await manager.delete(`/leads/${lead.id}`);
    expect(await names(manager, 'q=gone')).toEqual([]);
    expect(await names(manager, 'q=gone&deleted=true')).toEqual(['Gone']);
    expect(await names(await crm.as('stranger'), 'q=gone&deleted=true')).toEqual([]);
    expect((await (await crm.as('stranger')).post(`/leads/${lead.id}/restore`)).status).toBe(403);
    const back = await manager.post<Lead>(`/leads/${lead.id}/restore`);
    expect([back.status, back.body.deletedAt, back.body.version]).toEqual([200, null, lead.version + 2]);
    expect((await manager.post(`/leads/${lead.id}/restore`)).status).toBe(404);
    const events = await crm.database.sql.rows<{ kind: string }>(
      sql`select kind from stage_event where record_id = ${lead.id}::uuid order by at`,
    );
    expect(events.map(({ kind }) => kind)).toEqual(['entered', 'removed', 'restored']);
    await manager.delete(`/leads/${lead.id}`);
    await crm.database.sql.rows(
      sql`update lead set deleted_at = now() - interval '31 days' where id = ${lead.id}::uuid`,
    );
    expect(await names(manager, 'q=gone&deleted=true')).toEqual([]);
    expect((await manager.post(`/leads/${lead.id}/restore`)).status).toBe(404);
  });

  it('of a customer comes back, too', async () => {
    const account = await crm.addAccount('admin', { name: 'Gone Ltd' });
    await admin.delete(`/accounts/${account.id}`);
    expect(await names(admin, 'deleted=true', 'accounts')).toEqual(['Gone Ltd']);
    expect((await admin.post(`/accounts/${account.id}/restore`)).status).toBe(200);
    expect(await names(admin, 'deleted=true', 'accounts')).toEqual([]);
  });
});

describe('a change of many records', () => {
  it('answers for each one, and holds nobody to less than their rights', async () => {
    const { users } = crm.company;
    const mine = await crm.addLead('rep', { name: 'bulk mine' });
    const foreign = await crm.addLead('stranger', { name: 'bulk foreign' });
    const answer = await bulk(rep, {
      ids: [mine.id, foreign.id, NOBODY],
      change: { action: 'set', fields: { source: 'Bulk' } },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ total: 3, done: 1, unchanged: 0, refused: 2 });
    expect(answer.body.items.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['done', undefined],
      ['refused', 'not_found'],
      ['refused', 'not_found'],
    ]);
    const again = await bulk(rep, { ids: [mine.id], change: { action: 'set', fields: { source: 'Bulk' } } });
    expect(again.body).toMatchObject({ done: 0, unchanged: 1 });
    expect((await rep.get<Lead>(`/leads/${mine.id}`)).body.version).toBe(mine.version + 1);
    expect((await bulk(rep, { ids: [mine.id], change: { action: 'delete' } })).status).toBe(403);
    const assigned = await bulk(admin, {
      filter: { q: 'bulk' },
      change: { action: 'set', fields: { ownerId: users.colleague } },
    });
    expect(assigned.body).toMatchObject({ total: 2, done: 2 });
    const tagged = await bulk(admin, { filter: { q: 'bulk' }, change: { action: 'tag', add: ['Hot'], remove: ['x'] } });
    expect(tagged.body.done).toBe(2);
    expect(await names(admin, 'tag=Hot')).toEqual(['bulk foreign', 'bulk mine']);
    const moved = await bulk(admin, {
      filter: { q: 'bulk' },
      change: { action: 'move', stageId: crm.stages.lead.Qualified },
    });
    expect(moved.body.done).toBe(2);
    expect(await names(admin, `stage=${crm.stages.lead.Qualified}&tag=Hot`)).toHaveLength(2);
    expect((await bulk(admin, { filter: { tag: 'Hot' }, change: { action: 'delete' } })).body.done).toBe(2);
    expect(await names(admin, 'tag=Hot')).toEqual([]);
    const back = await bulk(admin, { filter: { tag: 'Hot', deleted: 'true' }, change: { action: 'restore' } });
    expect(back.body.done).toBe(2);
  });

  it('refuses what is no change', async () => {
    for (const body of [
      {},
      { ids: [NOBODY], filter: {}, change: { action: 'delete' } },
      { ids: [NOBODY], change: { action: 'explode' } },
      { ids: [], change: { action: 'delete' } },
      { filter: { colour: 'red' }, change: { action: 'delete' } },
      { ids: [NOBODY], change: { action: 'set', fields: { secret: 1 } } },
    ])
      expect([body, (await bulk(admin, body)).status]).toEqual([body, 422]);
  });

  it('knows a tag however it is spelled, and puts no more tags on a record than it may have', async () => {
    const many = Array.from({ length: 48 }, (_, index) => `many ${index}`);
    const full = await crm.addLead('admin', { name: 'full', tags: [...many, 'Ａ  b', 'last'] });
    const change = (more: object) => bulk(admin, { ids: [full.id], change: { action: 'tag', ...more } });
    const tagsNow = async () => (await admin.get<Lead>(`/leads/${full.id}`)).body.tags;
    expect((await change({ add: ['LAST', 'a B'] })).body).toMatchObject({ unchanged: 1 });
    const refused = await change({ add: ['one too many'] });
    expect(refused.body.items).toMatchObject([
      { outcome: 'refused', code: 'invalid', message: 'It would have 51 tags; a record has at most 50.' },
    ]);
    expect((await change({ add: ['in its place'], remove: ['A B'] })).body).toMatchObject({ done: 1 });
    expect((await tagsNow()).slice(-2)).toEqual(['last', 'in its place']);
    expect((await admin.patch(`/leads/${full.id}`, { tags: await tagsNow() })).status).toBe(200);
  });

  it('of more than two hundred becomes a job that tells how far it is', async () => {
    await crm.database.sql.rows(sql`
      insert into lead (name, pipeline_id, stage_id, currency_code, owner_id)
      select 'crowd ' || n, ${crm.pipelines.lead}::uuid, ${crm.stages.lead.New}::uuid, 'EUR', ${crm.company.users.rep}::uuid
      from generate_series(1, 203) n`);
    const answer = await admin.post<{ job: Job; total: number }>('/leads/bulk', {
      filter: { q: 'crowd' },
      change: { action: 'tag', add: ['Crowd'] },
    });
    expect([answer.status, answer.body.total]).toEqual([202, 203]);
    const job = await until('the job is over', async () => {
      const { body } = await admin.get<Job>(`/jobs/${answer.body.job.id}`);
      return body.state === 'done' || body.state === 'failed' ? body : undefined;
    });
    expect(job).toMatchObject({ state: 'done', done: 203, total: 203, result: { done: 203, refused: 0 } });
    expect((await admin.get<Page<Lead>>('/leads?tag=Crowd&count=true&limit=1')).body.total).toBe(203);
  });

  it('reaches no further as a job than the API key it was asked for with', async () => {
    const { body: made } = await admin.post<{ apiKey: { id: string }; key: string }>('/api-keys', {
      name: 'Narrow',
      permissions: { 'lead.read': 'own', 'lead.write': 'own' },
      expiresOn: new Date(Date.now() + 864e5 * 7).toISOString().slice(0, 10),
    });
    const program = new TestClient(crm.url, { Authorization: `Bearer ${made.key}` });
    const crowd = await crm.database.sql.rows<{ id: string }>(sql`
      select id::text as id from lead where name like 'crowd %' order by id limit 201`);
    const ids = crowd.map(({ id }) => id);
    const change = { action: 'tag', add: ['Taken'] };
    const over = async (id: string) =>
      await until('the job is over', async () => {
        const { body } = await admin.get<Job>(`/jobs/${id}`);
        return body.state === 'done' || body.state === 'failed' ? body : undefined;
      });
    const asked = await program.post<{ job: Job }>('/leads/bulk', { ids, change });
    expect((await over(asked.body.job.id)).result).toMatchObject({ done: 0, refused: 201 });
    await admin.delete(`/api-keys/${made.apiKey.id}`);
    const late = await enqueueJob(crm.database, {
      kind: 'records.bulk',
      input: { entity: 'lead', ids, change },
      requestedBy: { userId: crm.company.users.admin, via: 'api-key', sessionId: made.apiKey.id },
    });
    expect(await over(late)).toMatchObject({
      state: 'failed',
      error: 'The API key this was asked for with no longer works, so it was not done.',
    });
    expect((await admin.get<Page<Lead>>('/leads?tag=Taken')).body.items).toEqual([]);
  });
});

describe('the search over all kinds', () => {
  it('finds by beginnings, parts, telephone numbers in any notation, and in spite of typing errors', async () => {
    const account = await crm.addAccount('admin', { name: 'Kettleworks Ltd' });
    await crm.addContact('admin', { name: 'Maximilian Brandner', phone: '+49 (30) 901-820', accountId: account.id });
    await crm.addLead('admin', { name: 'Michaela Rodriguez', company: 'Zyphora', email: 'mr@zyphora.example' });
    await crm.addOpportunity('admin', { name: 'Boilers', accountId: account.id });
    const found = async (q: string, client = admin) =>
      (await hits(client, `q=${encodeURIComponent(q)}`)).map(({ type, name }) => `${type} ${name}`);
    expect(await found('kettle')).toEqual(['opportunity Boilers', 'account Kettleworks Ltd']);
    expect(await found('0309018')).toEqual(['contact Maximilian Brandner']);
    expect(await found('brandner max')).toEqual(['contact Maximilian Brandner']);
    expect(await found('mr@zyph')).toEqual(['lead Michaela Rodriguez']);
    expect(await found('zy')).toEqual(['lead Michaela Rodriguez']);
    for (const typo of ['Michaela Rodrigez', 'zyphroa', 'rodirguez'])
      expect([typo, await found(typo)]).toEqual([typo, ['lead Michaela Rodriguez']]);
    expect(await found('kettelworks')).toContain('account Kettleworks Ltd');
    expect((await hits(admin, 'q=zyphroa'))[0]?.isClose).toBe(true);
    expect(await found('qqqqqq')).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect(await found('zyph', rep)).toEqual([]);
  });

  it('does not let e-mail addresses and telephone numbers be guessed by whom they are hidden from', async () => {
    const blind = await crm.withRole({ 'lead.read': 'all', 'contact.read': 'all' }, 'North', []);
    await crm.addLead('admin', { name: 'Silent', email: 'hidden@quiet.example', phone: '+1 555 777 8899' });
    for (const q of ['hidden@', '7778899', 'hiddne@quiet']) {
      expect([q, await hits(blind, `q=${encodeURIComponent(q)}`)]).toEqual([q, []]);
    }
    expect(await hits(admin, 'q=7778899')).toHaveLength(1);
    expect(await names(blind, 'q=hidden%40')).toEqual([]);
  });
});

describe('a tag', () => {
  it('is renamed and taken away on every record', async () => {
    const lead = await crm.addLead('admin', { name: 'tagged', tags: ['Old', 'Other'] });
    const all = async () => (await admin.get<{ items: Tag[] }>('/tags?q=o')).body.items;
    const old = (await all()).find(({ name }) => name === 'Old');
    expect((await rep.patch(`/tags/${old?.id}`, { name: 'New' })).status).toBe(403);
    expect((await admin.patch(`/tags/${old?.id}`, { name: 'other' })).status).toBe(409);
    expect((await admin.patch(`/tags/${old?.id}`, { name: 'New', colour: 'red' })).status).toBe(200);
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).body.tags).toEqual(['New', 'Other']);
    expect((await admin.delete(`/tags/${old?.id}`)).status).toBe(204);
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).body.tags).toEqual(['Other']);
  });
});
