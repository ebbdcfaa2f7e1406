import { describe, expect, it } from 'vitest';
import { type Actor, fieldView } from '../../backend/access/index.ts';
import { type Database, sql } from '../../backend/db/index.ts';
import { type Booking, bookSales, unbookSales } from '../../backend/sales/index.ts';
import { databaseForTest } from '../support/database.ts';

const ID = (last: string) => `00000000-0000-7000-8000-00000000000${last}`;
const actor: Actor = {
  principal: {
    userId: ID('1'),
    name: 'Rolf Rep',
    roleKey: 'rep',
    permissions: {},
    fieldGroups: fieldView([]),
    teamId: null,
    teamIds: [],
    via: 'session',
    sessionId: null,
  },
  requestId: 'request-1',
};
const opportunity: Booking['opportunity'] = {
  id: ID('2'),
  accountId: ID('3'),
  leadId: ID('4'),
  ownerId: ID('5'),
  teamId: ID('6'),
  region: 'East',
  source: 'Web',
  segment: 'SMB',
  campaign: 'Spring',
  productCategory: 'Services',
};
const line = { productId: null, quantity: '1', amount: '100.50', cost: null, currency: 'EUR' };

const booked = (database: Database) =>
  database.sql.rows<Record<string, unknown>>(sql`
    select sold_on::text as "soldOn", product_category as category, trim_scale(quantity)::text as quantity,
           trim_scale(amount_base)::text as amount, trim_scale(cost_base)::text as cost, region, source, segment, campaign,
           owner_id::text as owner, team_id::text as team, account_id::text as account, lead_id::text as lead
    from sale where deleted_at is null order by amount`);

async function addUsd(database: Database): Promise<void> {
  await database.sql.rows(sql`insert into currency (code, name) values ('USD', 'US Dollar')`);
  await database.sql.rows(sql`
    insert into exchange_rate (currency_code, day, rate) values ('USD', '2026-01-01', 0.9), ('USD', '2026-02-01', 0.8)`);
}

describe('bookSales', () => {
  it('books a row a line with what the opportunity was on that day', async () => {
    const database = await databaseForTest();
    const product = await database.prisma.product.create({
      data: { name: 'Laptop', nameKey: 'laptop', category: 'Hardware', currencyCode: 'EUR' },
    });
    const ids = await database.transaction((tx) =>
      bookSales(tx, actor, {
        opportunity,
        soldOn: '2026-03-01',
        lines: [{ ...line, productId: product.id, quantity: '2.5', amount: '200', cost: '120.25' }, line],
      }),
    );
    expect(ids).toHaveLength(2);
    const same = {
      soldOn: '2026-03-01',
      region: 'East',
      source: 'Web',
      segment: 'SMB',
      campaign: 'Spring',
      owner: ID('5'),
      team: ID('6'),
      account: ID('3'),
      lead: ID('4'),
    };
    expect(await booked(database)).toEqual([
      { ...same, category: 'Services', quantity: '1', amount: '100.5', cost: null },
      { ...same, category: 'Hardware', quantity: '2.5', amount: '200', cost: '120.25' },
    ]);
    const first = await database.prisma.sale.findUniqueOrThrow({ where: { id: ids[0] ?? '' } });
    expect(first.productId).toBe(product.id);
    const audit = await database.prisma.auditEntry.findMany({ where: { action: 'sale.booked' } });
    expect(audit.map(({ entityId, requestId }) => [entityId, requestId]).sort()).toEqual(
      ids.map((id) => [id, 'request-1']).sort(),
    );
  });

  it('converts at the rate that holds on the day of the sale', async () => {
    const database = await databaseForTest();
    await addUsd(database);
    const lines = [{ ...line, currency: 'USD', amount: '10', cost: '5' }];
    await database.transaction((tx) => bookSales(tx, actor, { opportunity, soldOn: '2026-01-31', lines }));
    await database.transaction((tx) => bookSales(tx, actor, { opportunity, soldOn: '2026-02-01', lines }));
    expect((await booked(database)).map(({ soldOn, amount, cost }) => [soldOn, amount, cost]).sort()).toEqual([
      ['2026-01-31', '9', '4.5'],
      ['2026-02-01', '8', '4'],
    ]);
  });

  it('refuses unknown products and currencies without a rate, naming each line, and books nothing', async () => {
    const database = await databaseForTest();
    const lines = [line, { ...line, productId: ID('9') }, { ...line, currency: 'USD' }];
    const booking = database.transaction((tx) => bookSales(tx, actor, { opportunity, soldOn: '2026-03-01', lines }));
    await expect(booking).rejects.toMatchObject({
      code: 'invalid',
      errors: [
        { pointer: '/lines/1/product', message: 'is not a product of the catalogue' },
        { pointer: '/lines/2/amount/currency' },
      ],
    });
    expect(await booked(database)).toEqual([]);
  });

  it('is undone by unbookSales, which spares other opportunities', async () => {
    const database = await databaseForTest();
    const other = { ...opportunity, id: ID('7') };
    await database.transaction((tx) =>
      bookSales(tx, actor, { opportunity, soldOn: '2026-03-01', lines: [line, line] }),
    );
    await database.transaction((tx) =>
      bookSales(tx, actor, { opportunity: other, soldOn: '2026-03-01', lines: [{ ...line, amount: '7' }] }),
    );
    await database.transaction((tx) => unbookSales(tx, actor, opportunity.id));
    expect((await booked(database)).map(({ amount }) => amount)).toEqual(['7']);
    await database.transaction((tx) => unbookSales(tx, actor, opportunity.id));
    expect(await database.prisma.auditEntry.count({ where: { action: 'sale.unbooked' } })).toBe(2);
  });
});
