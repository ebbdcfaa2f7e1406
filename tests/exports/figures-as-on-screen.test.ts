import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import type { Dashboard } from '../../backend/contracts/dashboards.ts';
import type { ExportResult } from '../../backend/contracts/exports.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import type { Changes } from '../../backend/contracts/pipeline-reports.ts';
import { addOpportunities, addProduct, addSales } from '../analytics/facts.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { download, readCsv, readPdf, readSheets } from './read-back.ts';

const selection = { range: '2026-04-01/2026-06-30', compare: 'none', filters: {} };
const days = 'from=2026-04-01&to=2026-06-30';
const monthly = { metrics: ['revenue'], by: null, type: 'bar', grain: 'month' };
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-06-15T12:00:00Z');
  const { rep } = server.company.users;
  const productId = await addProduct(server.database, 'Bicycle', 'Vehicles');
  await addSales(server.database, [
    { soldOn: '2026-05-05', amount: '100.50', cost: '60', quantity: '2.5', ownerId: rep, region: 'North', productId },
    { soldOn: '2026-06-06', amount: '50', ownerId: rep },
  ]);
  const lost = (at: string) => ({
    ...{ createdAt: '2026-04-02T10:00:00Z', amount: '10', closedOn: at.slice(0, 10), ownerId: rep },
    stages: [['Discovery', '2026-04-02T10:00:00Z'] as const, ['Lost', at] as const].map(
      ([stage, when]): ['Discovery' | 'Lost', string] => [stage, when],
    ),
  });
  await addOpportunities(server.database, [lost('2026-05-01T10:00:00Z'), lost('2026-05-02T10:00:00Z')]);
});
afterAll(() => server?.close());

const asked = (body: object) => download(server, 'admin', '/analytics/exports', body);
const chart = (format: string, of: object = {}, more: object = {}) =>
  asked({ of: { kind: 'chart', chart: { ...monthly, ...of }, selection }, format, ...more });
const flat = (text: string) => text.replace(/\s+/g, ' ');

async function fileOf(of: object, format: string, locale = 'en') {
  const admin = await server.as('admin');
  const { body } = await admin.post<{ job: Job }>('/analytics/exports', { of, format, locale });
  let { job } = body;
  await expect
    .poll(
      async () => {
        job = (await admin.get<Job>(`/jobs/${job.id}`)).body;
        return job.state;
      },
      { timeout: 30_000 },
    )
    .toMatch(/done|failed/);
  expect(job.error).toBeNull();
  return download(server, 'admin', `/analytics/exports/${(job.result as ExportResult).exportId}/file`);
}

async function changesAsSheet(locale: string) {
  const panels = [{ id: 'c', width: 6, kind: 'pipeline', view: 'changes' }];
  const admin = await server.as('admin');
  const { body } = await admin.post<Dashboard>('/dashboards', { name: `Changes ${locale}`, panels });
  const file = await fileOf({ kind: 'dashboard', dashboardId: body.id, selection }, 'xlsx', locale);
  return { hash: file.hash, sheets: await readSheets(file.bytes) };
}

describe('what changed a pipeline, as a file', () => {
  it('counts the records of each bar as the screen does: those that left are no fewer than none', async () => {
    const { body } = await (await server.as('admin')).get<Changes>(`/analytics/pipeline/changes?${days}`);
    expect(body.bars.find(({ bar }) => bar === 'lost')?.records).toBe(2);
    const { sheets } = await changesAsSheet('en');
    expect(sheets[0]?.rows.slice(1).map(([, records]) => records)).toEqual(body.bars.map(({ records }) => records));
  });

  it('is in German with the same hash', async () => {
    const [english, german] = [await changesAsSheet('en'), await changesAsSheet('de')];
    expect(german.hash).toBe(english.hash);
    expect(german.sheets.map(({ name }) => name)).toEqual(['Was sich geändert hat', 'Angaben']);
    expect(german.sheets[0]?.rows[0]).toEqual(['Änderung', 'Datensätze', 'Wert (EUR)']);
    expect(german.sheets[0]?.rows.map(([name]) => name)).toEqual(
      expect.arrayContaining(['Zu Beginn', 'Neu', 'Gewonnen', 'Verloren', 'Am Ende']),
    );
  });
});

describe('records as a file', () => {
  const of = { kind: 'records', metric: 'revenue', selection };

  it('have their columns in the order of the list on screen, and numbers as numbers', async () => {
    const sheets = await readSheets((await fileOf(of, 'xlsx')).bytes);
    const [head = [], , row = []] = sheets[0]?.rows ?? [];
    expect(head).toEqual([
      ...['Product', 'Account', 'Sold on', 'Owner', 'Amount', 'Amount: currency', 'Amount in company currency (EUR)'],
      ...['Product category', 'Quantity', 'Cost', 'Cost: currency', 'Cost in company currency (EUR)'],
      ...['Region', 'Segment', 'Team', 'Source', 'Opportunity id', 'Id'],
    ]);
    expect(row[head.indexOf('Quantity')]).toBe(2.5);
  });

  it('have German headings, and the hash that they have in English', async () => {
    const [english, german] = [await fileOf(of, 'csv'), await fileOf(of, 'csv', 'de')];
    expect(german.hash).toBe(english.hash);
    expect(readCsv(german.text)[0]).toEqual([
      ...['Produkt', 'Firma', 'Verkauft am', 'Verantwortlich', 'Betrag', 'Betrag: Währung'],
      ...['Betrag umgerechnet (EUR)', 'Produktkategorie', 'Menge', 'Kosten', 'Kosten: Währung'],
      ...['Kosten umgerechnet (EUR)', 'Region', 'Segment', 'Team', 'Quelle', 'Opportunity-ID', 'ID'],
    ]);
  });
});

describe('a chart as a German file', () => {
  it('has the words and the hash of the screen', async () => {
    const query = `/analytics/breakdown?${days}&metrics=revenue&metrics=grossProfit&by=region&limit=12`;
    const screen = await (await server.as('admin')).get<AnalyticsTable>(query);
    const of = { metrics: ['revenue', 'grossProfit'], by: 'region', grain: null, limit: 12, type: 'table' };
    const csv = await chart('csv', of, { locale: 'de' });
    expect(csv.hash).toBe(screen.body.dataHash);
    const rows = readCsv(csv.text);
    expect(rows[0]).toEqual(['Region', 'Umsatz (EUR)', 'Rohertrag (EUR)']);
    expect(rows.slice(1).map(([name]) => name)).toEqual(['North', 'Nicht angegeben']);
    expect(decodeURIComponent(csv.name)).toContain('umsatz-rohertrag-nach-region_');
  });

  it('says what was done to figures, and what they are compared with', async () => {
    const of = { kind: 'chart', chart: { ...monthly, transform: 'runningTotal' } };
    const csv = await asked({
      of: { ...of, selection: { ...selection, compare: 'previous' } },
      format: 'csv',
      locale: 'de',
    });
    expect(readCsv(csv.text)[0]).toEqual([
      ...['Monat', 'Umsatz, laufende Summe (EUR)', 'Umsatz, vorher, laufende Summe (EUR)'],
    ]);
  });

  it('names a split over time by its metric', async () => {
    const split = { by: 'region', isOverTime: true };
    const [german, english] = [await chart('csv', split, { locale: 'de' }), await chart('csv', split)];
    expect(decodeURIComponent(german.name)).toContain('umsatz-nach-region-und-monat_');
    expect(decodeURIComponent(english.name)).toContain('revenue-by-region-and-month_');
    expect(german.hash).toBe(english.hash);
  });

  it('says which filters are on', async () => {
    const filters = { segment: ['Consumer', ''], owner: ['me'] };
    const of = { kind: 'chart', chart: monthly, selection: { ...selection, filters } };
    const text = flat((await readPdf((await asked({ of, format: 'pdf', locale: 'de' })).bytes)).join(' '));
    expect(text).toContain('Filter: Segment: Consumer, Nicht angegeben; Zuständig: Ich');
  });

  it('says units of key figures in words where people read, and as the wire does where machines do', async () => {
    const of = { kind: 'kpis', metrics: ['revenue', 'winRate'], selection };
    const [xlsx, csv] = await Promise.all(['xlsx', 'csv'].map((format) => asked({ of, format, locale: 'de' })));
    const sheets = await readSheets(xlsx?.bytes ?? new Uint8Array());
    const [sheet] = sheets;
    expect(sheets.at(-1)?.name).toBe('Angaben');
    expect(sheet?.rows[0]).toEqual(['Kennzahl', 'Wert', 'Vorher', 'Ziel', 'Einheit', 'Währung']);
    expect(sheet?.rows.slice(1).map(([name, , , , unit]) => [name, unit])).toEqual([
      ['Umsatz', 'Geld'],
      ['Abschlussquote', 'Anteil'],
    ]);
    expect(readCsv(csv?.text ?? '')[1]?.[4]).toBe('money');
  });
});

it('a file names the periods that are not full, and speaks of no marks', async () => {
  for (const type of ['bar', 'table']) {
    const text = flat((await readPdf((await chart('pdf', { type })).bytes)).join(' '));
    expect(text).toContain('Not a full period: Jun 2026.');
    expect(text).not.toContain('Lighter');
  }
});
