import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../backend/contracts/administration.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

type Page = { items: AuditEntry[]; nextCursor: string | null };

let crm: Crm;
let admin: CheckedClient;

beforeAll(async () => {
  crm = await startCrm({ COMPANY_TIME_ZONE: 'America/New_York' });
  admin = await crm.as('admin');
});
afterAll(() => crm?.close());

const found = async (query: string, client = admin) => (await client.get<Page>(`/audit?${query}`)).body.items;
/** An entry of the past, as if somebody had done something then. */
const note = (at: string, action: string, more: Partial<AuditEntry> = {}) =>
  crm.database.sql.rows(sql`
    insert into audit_entry (at, actor_id, actor_kind, action, entity, entity_id, before, after)
    values (${at}::timestamptz, ${crm.company.users.rep}::uuid, 'user', ${action}, ${more.entity ?? 'thing'}, ${more.entityId ?? null},
      ${JSON.stringify(more.before ?? null)}::jsonb, ${JSON.stringify(more.after ?? null)}::jsonb)`);

describe('the audit log', () => {
  it.each(['/audit', '/audit/facets', '/audit/export'])('%s is for people who may read it', async (path) => {
    expect((await crm.anonymous.get<Problem>(path)).status).toBe(401);
    for (const person of ['manager', 'rep', 'viewer'] as const) {
      expect((await (await crm.as(person)).get<Problem>(path)).status).toBe(403);
    }
  });

  it('tells who changed what, from what to what, under the name it has today', async () => {
    const lead = await crm.addLead('rep', { name: 'Old name' });
    const changed = await (await crm.as('rep')).patch(`/leads/${lead.id}`, { name: 'New name' });
    const [latest, first] = await found(`entity=lead&entityId=${lead.id}`);
    expect(latest).toMatchObject({
      actor: { id: crm.company.users.rep, name: 'Rolf Rep' },
      actorKind: 'user',
      action: 'lead.updated',
      entityName: 'New name',
      before: { name: 'Old name' },
      after: { name: 'New name' },
      requestId: changed.headers.get('x-request-id'),
    });
    expect(first).toMatchObject({ action: 'lead.created', entityName: 'New name', before: null });
  });

  it('keeps the last name of what is gone, and says nothing of what has none', async () => {
    await note('2020-02-01T12:00:00Z', 'role.deleted', { entity: 'role', entityId: NOBODY, before: { name: 'Gone' } });
    await note('2020-02-01T12:00:00Z', 'role.looked-at', { entity: 'role', entityId: 'not-an-id' });
    const names = (await found('entity=role&to=2020-02-02')).map(({ action, entityName }) => [action, entityName]);
    expect(names).toEqual(
      expect.arrayContaining([
        ['role.deleted', 'Gone'],
        ['role.looked-at', null],
      ]),
    );
  });

  it('pages newest first without losing or repeating an entry, even of the same moment', async () => {
    for (const moment of [
      '2020-01-01T00:00:00Z',
      '2020-01-01T00:00:00Z',
      '2020-01-01T00:00:00Z',
      '2020-01-02T00:00:00Z',
    ]) {
      await note(moment, 'paging.tested');
    }
    const all = await found('action=paging.tested&limit=200');
    const seen: AuditEntry[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (await admin.get<Page>(`/audit?action=paging.tested&limit=2${cursor && `&cursor=${cursor}`}`))
        .body;
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(4);
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });
});

describe('the filters', () => {
  it('take days as the company counts them', async () => {
    // New York is five hours behind in winter: the first belongs to 9 March there, the others to the 10th.
    await note('2021-03-10T04:59:59Z', 'days.tested');
    await note('2021-03-10T05:00:00Z', 'days.tested');
    await note('2021-03-11T04:59:59Z', 'days.tested');
    const of = async (query: string) => (await found(`action=days.tested&${query}`)).map(({ at }) => at.slice(0, 19));
    expect(await of('from=2021-03-10&to=2021-03-10')).toEqual(['2021-03-11T04:59:59', '2021-03-10T05:00:00']);
    expect(await of('to=2021-03-09')).toEqual(['2021-03-10T04:59:59']);
    expect(await of('from=2021-03-11')).toEqual([]);
  });

  it('take an action as it is, or all that begin with a word and a dot', async () => {
    await note('2020-01-01T00:00:00Z', 'plain.one');
    await note('2020-01-01T00:00:00Z', 'plain.one-more');
    await note('2020-01-01T00:00:00Z', 'plainer.one');
    const of = async (action: string) => (await found(`action=${action}`)).map((entry) => entry.action).sort();
    expect(await of('plain.one')).toEqual(['plain.one']);
    expect(await of('plain.')).toEqual(['plain.one', 'plain.one-more']);
    expect(await of('plain')).toEqual([]);
    expect(await of('%25.')).toEqual([]);
  });

  it('take a person', async () => {
    const people = (await found(`actor=${crm.company.users.rep}&limit=200`)).map(({ actor }) => actor?.name);
    expect(new Set(people)).toEqual(new Set(['Rolf Rep']));
    expect(await found(`actor=${NOBODY}`)).toEqual([]);
  });

  it('refuse what they do not know', async () => {
    const wrong = await admin.get<Problem>('/audit?from=yesterday&actor=me&who=me');
    expect([wrong.status, pointersOf(wrong)]).toEqual([422, ['/query/actor', '/query/from', '/query/who']]);
    const backwards = await admin.get<Problem>('/audit?from=2021-01-02&to=2021-01-01');
    expect([backwards.status, pointersOf(backwards)]).toEqual([422, ['/query/to']]);
    for (const position of [
      ["' or true", NOBODY],
      ['2021-01-01', 'x'],
      [1, 2],
    ]) {
      const cursor = Buffer.from(JSON.stringify(['-at', ...position])).toString('base64url');
      expect((await admin.get<Problem>(`/audit?cursor=${cursor}`)).status).toBe(422);
    }
  });

  it('are offered by what occurs', async () => {
    await admin.get('/audit/facets');
    await note(new Date().toISOString(), 'facet.tested', { entity: 'facet' });
    const { body } = await admin.get<{ actions: string[]; entities: string[]; actors: { name: string }[] }>(
      '/audit/facets',
    );
    expect(body.actions).toEqual(expect.arrayContaining(['facet.tested', 'lead.created', 'user.signed-in']));
    expect(body.entities).toEqual([...new Set(body.entities)].sort());
    expect(body.entities).toEqual(expect.arrayContaining(['facet', 'lead', 'user']));
    expect(body.actors.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ada Admin', 'Rolf Rep']));
  });
});

describe('what stands in an entry', () => {
  it('hides guarded fields from roles that do not show them', async () => {
    const lead = await crm.addLead('rep', { email: 'guarded@example.com' });
    await note('2020-01-01T00:00:00Z', 'sale.booked', {
      entity: 'sale',
      entityId: NOBODY,
      after: { cost: '5.00', amount: '9.00' },
    });
    const auditor = await crm.withRole({ 'audit.read': 'all' }, undefined, []);
    const [seen] = await found(`entity=lead&entityId=${lead.id}`, auditor);
    expect(seen?.after).toMatchObject({ name: lead.name, email: null });
    const [sale] = await found('entity=sale', auditor);
    expect(sale?.after).toEqual({ cost: null, amount: '9.00' });
    expect((await found('entity=sale'))[0]?.after).toEqual({ cost: '5.00', amount: '9.00' });
  });

  it('is never a secret, even where one was written', async () => {
    const after = { name: 'x', passwordHash: '$2b$12$abc', nested: [{ clientSecret: 's3cret' }], hasPassword: true };
    await note('2020-01-01T00:00:00Z', 'leak.tested', { after });
    const [entry] = await found('action=leak.tested');
    expect(entry?.after).toEqual({
      name: 'x',
      passwordHash: '(hidden)',
      nested: [{ clientSecret: '(hidden)' }],
      hasPassword: true,
    });
  });
});
