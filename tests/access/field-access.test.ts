import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../backend/contracts/auth.ts';
import type { Problem } from '../../backend/contracts/common.ts';
import type { Contact } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import { sql } from '../../backend/db/index.ts';
import { registerHost } from '../embed/host.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { TestClient } from '../support/client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';
import {
  bringIn,
  crawl,
  type Marked,
  markers,
  markersIn,
  placeMarkers,
  searches,
  seesRecords,
} from './field-access.ts';

/** Areas whose every address must have been looked at. */
const DATA = [
  'Leads',
  'Opportunities',
  'Accounts',
  'Contacts',
  'Sales',
  'Boards',
  'Analytics',
  'Targets',
  'Dashboards',
  'Imports',
  'Activities',
  'Audit log',
];

let crm: Crm;
let marked: Marked;
let blind: CheckedClient;
let admin: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  marked = await placeMarkers(crm);
  blind = await crm.withRole(seesRecords, undefined, []);
});
afterAll(() => crm?.close());

type Items = { items: { id: string }[]; total?: number };

describe('a role without guarded fields', () => {
  it('finds none of their values behind any address, while an administrator finds them all', async () => {
    const seen = await crawl(admin, crm.runtime.app.routes);
    const found = new Set([...seen.values()].flatMap(({ text }) => markersIn(text)));
    expect([...found].sort()).toEqual(Object.keys(markers).sort());

    const pages = await crawl(blind, crm.runtime.app.routes);
    const leaks = [...pages].flatMap(([address, { text }]) => markersIn(text).map((name) => `${address}: ${name}`));
    expect(leaks).toEqual([]);
    const read = new Set([...pages.values()].filter(({ status }) => status === 200).map(({ route }) => route));
    const missed = crm.runtime.app.routes.filter(
      ({ tag, method, path }) => DATA.includes(tag) && method === 'get' && !read.has(path),
    );
    expect(missed.map(({ path }) => path)).toEqual([]);
  });

  it('gets the fields as null, with everything else', async () => {
    const lead = (await blind.get<Lead>(`/leads/${marked.lead}`)).body;
    expect(lead).toMatchObject({ name: 'Marked lead', email: null, phone: null });
    const whole = (await admin.get<Lead>(`/leads/${marked.lead}`)).body;
    expect({ ...lead, email: whole.email, phone: whole.phone }).toEqual(whole);
    expect((await blind.get<Contact>(`/contacts/${marked.contact}`)).body).toMatchObject({ email: null, phone: null });
  });

  it('finds nobody by a hidden value, counts and boards included', async () => {
    const pipeline = crm.pipelines.lead;
    for (const q of searches.map(encodeURIComponent)) {
      for (const list of ['/leads', '/contacts']) {
        const { body } = await blind.get<Items>(`${list}?q=${q}&count=true`);
        expect([list, body.items.length, body.total]).toEqual([list, 0, 0]);
      }
      const board = await blind.get<{ columns: { count: number }[] }>(`/boards/${pipeline}?q=${q}`);
      expect(board.body.columns.map(({ count }) => count)).toEqual(board.body.columns.map(() => 0));
    }
    expect((await blind.get<Items>('/leads?q=Marked')).body.items).toHaveLength(1);
    expect((await admin.get<Items>('/leads?q=hidden.example')).body.items.length).toBeGreaterThan(1);
    expect((await admin.get<Items>('/contacts?q=900%20222')).body.items).toHaveLength(1);
  });

  it('cannot write what it cannot read', async () => {
    const before = await crm.rowCounts();
    for (const change of [{ email: 'new@example.com' }, { email: null }, { phone: '1' }]) {
      const refused = await blind.patch(`/leads/${marked.lead}`, { company: 'Taken over', ...change });
      expect([refused.status, pointersOf(refused)]).toEqual([403, Object.keys(change).map((field) => `/${field}`)]);
    }
    expect((await blind.patch(`/contacts/${marked.contact}`, { email: 'new@example.com' })).status).toBe(403);
    const created = await blind.post('/contacts', { name: 'X', email: 'x@example.com', phone: '1' });
    expect([created.status, pointersOf(created)]).toEqual([403, ['/email', '/phone']]);
    expect(await crm.rowCounts()).toEqual(before);
    expect((await admin.get<Lead>(`/leads/${marked.lead}`)).body).toMatchObject({
      company: null,
      email: markers.leadEmail,
      phone: markers.leadPhone,
    });
  });

  it('changes the rest, is answered without them, and the audit keeps the whole record', async () => {
    const { body } = await blind.patch<Lead>(`/leads/${marked.lead}`, { company: 'Acme' });
    expect(body).toMatchObject({ company: 'Acme', email: null, phone: null });
    const moved = await blind.post<Lead>(`/leads/${marked.lead}/stage`, { stageId: crm.stages.lead.Qualified });
    expect(moved.body).toMatchObject({ stage: { name: 'Qualified' }, email: null, phone: null });
    expect((await blind.post<Lead>('/leads', { name: 'New one', email: null })).body).toMatchObject({ email: null });
    const row = await crm.database.sql.first<{ before: Lead; after: Lead }>(sql`
      select before, after from audit_entry where entity_id = ${marked.lead} and action = 'lead.updated'
      order by at desc limit 1`);
    expect([row?.before.email, row?.after.email]).toEqual([markers.leadEmail, markers.leadEmail]);
  });

  it('hands on the values when it converts a lead, unseen', async () => {
    const lead = await crm.addLead('admin', { name: 'To convert', company: 'Handed on', email: 'on@hidden.example' });
    const { status, body } = await blind.post<{ lead: Lead; contact: Contact }>(`/leads/${lead.id}/convert`, {});
    expect([status, body.lead.email, body.contact.email]).toEqual([200, null, null]);
    expect((await admin.get<Contact>(`/contacts/${body.contact.id}`)).body.email).toBe('on@hidden.example');
  });

  it('is refused guarded metrics by name and not offered them', async () => {
    const year = 'from=2026-01-01&to=2026-12-31';
    for (const metric of ['grossProfit', 'profitMargin']) {
      expect((await blind.get(`/analytics/kpis?${year}&metrics=${metric}`)).status).toBe(403);
      expect((await blind.get(`/analytics/series?${year}&grain=month&metrics=revenue&metrics=${metric}`)).status).toBe(
        403,
      );
      expect((await blind.get(`/analytics/breakdown?${year}&by=product&metrics=${metric}`)).status).toBe(403);
      expect((await blind.get(`/analytics/records?${year}&metric=${metric}`)).status).toBe(403);
    }
    const { body } = await blind.get<{ items: { id: string }[] }>('/analytics/metrics');
    expect(body.items.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['grossProfit']));
  });

  it('is told nothing of them by live events', async () => {
    const received = { text: '' };
    const stream = get(`${crm.url}/api/v1/events`, { headers: blind.credential }, (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => {
        received.text += chunk;
      });
    });
    try {
      await vi.waitFor(() => expect(received.text).toContain('retry:'));
      await bringIn(blind, 'leads', `Lead Name,Email,Phone\nStreamed,${markers.importedEmail},${markers.leadPhone}\n`);
      await vi.waitFor(() => expect(received.text).toContain('"state":"done"'));
      expect(markersIn(received.text)).toEqual([]);
    } finally {
      stream.destroy();
    }
  });
});

describe('narrower credentials of somebody', () => {
  it('a page of another site shows its visitor no more than the console does', async () => {
    const host = await registerHost(crm);
    const visit = await host.visit({ sub: 'blind', email: (await blind.get<Me>('/me')).body.email });
    const pages = await crawl(visit, crm.runtime.app.routes);
    expect([...pages.values()].filter(({ route, status }) => route === '/leads' && status === 200)).toHaveLength(1);
    expect([...pages].flatMap(([address, { text }]) => markersIn(text).map((name) => `${address}: ${name}`))).toEqual(
      [],
    );
    expect((await visit.get<Lead>(`/leads/${marked.lead}`)).body).toMatchObject({ email: null, phone: null });
  });

  it('a key without the group shows an administrator nothing of it', async () => {
    const expiresOn = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const made = await admin.post<{ key: string }>('/api-keys', {
      name: 'Blind',
      permissions: seesRecords,
      fieldGroups: [],
      expiresOn,
    });
    expect(made.status).toBe(201);
    const program = new TestClient(crm.url, { Authorization: `Bearer ${made.body.key}` });
    const pages = await crawl(program, crm.runtime.app.routes);
    expect([...pages.values()].filter(({ route, status }) => route === '/leads' && status === 200)).toHaveLength(1);
    expect([...pages].flatMap(([address, { text }]) => markersIn(text).map((name) => `${address}: ${name}`))).toEqual(
      [],
    );
    const whole = await admin.post<Lead>('/leads', { name: 'Twice' }, { 'Idempotency-Key': 'same' });
    expect(whole.status).toBe(201);
    const replayed = await program.post<Problem>('/leads', { name: 'Twice' }, { 'Idempotency-Key': 'same' });
    expect([replayed.status, replayed.body.code]).toEqual([422, 'idempotency_mismatch']);
  });
});

describe('one group without the other', () => {
  it('shows its own fields only', async () => {
    const costs = await crm.withRole(seesRecords, undefined, ['cost']);
    const people = await crm.withRole(seesRecords, undefined, ['personal']);
    const [costly, personal] = [
      await crawl(costs, crm.runtime.app.routes),
      await crawl(people, crm.runtime.app.routes),
    ];
    const found = (pages: typeof costly) => [...new Set([...pages.values()].flatMap(({ text }) => markersIn(text)))];
    expect(found(costly).sort()).toEqual(
      Object.keys(markers)
        .filter((name) => /cost/i.test(name))
        .sort(),
    );
    expect(found(personal).sort()).toEqual(
      Object.keys(markers)
        .filter((name) => !/cost/i.test(name))
        .sort(),
    );
  });
});
