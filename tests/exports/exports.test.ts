import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable } from '../../backend/contracts/analytics.ts';
import type { ExportResult } from '../../backend/contracts/exports.ts';
import type { Job } from '../../backend/contracts/jobs.ts';
import { sql } from '../../backend/db/index.ts';
import { addSales } from '../analytics/facts.ts';
import type { PersonKey } from '../support/people.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { download, readCsv, readPdf, readSheets } from './read-back.ts';

const selection = { range: '2026-01-01/2026-03-31', compare: 'previous', filters: {} };
const byRegion = { metrics: ['revenue', 'salesVolume'], by: 'region', type: 'bar', limit: 50 };
const nasty = ['=1+1', '+cmd|calc', '@SUM(A1)', 'Łódź, "east"', 'two\nlines', 'Αθήνα', 'Київ ₹ →', '漢字'];
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2026-06-01T12:00:00Z');
  const { rep, stranger } = server.company.users;
  await addSales(server.database, [
    { soldOn: '2026-01-05', amount: '1234.56', ownerId: rep, region: 'North' },
    { soldOn: '2026-02-06', amount: '0.07', ownerId: rep, region: 'North' },
    { soldOn: '2026-03-07', amount: '99999.99', ownerId: stranger, region: 'South' },
    ...nasty.map((region, index) => ({ soldOn: '2026-03-08', amount: `${index + 1}.01`, ownerId: stranger, region })),
  ]);
});
afterAll(() => server?.close());

const chart = (format: string, more: object = {}) => ({
  of: { kind: 'chart', chart: byRegion, selection: { ...selection, compare: 'none' } },
  format,
  ...more,
});
const asked = (person: PersonKey, body: unknown) => download(server, person, '/analytics/exports', body);
const flat = (text: string) => text.replace(/\s+/g, ' ');

/** What the screen shows for the same question. */
async function onScreen(person: PersonKey): Promise<AnalyticsTable> {
  const query = 'from=2026-01-01&to=2026-03-31&metrics=revenue&metrics=salesVolume&by=region&limit=50&others=true';
  return (await (await server.as(person)).get<AnalyticsTable>(`/analytics/breakdown?${query}`)).body;
}

async function finished(person: PersonKey, body: unknown): Promise<Job & { result: ExportResult }> {
  const client = await server.as(person);
  const accepted = await client.post<{ job: Job }>('/analytics/exports', body);
  expect(accepted.status).toBe(202);
  let job = accepted.body.job;
  await expect
    .poll(
      async () => {
        job = (await client.get<Job>(`/jobs/${job.id}`)).body;
        return job.state;
      },
      { timeout: 60_000 },
    )
    .toMatch(/done|failed/);
  return job as Job & { result: ExportResult };
}

describe('a chart as a file', () => {
  it.each(['admin', 'rep'] as const)(
    'holds what the screen shows %s, to the cent, with the same hash',
    async (person) => {
      const screen = await onScreen(person);
      const [csv, xlsx, pdf] = await Promise.all(['csv', 'xlsx', 'pdf'].map((format) => asked(person, chart(format))));
      if (!csv || !xlsx || !pdf) throw new Error('a file is missing');
      expect([csv, xlsx, pdf].map(({ hash }) => hash)).toEqual([screen.dataHash, screen.dataHash, screen.dataHash]);
      const [head, ...lines] = readCsv(csv.text);
      expect(head).toEqual(['Region', 'Revenue (EUR)', 'Sales volume']);
      const money = screen.rows.map(([, revenue]) => revenue);
      expect(lines.map(([, revenue]) => revenue)).toEqual(money);
      const sheets = await readSheets(xlsx.bytes);
      expect(sheets[0]?.rows.slice(1).map(([, revenue]) => revenue)).toEqual(money.map(Number));
      expect(JSON.stringify(sheets.find(({ name }) => name === 'About')?.rows)).toContain(screen.dataHash);
      const text = flat((await readPdf(pdf.bytes)).join(' '));
      const euro = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
      for (const revenue of money) expect(text).toContain(euro.format(Number(revenue)));
      expect(text).toContain(screen.dataHash);
      expect(text).toContain('Jan 1, 2026 – Mar 31, 2026');
      expect(text).toMatch(/Page 1 of \d/);
    },
  );

  it('holds only what a rep may see', async () => {
    const { text } = await asked('rep', chart('csv'));
    expect(text).toBe('Region,Revenue (EUR),Sales volume\r\nNorth,1234.63,2\r\n');
  });

  it('holds what was before where it is compared, as the screen does; a pie holds no more than its slices', async () => {
    const compared = (type: string) => ({
      of: { kind: 'chart', chart: { ...byRegion, metrics: ['revenue'], type }, selection },
      format: 'csv',
    });
    const bars = await asked('rep', compared('bar'));
    expect(bars.text).toBe('Region,Revenue (EUR),"Revenue, before (EUR)"\r\nNorth,1234.63,0.00\r\n');
    const query = 'from=2026-01-01&to=2026-03-31&metrics=revenue&by=region&limit=50&others=true&compare=previous';
    const screen = await (await server.as('rep')).get<AnalyticsTable>(`/analytics/breakdown?${query}`);
    expect(bars.hash).toBe(screen.body.dataHash);
    const pdf = flat((await readPdf((await asked('rep', { ...compared('bar'), format: 'pdf' })).bytes)).join(' '));
    expect(pdf).toContain('Compared with');
    expect((await asked('rep', compared('pie'))).text).toBe('Region,Revenue (EUR)\r\nNorth,1234.63\r\n');
  });

  it('keeps names as they are, and runs none of them as a formula', async () => {
    const csv = await asked('admin', chart('csv', { bom: true }));
    expect(csv.text.startsWith('\ufeffRegion,')).toBe(true);
    const names = readCsv(csv.text).map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(["'=1+1", "'+cmd|calc", "'@SUM(A1)", 'Łódź, "east"', 'two\nlines', '漢字']),
    );
    const xlsx = await asked('admin', chart('xlsx'));
    const [sheet] = await readSheets(xlsx.bytes);
    expect(sheet?.rows.map(([name]) => name)).toEqual(expect.arrayContaining(nasty));
    const pdf = await asked('admin', chart('pdf'));
    const text = flat((await readPdf(pdf.bytes)).join(' '));
    for (const name of ['Łódź, "east"', 'two lines', 'Αθήνα', 'Київ ₹ →', '□□']) expect(text).toContain(name);
    expect(text).toContain('Some letters of names are missing');
  });

  it('writes numbers and days for the reader of a PDF', async () => {
    const pdf = await asked('rep', chart('pdf', { locale: 'de', timeZone: 'Asia/Tokyo' }));
    const text = flat((await readPdf(pdf.bytes)).join(' '));
    expect(text).toContain('1.234,63 €');
    expect(text).toContain('Seite 1 von 1');
    expect(text).toContain('(Asia/Tokyo)');
  });

  it.each(['bar', 'line', 'area', 'pie', 'doughnut', 'scatter'])('is drawn as vectors: %s', async (type) => {
    const of = {
      kind: 'chart',
      chart: { ...byRegion, metrics: type === 'scatter' ? byRegion.metrics : ['revenue'], type },
      selection,
    };
    const svg = await asked('admin', { of, format: 'svg' });
    expect(svg.type).toBe('image/svg+xml');
    expect(svg.text).not.toContain('<image');
    expect(svg.text.match(/<path /g)?.length).toBeGreaterThan(9);
    expect(svg.text).toContain(svg.hash ?? 'no hash');
    const pdf = await asked('admin', { of, format: 'pdf' });
    expect(new TextDecoder().decode(pdf.bytes.slice(0, 8))).toBe('%PDF-1.7');
  });

  it('refuses in one sentence what cannot be answered', async () => {
    const wrong = [
      {
        ...chart('csv'),
        of: { kind: 'chart', chart: byRegion, selection: { ...selection, range: '2026-02-30/2026-03-01' } },
      },
      {
        ...chart('csv'),
        of: { kind: 'chart', chart: byRegion, selection: { ...selection, filters: { owner: ['nobody'] } } },
      },
      { ...chart('svg'), of: { kind: 'kpis', selection } },
      { ...chart('pdf'), timeZone: 'Mars/Olympus' },
    ];
    for (const body of wrong) expect((await asked('admin', body)).status).toBe(422);
    const guarded = { of: { kind: 'kpis', metrics: ['grossProfit'], selection }, format: 'csv' };
    const screen = await (await server.as('viewer')).get(
      '/analytics/kpis?from=2026-01-01&to=2026-03-31&metrics=grossProfit',
    );
    expect((await asked('viewer', guarded)).status).toBe(screen.status);
  });
});

describe('key figures as a file', () => {
  it('hold what the tiles show, with the same hash', async () => {
    const of = { kind: 'kpis', metrics: ['revenue', 'averageDeal'], selection };
    const csv = await asked('rep', { of, format: 'csv' });
    expect(readCsv(csv.text)[1]?.slice(0, 2)).toEqual(['Revenue', '1234.63']);
    const screen = await (await server.as('rep')).get<{ dataHash: string }>(
      '/analytics/kpis?from=2026-01-01&to=2026-03-31&metrics=revenue&metrics=averageDeal&compare=previous',
    );
    expect(csv.hash).toBe(screen.body.dataHash);
    const pdf = await asked('rep', { of, format: 'pdf' });
    expect(flat((await readPdf(pdf.bytes)).join(' '))).toContain('€1,234.63');
  });
});

describe('a long export', () => {
  it('makes a dashboard as a job and gives the file to nobody else', async () => {
    const list = await (await server.as('rep')).get<{ items: { id: string; name: string }[] }>('/dashboards');
    const of = { kind: 'dashboard', dashboardId: list.body.items[0]?.id };
    const job = await finished('rep', { of, format: 'pdf' });
    expect(job.error).toBeNull();
    const file = `/analytics/exports/${job.result.exportId}/file`;
    const pdf = await download(server, 'rep', file);
    expect([pdf.status, pdf.type, pdf.bytes.length]).toEqual([200, 'application/pdf', job.result.bytes]);
    const pages = await readPdf(pdf.bytes);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    expect(pages.join(' ')).toContain(list.body.items[0]?.name);
    expect((await download(server, 'admin', file)).status).toBe(404);
    const xlsx = await finished('rep', { of, format: 'xlsx' });
    const sheets = await readSheets(
      (await download(server, 'rep', `/analytics/exports/${xlsx.result.exportId}/file`)).bytes,
    );
    expect(sheets.length).toBeGreaterThan(2);
    await server.database.sql.rows(sql`update export_file set created_at = now() - interval '25 hours'`);
    expect((await download(server, 'rep', file)).status).toBe(404);
  });

  it('lists the records behind a number on as many pages as they take, each with the header', async () => {
    const { colleague } = server.company.users;
    const days = Array.from({ length: 230 }, (_none, index) => ({
      ...{ soldOn: '2025-05-05', amount: `${index}.25`, ownerId: colleague, region: `Region ${index}` },
      // Reads like a moment, and is none.
      source: '2026-13-01Tour',
    }));
    await addSales(server.database, days);
    const of = { kind: 'records', metric: 'revenue', selection: { ...selection, range: '2025-05-01/2025-05-31' } };
    const csv = await finished('colleague', { of, format: 'csv' });
    const rows = readCsv((await download(server, 'colleague', `/analytics/exports/${csv.result.exportId}/file`)).text);
    expect(rows).toHaveLength(231);
    const pdf = await finished('colleague', { of, format: 'pdf' });
    expect(pdf.result.dataHash).toBe(csv.result.dataHash);
    const pages = await readPdf(
      (await download(server, 'colleague', `/analytics/exports/${pdf.result.exportId}/file`)).bytes,
    );
    expect(pages.length).toBeGreaterThan(4);
    for (const page of pages) expect(page).toContain('Amount');
    for (const index of [0, 115, 229]) expect(pages.join(' ')).toContain(`Region ${index}`);
    expect(flat(pages.join(' '))).toContain('2026-13-01Tour');
    const strangers = await finished('stranger', { of, format: 'csv' });
    const none = await download(server, 'stranger', `/analytics/exports/${strangers.result.exportId}/file`);
    expect(readCsv(none.text).length).toBeLessThan(2);
  });

  it('is written as the profile says where the request says nothing', async () => {
    const { colleague } = server.company.users;
    await server.database.sql.rows(
      sql`update app_user set locale = 'de', time_zone = 'Asia/Tokyo' where id = ${colleague}::uuid`,
    );
    const own = flat((await readPdf((await asked('colleague', chart('pdf'))).bytes)).join(' '));
    expect(own).toContain('Asia/Tokyo');
    expect(own).toContain('Prüfsumme der Daten');
    const said = chart('pdf', { locale: 'en', timeZone: 'America/Lima' });
    const other = flat((await readPdf((await asked('colleague', said)).bytes)).join(' '));
    expect(other).toContain('America/Lima');
    expect(other).toContain('Data hash');
  });

  it('makes no PDF that nobody would read, and says what to do', async () => {
    await server.database.sql.rows(sql`
      insert into sale (sold_on, amount, currency_code, amount_base)
      select '2024-03-03', 1, 'EUR', 1 from generate_series(1, 10001)`);
    const of = { kind: 'records', metric: 'revenue', selection: { ...selection, range: '2024-03-03/2024-03-03' } };
    const { error } = await finished('admin', { of, format: 'pdf' });
    expect(error).toBe('There are more than 10000 records. Choose a shorter period, or XLSX or CSV instead of a PDF.');
  });
});
