import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiResponse } from '../../backend/contracts/analytics.ts';
import type { ImportSummary } from '../../backend/contracts/imports.ts';
import { sql } from '../../backend/db/index.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { importFile } from './support.ts';

const folder = fileURLToPath(new URL('../../../shared/data/visible/crm-maven/', import.meta.url));
const isThere = existsSync(folder);
if (!isThere)
  console.log('Skipped: the CRM sample files (shared/data/visible/crm-maven beside the checkout) are not there.');

const FILES = [
  ['teams', 'sales_teams'],
  ['products', 'products'],
  ['accounts', 'accounts'],
  ['opportunities', 'sales_pipeline'],
] as const;

/** A plain reading of a file without quotes: what the import must agree with, by other means. */
function plainRows(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(`${folder}${file}.csv`, 'utf8').trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

describe.skipIf(!isThere)('a real CRM export', () => {
  let server: TestServer;
  const first = new Map<string, ImportSummary>();
  const deals = isThere ? plainRows('sales_pipeline') : [];
  const won = deals.filter((deal) => deal.deal_stage === 'Won');
  const lost = deals.filter((deal) => deal.deal_stage === 'Lost');

  beforeAll(async () => {
    server = await startTestServer();
    for (const [entity, file] of FILES)
      first.set(entity, await importFile(server.database, entity, `${folder}${file}.csv`));
  }, 240_000);
  afterAll(() => server?.close());

  const kpis = async (query: string): Promise<Record<string, string | null>> => {
    const answer = await (await server.as('admin')).get<KpiResponse>(
      `/analytics/kpis?${query}&metrics=revenue&metrics=salesVolume&metrics=winRate`,
    );
    expect(answer.status).toBe(200);
    return Object.fromEntries(answer.body.items.map(({ metric, value }) => [metric, value]));
  };

  it('takes every row', () => {
    for (const [entity, file] of FILES) {
      const rows = plainRows(file).length;
      expect(first.get(entity)).toMatchObject({ rows, created: rows, updated: 0, unchanged: 0, rejected: 0 });
    }
  });

  it('finds people, accounts and products by name and says what it made of stages', () => {
    expect(first.get('opportunities')?.references).toMatchObject({
      users: { matched: 30, created: [] },
      accounts: { matched: 85, created: [] },
      products: { matched: 7, created: [], mapped: { GTXPro: 'GTX Pro' } },
      stages: { matched: 4, created: [], mapped: { Prospecting: 'Discovery', Engaging: 'Proposal' } },
    });
    expect(first.get('teams')?.references.teams?.created).toHaveLength(6);
    expect(first.get('teams')?.references.users?.created).toContain('Dustin Brinkmann');
  });

  it('gives the revenue, sales volume and win rate of a plain reading of the file', async () => {
    const revenue = won.reduce((sum, deal) => sum + Number(deal.close_value), 0);
    expect(await kpis('from=2016-01-01&to=2018-12-31')).toEqual({
      revenue: revenue.toFixed(2),
      salesVolume: String(won.length),
      winRate: (won.length / (won.length + lost.length)).toFixed(6),
    });
  });

  it('books each sale on the close date, in the region of its owner', async () => {
    const regionOf = new Map(plainRows('sales_teams').map((row) => [row.sales_agent, row.regional_office]));
    const isMeant = (deal: Record<string, string>) =>
      (deal.close_date ?? '').startsWith('2017-06') && regionOf.get(deal.sales_agent ?? '') === 'West';
    const june = won.filter(isMeant);
    const juneLost = lost.filter(isMeant);
    expect(june.length).toBeGreaterThan(0);
    expect(await kpis('from=2017-06-01&to=2017-06-30&region=West')).toEqual({
      revenue: june.reduce((sum, deal) => sum + Number(deal.close_value), 0).toFixed(2),
      salesVolume: String(june.length),
      winRate: (june.length / (june.length + juneLost.length)).toFixed(6),
    });
  });

  it('gives every opportunity its stage history', async () => {
    const events = await server.database.sql.rows<{ from: string | null; to: string; count: number }>(sql`
      select f.name as "from", s.name as "to", count(*)::int as count from stage_event e
      join stage s on s.id = e.to_stage_id left join stage f on f.id = e.from_stage_id group by 1, 2`);
    const count = (from: string | null, to: string) =>
      events.find((event) => event.from === from && event.to === to)?.count;
    const open = (stage: string) => deals.filter((deal) => deal.deal_stage === stage).length;
    expect(count('Discovery', 'Won')).toBe(won.length);
    expect(count('Discovery', 'Lost')).toBe(lost.length);
    expect(count(null, 'Proposal')).toBe(open('Engaging'));
    expect(count(null, 'Discovery')).toBe(won.length + lost.length + open('Prospecting'));
  });

  it('makes people who cannot sign in', async () => {
    const people = await server.database.sql.rows<{ role: string; count: number }>(sql`
      select r.key as role, count(*)::int as count from app_user u join role r on r.id = u.role_id
      where u.status = 'placeholder' and u.password_hash is null and u.team_id is not null group by 1 order by 1`);
    expect(people).toEqual([
      { role: 'manager', count: 6 },
      { role: 'rep', count: 35 },
    ]);
  });

  it('changes nothing when the same files come again', async () => {
    const before = await kpis('from=2016-01-01&to=2018-12-31');
    const versions = sql`select sum(version)::int as v, count(*)::int as n from (select version from opportunity
      union all select version from sale union all select version from account union all select version from product) x`;
    const [old] = await server.database.sql.rows(versions);
    for (const [entity, file] of FILES) {
      const rows = plainRows(file).length;
      expect(await importFile(server.database, entity, `${folder}${file}.csv`)).toMatchObject({
        rows,
        created: 0,
        updated: 0,
        unchanged: rows,
        rejected: 0,
      });
    }
    expect((await server.database.sql.rows(versions))[0]).toEqual(old);
    expect(await kpis('from=2016-01-01&to=2018-12-31')).toEqual(before);
  }, 240_000);
});
