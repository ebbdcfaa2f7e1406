import { vi } from 'vitest';
import type { ExportResult } from '../../backend/contracts/exports.ts';
import type { ImportRun } from '../../backend/contracts/imports.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import { sql } from '../../backend/db/index.ts';
import type { AnyRoute } from '../../backend/http/index.ts';
import type { TestClient } from '../support/client.ts';
import type { Crm } from '../support/crm.ts';

/** Values that stand in guarded fields and nowhere else. */
export const markers = {
  leadEmail: 'marker.lead@hidden.example',
  leadPhone: '+49 555 900 111',
  oldLeadEmail: 'marker.before@hidden.example',
  contactEmail: 'marker.contact@hidden.example',
  contactPhone: '+49 555 900 222',
  importedEmail: 'marker.imported@hidden.example',
  refusedEmail: 'marker.refused',
  refusedPhone: '+49 555 900 333',
  unitCost: '7777.31',
  saleCost: '8888.42',
  importedCost: '6666.53',
  refusedCost: 'cost-5555',
} as const;

/** Words that search for them. */
export const searches = ['hidden.example', '555 900', 'marker.'];

/** What sees every record and no guarded field. */
export const seesRecords: Record<string, string> = Object.fromEntries(
  [
    ...['lead', 'opportunity', 'account', 'contact'].flatMap((noun) => [`${noun}.read`, `${noun}.write`]),
    ...['task.read', 'sale.read', 'product.read', 'spend.read', 'analytics.read'],
    ...['import.run', 'user.read', 'role.read', 'audit.read', 'field.manage', 'lead.delete'],
  ].map((permission) => [permission, 'all']),
);

const BYTES = { 'Content-Type': 'application/octet-stream' };

/** Brings a file in as `client` does in the console; answers its run when it is over. */
export async function bringIn(client: TestClient, entity: string, text: string): Promise<ImportRun> {
  const path = `/imports?entity=${entity}&fileName=${entity}.csv`;
  const { body } = await client.call<{ id: string }>('POST', path, { body: Buffer.from(text), headers: BYTES });
  const started = await client.post(`/imports/${body.id}/run`);
  if (started.status !== 202) throw new Error(`the import was refused: ${JSON.stringify(started.body)}`);
  return vi.waitFor(
    async () => {
      const run = (await client.get<ImportRun>(`/imports/${body.id}`)).body;
      if (run.state !== 'done' && run.state !== 'failed') throw new Error(`still ${run.state}`);
      return run;
    },
    { timeout: 60_000, interval: 50 },
  );
}

export interface Marked {
  lead: string;
  contact: string;
  opportunity: string;
}

/** Puts every marker where it belongs, by an administrator. */
export async function placeMarkers(crm: Crm): Promise<Marked> {
  const admin = await crm.as('admin');
  const lead = await crm.addLead('admin', {
    name: 'Marked lead',
    email: markers.oldLeadEmail,
    phone: markers.leadPhone,
  });
  await admin.patch(`/leads/${lead.id}`, { email: markers.leadEmail });
  const account = await crm.addAccount('admin', { name: 'Marked company' });
  const contact = await crm.addContact('admin', {
    name: 'Marked contact',
    email: markers.contactEmail,
    phone: markers.contactPhone,
    accountId: account.id,
  });
  const gone = await crm.addLead('admin', { name: 'Gone lead', email: markers.oldLeadEmail });
  await admin.delete(`/leads/${gone.id}`);
  await crm.database.sql.rows(sql`
    insert into product (name, name_key, unit_cost, currency_code, updated_at)
    values ('Marked product', 'markedproduct', ${markers.unitCost}::numeric, 'EUR', now())`);
  const deal = await crm.addOpportunity('admin', { name: 'Marked deal', accountId: account.id, contactId: contact.id });
  const money = (amount: string) => ({ amount, currency: 'EUR' });
  const lines = [{ product: null, amount: money('9999.99'), cost: money(markers.saleCost) }];
  const won = await admin.post(`/opportunities/${deal.id}/win`, { lines });
  if (won.status !== 200) throw new Error(`winning answered ${won.status}`);
  await bringIn(
    admin,
    'leads',
    `Lead Name,Email,Phone,Date\nGood,${markers.importedEmail},1234567,2026-01-01\nBad,${markers.refusedEmail},${markers.refusedPhone},2026-01-02\n`,
  );
  await bringIn(
    admin,
    'sales',
    `Row ID,Order Date,Amount,Cost\n1,2026-01-15,7000,${markers.importedCost}\n2,2026-01-16,7000,${markers.refusedCost}\n`,
  );
  const waiting = { body: Buffer.from(`Email,Phone\n${markers.importedEmail},1\n`), headers: BYTES };
  await admin.call('POST', '/imports?entity=contacts&fileName=waiting.csv', waiting);
  for (const path of [
    `leads/${lead.id}`,
    `opportunities/${deal.id}`,
    `accounts/${account.id}`,
    `contacts/${contact.id}`,
  ])
    await admin.post(`/${path}/activities`, { type: 'call', subject: 'Called' });
  const target = { metric: 'grossProfit', grain: 'year', from: '2026-01-01', value: '1' };
  const question = { name: 'Profit', chart: { metrics: ['revenue', 'grossProfit'], type: 'bar' }, selection: {} };
  for (const [path, body] of [
    ['/targets', target],
    ['/explorations', { ...question, isShared: true }],
  ] as const) {
    const made = await admin.post(path, body);
    if (made.status !== 201) throw new Error(`POST ${path} answered ${made.status}`);
  }
  const converted = await crm.addLead('admin', { name: 'Converted lead' });
  await admin.post(`/leads/${converted.id}/convert`, {});
  return { lead: lead.id, contact: contact.id, opportunity: deal.id };
}

const YEARS = 'from=2026-01-01&to=2026-12-31';
const queries: Record<string, string[]> = {
  '/analytics/kpis': [YEARS],
  '/analytics/series': [`${YEARS}&metrics=revenue&grain=month`],
  '/analytics/breakdown': [`${YEARS}&metrics=revenue&by=product`],
  '/analytics/benchmark': [`${YEARS}&metric=revenue`],
  '/boards/:id/lanes': ['by=owner'],
  '/analytics/records': [
    `${YEARS}&metric=revenue`,
    `${YEARS}&metric=salesVolume`,
    `${YEARS}&metric=conversionRate`,
    `${YEARS}&metric=winRate`,
  ],
};

/** The sales of the year as a file, made by a job; answers its id. */
async function fileOfSales(client: TestClient): Promise<string> {
  const of = { kind: 'records', metric: 'revenue', selection: { range: '2026-01-01/2026-12-31' } };
  const { status, body } = await client.post<{ job: Job }>('/analytics/exports', { of, format: 'csv' });
  if (status !== 202) throw new Error(`the export was refused: ${JSON.stringify(body)}`);
  return vi.waitFor(
    async () => {
      const { state, result, error } = (await client.get<Job>(`/jobs/${body.job.id}`)).body;
      if (state !== 'done') throw new Error(`still ${state} ${error ?? ''}`);
      return (result as unknown as ExportResult).exportId;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Calls every GET route, each with the ids that the lists before it answered. Answers the texts by address. */
export async function crawl(client: TestClient, routes: readonly AnyRoute[]): Promise<Map<string, Page>> {
  const pages = new Map<string, Page>();
  const ids = new Map([['/analytics/exports', [await fileOfSales(client)]]]);
  const stages = new Map<string, string>();
  /** by the address of a list, what it holds */
  const below = new Map<string, string[]>();
  const visit = async (address: string, route: AnyRoute) => {
    const { status, body } = await client.get<unknown>(address);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    pages.set(address, { route: route.path, tag: route.tag, status, text });
    const items = (body as { items?: { id?: string; stages?: { id: string }[] }[] } | null)?.items;
    for (const { id, stages: own } of Array.isArray(items) ? items : []) {
      if (id && own?.[0]) stages.set(id, own[0].id);
    }
    if (Array.isArray(items)) below.set(address, items.map(({ id }) => id ?? '').filter(Boolean));
    if (Array.isArray(items))
      ids.set(
        route.path,
        items
          .map(({ id }) => id ?? '')
          .filter(Boolean)
          .slice(0, 6),
      );
  };
  const readable = routes.filter(({ method, path }) => method === 'get' && path !== '/events');
  const depth = (path: string) => path.split(':').length;
  for (const route of readable.toSorted((a, b) => depth(a.path) - depth(b.path))) {
    const list = route.path.split('/:')[0] ?? '';
    const known = depth(route.path) === 1 ? [''] : (ids.get(list === '/boards' ? '/pipelines' : list) ?? []);
    for (const id of known) {
      const path = route.path.replace(/:\w+/, id).replace(':stageId', stages.get(id) ?? '');
      // What hangs on a record is named by the first thing of its list there.
      const address = path.replace(/(.*)\/:\w+/, (_, list: string) => `${list}/${below.get(list)?.[0] ?? ''}`);
      for (const query of queries[route.path] ?? ['']) await visit(query ? `${address}?${query}` : address, route);
    }
  }
  return pages;
}

export interface Page {
  route: string;
  tag: string;
  status: number;
  text: string;
}

/** Which of the markers a text holds. */
export const markersIn = (text: string): string[] =>
  Object.entries(markers)
    .filter(([, value]) => text.includes(value))
    .map(([name]) => name);
