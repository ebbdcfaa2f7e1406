import { afterAll, beforeAll, expect, it } from 'vitest';
import { csvCell } from '../../backend/csv/index.ts';
import type { ExportDocument, Section } from '../../backend/exports/export-document.ts';
import { renderXlsx } from '../../backend/exports/render/xlsx.ts';
import { addSales } from '../analytics/facts.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { download, readSheets } from './read-back.ts';

let server: TestServer;
const selection = { range: '2026-01-01/2026-03-31' };
const of = { kind: 'chart', chart: { metrics: ['revenue'], by: 'region', type: 'bar' }, selection };

beforeAll(async () => {
  server = await startTestServer();
  await addSales(server.database, [
    { soldOn: '2026-01-05', amount: '10', region: '\u0001</text><script>alert(1)</script>' },
  ]);
});
afterAll(() => server?.close());

const asked = (body: object) => download(server, 'admin', '/analytics/exports', body);
const nameOf = (disposition: string) => decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1] ?? '');

it.each([
  [
    'letters of any script, and no mark that means something to a file system or a header',
    'Q1: "Ü/..\\ß" \'漢\'; *',
    /^q1-ü-ß-漢_/,
  ],
  ['a letter beyond U+FFFF where the name is cut', `${'a'.repeat(59)}𠀀𠀀`, /^a{59}_2026/],
  ['nothing that could name it', '😀 …', /^export_/],
])('a file is named after a title with %s', async (_what, title, expected) => {
  const file = await asked({ of: { ...of, title }, format: 'csv' });
  expect(file.status).toBe(200);
  expect(nameOf(file.name)).toMatch(expected);
  expect(file.name).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.%~-]+$/);
});

it.each([
  ['History', 'History 2'],
  ['about', 'about 2'],
  ["Q1/Q2: [a]*?'", 'Q1 Q2 a'],
  ['x'.repeat(40), 'x'.repeat(31)],
  ['Revenue and gross profit by lead source', 'Revenue and gross profit by lea'],
  ['Revenue and gross profits by a lead', 'Revenue and gross profits by a'],
  [`${'x'.repeat(30)}𠀀`, 'x'.repeat(30)],
])('a sheet called %j is one that Excel opens', async (title, name) => {
  const file = await asked({ of: { ...of, title }, format: 'xlsx' });
  expect((await readSheets(file.bytes))[0]?.name).toBe(name);
});

it('sheets whose names are cut alike are told apart by numbers, within what Excel allows', async () => {
  const sections = ['a', 'b', 'c'].map(
    (id): Section => ({
      ...{
        title: `Revenue and gross profit by lead source ${id}`,
        width: 12,
        height: 'low',
        tiles: [],
        chart: null,
        notes: [],
      },
      table: { columns: [{ label: 'A', type: 'text', unit: null, currency: null, grain: null }], rows: [['x']] },
    }),
  );
  const document: ExportDocument = {
    ...{ title: 'Cut', name: 'cut', locale: 'en', timeZone: 'UTC', theme: 'light', about: [], dataHash: 'x', sections },
  };
  const names = (await readSheets(await renderXlsx(document))).map(({ name }) => name);
  expect(names).toEqual([
    ...[
      'Revenue and gross profit by lea',
      'Revenue and gross profit by l 2',
      'Revenue and gross profit by l 3',
      'About',
    ],
  ]);
});

it.each(['=1+1', '\n=1+1', '＝1+1', '＠SUM(A1)', '－cmd'])('%j is a text in a CSV', (cell) => {
  expect(csvCell(cell)).toMatch(/^"?'/);
});

it.each(['en-12', 'de-AT-AT', 'en-abc'])('%s is refused as a language', async (locale) => {
  for (const format of ['csv', 'pdf']) expect((await asked({ of, format, locale })).status).toBe(422);
});

it('names of facts are text in a picture, and answers are kept by nobody', async () => {
  const { credential } = await server.as('admin');
  const reply = await fetch(`${server.url}/api/v1/analytics/exports`, {
    method: 'POST',
    headers: { ...credential, 'Content-Type': 'application/json', 'X-SalesPulse-Request': '1' },
    body: JSON.stringify({ of: { ...of, title: ']]><script>alert(2)</script>' }, format: 'svg' }),
  });
  const svg = await reply.text();
  expect(svg).toContain('alert(2)');
  expect(svg).not.toMatch(/<script|<a |href|onload/);
  expect(svg).not.toContain('\u0001');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
});
