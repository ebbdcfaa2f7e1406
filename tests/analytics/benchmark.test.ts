import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../backend/contracts/benchmark.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import type { PersonKey } from '../support/people.ts';
import { addSales } from './facts.ts';

let crm: Crm;
let others: string[];

/** Of North: rep 10, colleague 30; of South: four people 100 to 400; nobody's 5000. In February a fifth of South. */
beforeAll(async () => {
  crm = await startCrm();
  crm.clock.now = new Date('2026-06-01T12:00:00Z');
  const { users, teams } = crm.company;
  const added = await crm.database.sql.rows<{ id: string }>(sql`
    insert into app_user (email, name, role_id, team_id)
    select 'south' || n || '@example.com', 'South ' || n, (select id from role where key = 'rep'), ${teams.South}::uuid
    from generate_series(1, 4) n returning id::text as id`);
  others = [users.stranger, ...added.map(({ id }) => id)];
  const sale = (ownerId: string | null, teamId: string | null, amount: number, soldOn = '2026-01-10') => ({
    ...{ ownerId, teamId, soldOn, cost: '1' },
    amount: String(amount),
  });
  await addSales(crm.database, [
    sale(users.rep, teams.North, 10),
    sale(users.colleague, teams.North, 30),
    ...others.slice(0, 4).map((id, index) => sale(id, teams.South, (index + 1) * 100)),
    sale(null, null, 5000),
    sale(others[4] ?? null, teams.South, 1000, '2026-02-10'),
  ]);
});
afterAll(() => crm?.close());

const ask = async (client: CheckedClient, to: string, metric = 'revenue', from = '2026-01-01') =>
  client.get<Benchmark>(`/analytics/benchmark?metric=${metric}&from=${from}&to=${to}`);
const benchmark = async (person: PersonKey, to: string, metric?: string, from?: string) => {
  const { status, body } = await ask(await crm.as(person), to, metric, from);
  expect(status).toBe(200);
  return body;
};

describe('GET analytics/benchmark', () => {
  it("keeps the company's median back while fewer than five others are in it", async () => {
    const mine = await benchmark('rep', '2026-01-31');
    expect(mine.reached).toEqual({ median: '10.00', people: 1 });
    // the colleague and four of South: five whom the rep does not see
    expect(mine.company).toEqual({ median: '150.00', people: 6 });
    const ours = await benchmark('manager', '2026-01-31');
    expect(ours.reached).toEqual({ median: '20.00', people: 2 });
    expect(ours).toMatchObject({ company: null, reason: expect.stringContaining('Fewer than 5 people') });
    expect(JSON.stringify(ours)).not.toMatch(/150|100|200|300|400/);
  });

  it('gives it once there are five', async () => {
    const ours = await benchmark('manager', '2026-02-28');
    expect(ours).toMatchObject({ company: { median: '200.00', people: 7 }, reason: null, currency: 'EUR' });
  });

  it('tells nothing of single days: the company is given in whole months, or up to today', async () => {
    for (const [from, to] of [
      ['2026-01-02', '2026-01-31'],
      ['2026-01-01', '2026-02-27'],
      ['2026-01-10', '2026-01-10'],
    ]) {
      const mine = await benchmark('rep', to ?? '', 'revenue', from);
      expect(mine).toMatchObject({ company: null, reason: expect.stringContaining('whole months') });
      expect((await benchmark('viewer', to ?? '', 'revenue', from)).company).not.toBeNull();
    }
    expect((await benchmark('rep', '2026-06-01')).company).toEqual({ median: '200.00', people: 7 });
  });

  it('is no exact figure of one of the others', async () => {
    const { users, teams } = crm.company;
    const odd = others.slice(0, 5).map((ownerId, index) => ({
      ...{ ownerId, teamId: teams.South, soldOn: '2026-04-10', amount: `${index + 1}234.56` },
    }));
    await addSales(crm.database, [
      ...odd,
      ...[users.rep, users.colleague].map((ownerId) => ({
        ...{ ownerId, teamId: teams.North, soldOn: '2026-04-10', amount: '1.00' },
      })),
    ]);
    const exact = await benchmark('viewer', '2026-04-30', 'revenue', '2026-04-01');
    expect(exact.company).toEqual({ median: '2234.56', people: 7 });
    expect((await benchmark('rep', '2026-04-30', 'revenue', '2026-04-01')).company?.median).toBe('2230.00');
  });

  it('keeps nothing back from who sees everybody', async () => {
    expect((await benchmark('viewer', '2026-01-31')).company).toEqual({ median: '150.00', people: 6 });
    const nobody = await benchmark('viewer', '2026-01-05');
    expect(nobody).toMatchObject({ reached: { median: null, people: 0 }, company: { median: null, people: 0 } });
  });

  it('says why a metric has none, refuses guarded ones, and takes no filters', async () => {
    expect((await benchmark('viewer', '2026-01-31', 'acquisitionCost')).reason).toContain('told apart by owner');
    expect((await ask(await crm.as('rep'), '2026-01-31', 'grossProfit')).status).toBe(403);
    const narrowed = await (await crm.as('rep')).get(
      '/analytics/benchmark?metric=revenue&from=2026-01-01&to=2026-01-31&region=East',
    );
    expect(narrowed.status).toBe(422);
  });
});
