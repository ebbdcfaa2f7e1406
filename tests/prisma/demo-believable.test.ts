import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../backend/db/index.ts';
import { dayOf, dayText, monthStart } from '../../prisma/demo/calendar.ts';
import { type DemoCompany, makeCompany } from '../../prisma/demo/company.ts';
import { openDemo } from './demo-database.ts';

const FIRST_OF_YEAR = '2027-01-01';
const DAYS = ['2026-11-22', FIRST_OF_YEAR, '2028-02-29', '2026-03-01', '2026-08-01', '2026-11-01', '2027-05-31'];

const isWon = ({ stage }: { stage: string }): boolean => stage === 'Won';
const isLost = ({ stage }: { stage: string }): boolean => stage === 'Lost';
const within = (day: number | null, from: number): boolean => day !== null && day >= from;

for (const today of DAYS) {
  describe(`a company whose books end on ${today}`, () => {
    let company: DemoCompany;
    beforeAll(() => {
      company = makeCompany(dayOf(today), 'EUR');
    });

    it('has three whole years and a month that is not empty', () => {
      const { span, sales, opportunities, leads, spend } = company;
      const month = monthStart(span.today);
      expect(dayText(span.today)).toBe(today);
      expect(span.start).toBe(monthStart(span.today, -36));
      expect(Math.max(...sales.map(({ soldOn }) => soldOn))).toBe(span.today);
      expect(sales.filter(({ soldOn }) => within(soldOn, month)).length).toBeGreaterThanOrEqual(10);
      const closed = opportunities.filter(({ closedOn }) => within(closedOn, month));
      expect(closed.filter(isWon).length).toBeGreaterThanOrEqual(2);
      expect(closed.filter(isLost).length).toBeGreaterThanOrEqual(2);
      expect(leads.filter(({ createdAt }) => createdAt >= month * 86_400_000).length).toBeGreaterThanOrEqual(5);
      expect(spend.some(({ spentOn }) => within(spentOn, month))).toBe(true);
      const before = new Set(sales.filter(({ soldOn }) => soldOn < month).map(({ account }) => account.id));
      expect(
        sales.some(({ soldOn, account }) => soldOn >= month && !before.has(account.id)),
        'a new customer',
      ).toBe(true);
    });

    it('has a win rate, conversion, sales cycle and margin as companies have them', () => {
      const { opportunities, leads, sales } = company;
      const won = opportunities.filter(isWon);
      const winRate = won.length / (won.length + opportunities.filter(isLost).length);
      expect(winRate).toBeGreaterThan(0.3);
      expect(winRate).toBeLessThan(0.37);
      const conversion = leads.filter((lead) => lead.conversion).length / leads.length;
      expect(conversion).toBeGreaterThan(0.22);
      expect(conversion).toBeLessThan(0.28);
      const cycles = won.map(({ closedOn, createdAt }) => (closedOn ?? 0) - Math.floor(createdAt / 86_400_000));
      const median = cycles.sort((left, right) => left - right)[Math.floor(cycles.length / 2)] ?? 0;
      expect(median).toBeGreaterThan(38);
      expect(median).toBeLessThan(54);
      const revenue = sales.reduce((sum, sale) => sum + sale.amountBase, 0);
      const cost = sales.reduce((sum, sale) => sum + sale.costBase, 0);
      expect(1 - cost / revenue).toBeGreaterThan(0.4);
      expect(1 - cost / revenue).toBeLessThan(0.6);
    });

    it('pays for a new customer less than a customer brings in, and not nothing', () => {
      const { sales, spend, span } = company;
      const from = monthStart(span.today, -12);
      const first = new Map<string, number>();
      for (const { account, soldOn } of sales) first.set(account.id, Math.min(soldOn, first.get(account.id) ?? soldOn));
      const customers = [...first.values()].filter((day) => day >= from).length;
      const spent = spend.filter(({ spentOn }) => spentOn >= from).reduce((sum, { amount }) => sum + amount, 0) / 100;
      expect(spent / customers).toBeGreaterThan(3_000);
      expect(spent / customers).toBeLessThan(15_000);
    });

    it('has an open pipeline that is alive', () => {
      const open = company.opportunities.filter(({ closedOn }) => closedOn === null);
      expect(open.length).toBeGreaterThan(150);
      const idle = open.filter(({ nextStep }) => nextStep === null).length;
      expect(idle).toBeGreaterThan(0);
      expect(idle / open.length).toBeLessThan(0.2);
      const changed = company.stageEvents.filter(({ kind }) => kind === 'changed').length;
      expect(changed / company.opportunities.length).toBeGreaterThan(0.3);
      const overdue = open.filter(({ expectedCloseOn }) => expectedCloseOn < company.span.today).length;
      expect(overdue).toBeGreaterThan(0);
      expect(overdue / open.length).toBeLessThan(0.25);
    });

    it('gives the demo representative deals, a sale this month and a full day', () => {
      const { opportunities, sales, tasks, leads, span } = company;
      const isRep = ({ email }: { email: string }): boolean => email === 'rep@example.com';
      expect(opportunities.filter(({ owner, closedOn }) => isRep(owner) && closedOn === null).length).toBeGreaterThan(
        10,
      );
      expect(sales.some(({ owner, soldOn }) => isRep(owner) && soldOn >= monthStart(span.today))).toBe(true);
      const open = tasks.filter(({ assignee, completedAt }) => isRep(assignee) && completedAt === null);
      expect(open.filter(({ dueOn }) => dueOn === span.today).length).toBeGreaterThanOrEqual(4);
      expect(
        open.some(({ dueOn }) => dueOn < span.today),
        'something overdue',
      ).toBe(true);
      expect(leads.some(({ owner, stage }) => owner && isRep(owner) && stage === 'Qualified')).toBe(true);
    });
  });
}

describe('seasons and reasons', () => {
  const company = makeCompany(dayOf('2026-11-22'), 'EUR');
  const soldBetween = (from: number, to: number, matches: (sale: DemoCompany['sales'][number]) => boolean): number =>
    company.sales.filter((sale) => sale.soldOn >= from && sale.soldOn <= to && matches(sale)).length;

  it('sell more each year, less at weekends and in August than in September', () => {
    const { start } = company.span;
    const years = [0, 1, 2].map((year) =>
      soldBetween(monthStart(start, year * 12), monthStart(start, year * 12 + 12) - 1, () => true),
    );
    expect(years[1]).toBeGreaterThan(years[0] ?? 0);
    expect(years[2]).toBeGreaterThan(years[1] ?? 0);
    const weekend = company.sales.filter(({ soldOn }) => (soldOn + 3) % 7 > 4).length;
    expect(weekend / company.sales.length).toBeLessThan(0.12);
    for (const year of [2024, 2025, 2026]) {
      const [august = 0, september = 0] = [8, 9].map((month) =>
        soldBetween(Date.UTC(year, month - 1, 1) / 86_400_000, Date.UTC(year, month, 0) / 86_400_000, () => true),
      );
      expect(september).toBeGreaterThan(august * 1.1);
    }
  });

  it('show the gateway shortage in the gateways', () => {
    const shortage = company.events.find(({ title }) => title === 'Gateway shortage');
    if (!shortage) throw new Error('the shortage is missing');
    const length = shortage.to - shortage.from;
    const isReorder = ({ line, opportunity }: DemoCompany['sales'][number]): boolean =>
      line.product.category === 'Gateways' && opportunity === null;
    const during = soldBetween(shortage.from, shortage.to, isReorder);
    const before = soldBetween(shortage.from - length - 1, shortage.from - 1, isReorder);
    expect(during).toBeLessThan(before * 0.75);
  });

  it('let some people sell better than others', () => {
    const revenue = new Map<string, number>();
    for (const { owner, amountBase } of company.sales)
      revenue.set(owner.name, (revenue.get(owner.name) ?? 0) + amountBase);
    const amounts = [...revenue.values()].sort((left, right) => right - left);
    expect(amounts[0]).toBeGreaterThan(3 * (amounts[12] ?? 0));
  });
});

describe('targets', () => {
  const { targets, sales } = makeCompany(dayOf('2026-11-22'), 'EUR');
  const isOver = ({ to }: { to: number }) => to < dayOf('2026-11-22');
  const reached = ({ team, person, from, to, value }: (typeof targets)[number]) =>
    sales
      .filter(
        ({ owner, soldOn }) =>
          soldOn >= from && soldOn <= to && (person ? owner === person : !team || owner.team === team),
      )
      .reduce((sum, { amountBase }) => sum + amountBase, 0) / value;

  it('of past quarters were missed by some and beaten by others, none by far', () => {
    const shares = targets
      .filter((one) => one.grain === 'quarter' && one.metric === 'revenue' && isOver(one))
      .map(reached);
    const met = shares.filter((share) => share >= 1).length / shares.length;
    expect(met).toBeGreaterThan(0.15);
    expect(met).toBeLessThan(0.7);
    for (const share of shares) {
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(3);
    }
  });

  it('of months add up to their quarter, of quarters to their year', () => {
    const isRunningYear = ({ from }: { from: number }) => from >= dayOf('2026-01-01');
    const sumOf = (grain: string) =>
      targets
        .filter((one) => one.grain === grain && !one.person && isRunningYear(one))
        .reduce((sum, { value }) => sum + value, 0);
    expect([sumOf('month'), sumOf('quarter')]).toEqual([sumOf('year'), sumOf('year')]);
  });
});

describe('the four demo people', () => {
  let db: Database;
  beforeAll(async () => {
    ({ db } = await openDemo(FIRST_OF_YEAR));
  }, 120_000);
  afterAll(() => db.close());

  it('can sign in, and the manager leads the representative', async () => {
    const { rows } = await db.executeSql(`
      select u.email, r.key, t.name as team, parent.name as parent from app_user u
        join role r on r.id = u.role_id join team t on t.id = u.team_id left join team parent on parent.id = t.parent_id
      where u.email in ('admin@example.com', 'manager@example.com', 'rep@example.com', 'viewer@example.com')
        and u.status = 'active' and u.email_verified_at is not null and u.password_hash = 'a-hash' order by 1`);
    expect(rows).toEqual([
      { email: 'admin@example.com', key: 'admin', team: 'Fernhill Systems', parent: null },
      { email: 'manager@example.com', key: 'manager', team: 'EMEA North', parent: 'Fernhill Systems' },
      { email: 'rep@example.com', key: 'rep', team: 'EMEA North', parent: 'Fernhill Systems' },
      { email: 'viewer@example.com', key: 'viewer', team: 'Fernhill Systems', parent: null },
    ]);
    const others = await db.executeSql(
      `select count(*)::int as n from app_user where email ~ '^[a-z]+\\.[a-z]+@example\\.com$'`,
    );
    expect(others.rows).toEqual([{ n: 16 }]);
  });

  it('each have something to see this month', async () => {
    const { rows } = await db.executeSql(`
      select count(*) filter (where true)::int > 0 as everyone,
        count(*) filter (where t.name = 'EMEA North')::int > 1 as team,
        count(*) filter (where u.email = 'rep@example.com')::int > 0 as own
      from sale s join app_user u on u.id = s.owner_id join team t on t.id = s.team_id
      where s.sold_on >= date_trunc('month', date '${FIRST_OF_YEAR}')`);
    expect(rows).toEqual([{ everyone: true, team: true, own: true }]);
  });
});
