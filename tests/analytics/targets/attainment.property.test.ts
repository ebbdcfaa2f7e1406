import { afterAll, beforeAll, expect, it } from 'vitest';
import { earlier } from '../../../backend/analytics/periods.ts';
import type { KpiResponse } from '../../../backend/contracts/analytics.ts';
import type { Target } from '../../../backend/contracts/targets.ts';
import { sql } from '../../../backend/db/index.ts';
import { fc } from '../../support/fast-check.ts';
import type { PersonKey } from '../../support/people.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { addProduct, addSales } from '../facts.ts';
import { type Pool, someSales } from '../random-facts.ts';

const RUNS = 25;
const TODAY = '2026-02-10';
let server: TestServer;
let pool: Pool;

beforeAll(async () => {
  server = await startTestServer({ COMPANY_TIME_ZONE: 'Asia/Tokyo' });
  server.clock.now = new Date(`${TODAY}T03:00:00Z`);
  const { users, teams } = server.company;
  pool = {
    owners: [users.rep, users.colleague, users.stranger],
    teams: [teams.North, teams.South],
    products: [await addProduct(server.database, 'Laptop', 'Hardware')],
  };
  const admin = await server.as('admin');
  for (const subject of [
    {},
    { teamId: teams.North },
    { teamId: teams.South },
    { userId: users.rep },
    { userId: users.stranger },
  ]) {
    for (const metric of ['revenue', 'salesVolume', 'units', 'grossProfit']) {
      for (const [grain, count] of [
        ['month', 5],
        ['quarter', 2],
        ['year', 2],
      ] as const) {
        const body = { ...subject, metric, grain, count, from: '2025-11-01', value: '70' };
        expect((await admin.post('/targets', body)).status).toBe(201);
      }
    }
  }
});
afterAll(() => server?.close());

/** The figure that a tile shows for what the target is about, up to today. */
async function figureOf(person: PersonKey, { metric, from, to, team, user }: Target): Promise<string | null> {
  const filter = team ? `&team=${team.id}` : user ? `&owner=${user.id}` : '';
  const query = `metrics=${metric}&from=${from}&to=${earlier(to, TODAY)}${filter}`;
  const { body } = await (await server.as(person)).get<KpiResponse>(`/analytics/kpis?${query}`);
  return body.items[0]?.value ?? null;
}

const isTold = (person: PersonKey, { metric, team, user }: Target): boolean => {
  if (metric === 'grossProfit' && person === 'rep') return false;
  if (person === 'admin' || person === 'viewer') return true;
  return user !== null || (team !== null && person === 'manager');
};

it('what is attained is the figure of the same days, subject and viewer, for random sales', async () => {
  await fc.assert(
    fc.asyncProperty(
      someSales(pool),
      fc.constantFrom('admin', 'manager', 'rep', 'viewer'),
      fc.nat(),
      async (sales, person, pick) => {
        await server.database.sql.rows(sql`delete from sale`);
        await addSales(server.database, sales);
        const { body } = await (await server.as(person)).get<{ items: Target[] }>('/targets?limit=200');
        for (const target of body.items.filter((one) => !isTold(person, one))) expect(target.attained).toBeNull();
        const told = body.items.filter((one) => isTold(person, one) && one.from <= TODAY);
        const target = told[pick % told.length];
        if (!target) throw new Error('nobody tells anything');
        expect(target.attained).toBe(await figureOf(person, target));
        if (target.attained === null) return;
        expect(target.attainment).toBeCloseTo(Number(target.attained) / 70, 5);
        if (target.to < TODAY) expect(target.runRate).toBe(target.attained);
        else expect(Number(target.runRate)).toBeGreaterThanOrEqual(Number(target.attained));
      },
    ),
    { numRuns: RUNS },
  );
});
