import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalyticsTable, KpiResponse } from '../../backend/contracts/analytics.ts';
import type { ImportSummary } from '../../backend/contracts/imports.ts';
import { importFile } from '../imports/support.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const path = '../../../shared/data/visible/superstore/Sample - Superstore.csv';
const file = fileURLToPath(new URL(path, import.meta.url));
const isThere = existsSync(file);
if (!isThere)
  console.log('Skipped: the Superstore file (shared/data/visible/superstore beside the checkout) is not there.');

/** The cells of each line, quotes taken off: written for this file alone, knowing nothing of the import. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain = ''] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return cells;
}

/** Ten-thousandths, the finest the file has. */
function units(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`the file has ${text} where a number was expected`);
  return BigInt(`${sign}${whole}${fraction.padEnd(4, '0')}`);
}

/** `numerator / denominator` with so many decimals, half away from zero. */
function ratio(numerator: bigint, denominator: bigint, digits: number): string {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const text = ((2n * n * 10n ** BigInt(digits) + d) / (2n * d)).toString().padStart(digits + 1, '0');
  const value = `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return negative && /[1-9]/.test(value) ? `-${value}` : value;
}

interface Line {
  day: string;
  category: string;
  region: string;
  segment: string;
  sales: bigint;
  profit: bigint;
}

function linesOf(): Line[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const names = cellsOf(header);
  return lines.map((line) => {
    const cells = cellsOf(line);
    if (cells.length !== names.length) throw new Error(`a line of ${cells.length} cells: ${line}`);
    const of = (name: string) => cells[names.indexOf(name)] ?? '';
    const [month = '', day = '', year = ''] = of('Order Date').split('/');
    return {
      day: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
      category: of('Category'),
      region: of('Region'),
      segment: of('Segment'),
      sales: units(of('Sales')),
      profit: units(of('Profit')),
    };
  });
}

/** Revenue, number, gross profit and margin as the API writes them. */
function figures(lines: readonly Line[]): string[] {
  const sales = lines.reduce((sum, line) => sum + line.sales, 0n);
  const profit = lines.reduce((sum, line) => sum + line.profit, 0n);
  return [ratio(sales, 10_000n, 2), String(lines.length), ratio(profit, 10_000n, 2), ratio(profit, sales, 6)];
}

const METRICS = ['revenue', 'salesVolume', 'grossProfit', 'profitMargin'].map((id) => `&metrics=${id}`).join('');
const EVER = 'from=2015-01-01&to=2020-12-31';

describe.skipIf(!isThere)('the Superstore file, imported', () => {
  const lines = isThere ? linesOf() : [];
  let server: TestServer;
  let summary: ImportSummary;

  beforeAll(async () => {
    server = await startTestServer();
    server.clock.now = new Date('2020-06-01T12:00:00Z');
    summary = await importFile(server.database, 'sales', file);
  }, 240_000);
  afterAll(() => server?.close());

  const get = async <Body>(question: string): Promise<Body> => {
    const answer = await (await server.as('admin')).get<Body>(`/analytics/${question}`);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const valuesOf = (key: 'category' | 'region' | 'segment') => [...new Set(lines.map((line) => line[key]))].sort();

  it('comes in whole', () => {
    expect(lines).toHaveLength(9994);
    expect(summary).toMatchObject({ rows: lines.length, created: lines.length, rejected: 0 });
  });

  it('has the totals and the margin of the file', async () => {
    const { items } = await get<KpiResponse>(`kpis?${EVER}${METRICS}`);
    expect(items.map(({ value }) => value)).toEqual(figures(lines));
  });

  it.each(['category', 'region', 'segment'] as const)('has those of each %s to the cent', async (by) => {
    const { rows, omitted } = await get<AnalyticsTable>(`breakdown?${EVER}${METRICS}&by=${by}`);
    expect(omitted).toBe(0);
    const found = rows.map(([member, ...values]) => [(member as { id: string }).id, ...values]);
    const expected = valuesOf(by).map((value) => [value, ...figures(lines.filter((line) => line[by] === value))]);
    expect(found.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual(expected);
  });

  it('has those of each year and month, and of each category in each year', async () => {
    const bucketed = (length: number) => [...new Set(lines.map(({ day }) => day.slice(0, length)))].sort();
    const within = (start: string) => lines.filter(({ day }) => day.startsWith(start));
    const period = 'from=2016-01-01&to=2019-12-31';
    const years = await get<AnalyticsTable>(`series?${period}${METRICS}&grain=year`);
    expect(years.rows).toEqual(bucketed(4).map((year) => [`${year}-01-01`, ...figures(within(year))]));
    const months = await get<AnalyticsTable>(`series?${period}${METRICS}&grain=month`);
    expect(months.rows).toEqual(bucketed(7).map((month) => [`${month}-01`, ...figures(within(month))]));
    const split = await get<AnalyticsTable>(`series?${period}&metrics=revenue&grain=year&by=category`);
    const columns = split.columns.slice(1).map(({ member }) => member?.id);
    expect(split.rows).toEqual(
      bucketed(4).map((year) => [
        `${year}-01-01`,
        ...columns.map((category) => figures(within(year).filter((line) => line.category === category))[0]),
      ]),
    );
  });

  it('has those of the lines that filters leave', async () => {
    const { items } = await get<KpiResponse>(
      `kpis?from=2018-03-01&to=2019-02-28&category=Furniture&category=Technology&region=West&segment=Consumer${METRICS}`,
    );
    const left = lines.filter(
      ({ day, category, region, segment }) =>
        day >= '2018-03-01' &&
        day <= '2019-02-28' &&
        category !== 'Office Supplies' &&
        region === 'West' &&
        segment === 'Consumer',
    );
    expect(left.length).toBeGreaterThan(50);
    expect(items.map(({ value }) => value)).toEqual(figures(left));
  });
});
