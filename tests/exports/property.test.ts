import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AnalyticsTable, dimensionSchema } from '../../backend/contracts/analytics.ts';
import { sql } from '../../backend/db/index.ts';
import { addSales } from '../analytics/facts.ts';
import {
  asQuery,
  cents,
  type Pool,
  passes,
  sees,
  someFilters,
  somePeriod,
  somePool,
  someSales,
  sum,
  viewers,
} from '../analytics/random-facts.ts';
import { fc } from '../support/fast-check.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { download, readCsv, readPdf } from './read-back.ts';

const RUNS = 8;
let server: TestServer;
let pool: Pool;

beforeAll(async () => {
  server = await startTestServer();
  server.clock.now = new Date('2027-01-15T12:00:00Z');
  pool = await somePool(server.database, server.company);
});
afterAll(() => server?.close());

const euro = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const flat = (text: string) => text.replace(/\s+/g, ' ');
const column = (rows: readonly (readonly unknown[])[], index: number) => rows.map((row) => String(row[index]));

it('screen, CSV and PDF hold what the facts in reach add up to, to the cent and with one hash, for every role', async () => {
  await fc.assert(
    fc.asyncProperty(
      someSales(pool),
      someFilters(pool),
      somePeriod,
      fc.constantFrom(...dimensionSchema.options),
      async (sales, filters, { from, to }, by) => {
        await server.database.sql.rows(sql`delete from sale`);
        await addSales(server.database, sales);
        const selection = { range: `${from}/${to}`, compare: 'none', filters };
        const chart = { metrics: ['revenue', 'salesVolume'], by, type: 'bar', limit: 50 };
        for (const person of viewers) {
          const counted = sales.filter(
            (sale) =>
              sale.soldOn >= from && sale.soldOn <= to && passes(sale, filters) && sees(person, sale, server.company),
          );
          const revenue = sum(counted.map(({ amount }) => cents(amount)));
          const query = `from=${from}&to=${to}&metrics=revenue&metrics=salesVolume&by=${by}&limit=50&others=true${asQuery(filters)}`;
          const { body: screen } = await (await server.as(person)).get<AnalyticsTable>(`/analytics/breakdown?${query}`);
          const of = { kind: 'chart', chart, selection };
          const [csv, pdf] = await Promise.all(
            ['csv', 'pdf'].map((format) => download(server, person, '/analytics/exports', { of, format })),
          );
          if (!csv || !pdf) throw new Error('a file is missing');
          expect([csv.hash, pdf.hash]).toEqual([screen.dataHash, screen.dataHash]);
          const lines = readCsv(csv.text).slice(1);
          expect(column(lines, 1)).toEqual(column(screen.rows, 1));
          expect(column(lines, 2)).toEqual(column(screen.rows, 2));
          expect(sum(column(lines, 1).map(cents))).toBe(revenue);
          expect(sum(column(lines, 2).map(BigInt))).toBe(BigInt(counted.length));
          const text = flat((await readPdf(pdf.bytes)).join(' '));
          for (const money of column(screen.rows, 1)) expect(text).toContain(euro.format(Number(money)));
          expect(text).toContain(screen.dataHash);
        }
      },
    ),
    { numRuns: RUNS },
  );
});
