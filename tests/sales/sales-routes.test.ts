import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Currency, Product, Sale } from '../../backend/contracts/sales.ts';
import { sql } from '../../backend/db/index.ts';
import { addSales, addSpend } from '../analytics/facts.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let mine = '';
let theirs = '';

beforeAll(async () => {
  server = await startTestServer();
  const { database, company } = server;
  const { users, teams } = company;
  [mine = '', theirs = ''] = await addSales(database, [
    { soldOn: '2026-01-05', amount: '1.50', cost: '1', ownerId: users.rep, teamId: teams.North, region: 'East' },
    { soldOn: '2026-01-06', amount: '2', ownerId: users.stranger, teamId: teams.South },
    { soldOn: '2026-01-06', amount: '3', ownerId: users.colleague, teamId: teams.North },
  ]);
  await addSpend(database, [
    { spentOn: '2026-01-05', amount: '10', teamId: teams.North },
    { spentOn: '2026-01-06', amount: '20', teamId: teams.South },
    { spentOn: '2026-01-07', amount: '30' },
  ]);
  await database.sql.rows(sql`
    insert into product (name, name_key, sku, category, list_price, unit_cost, currency_code) values
      ('100% Wool', '100wool', 'W-1', 'Textiles', 20, 9.5, 'EUR'), ('Anvil', 'anvil', 'A-1', 'Tools', 99, null, 'EUR'),
      ('Bolt_4', 'bolt4', null, 'Tools', null, null, 'EUR')`);
});
afterAll(() => server?.close());

describe('GET sales', () => {
  const amounts = async (person: 'admin' | 'manager' | 'rep', query = '') =>
    (await (await server.as(person)).get<Page<Sale>>(`/sales?${query}`)).body.items.map(({ amount }) => amount.amount);

  it('lists what the role reaches, newest first', async () => {
    expect(await amounts('rep')).toEqual(['1.50']);
    expect((await amounts('manager')).sort()).toEqual(['1.50', '3.00']);
    expect(await amounts('admin', 'to=2026-01-05')).toEqual(['1.50']);
    expect(await amounts('admin', 'from=2026-01-07')).toEqual([]);
  });

  it('pages without losing or repeating a sale', async () => {
    const client = await server.as('admin');
    const first = (await client.get<Page<Sale>>('/sales?limit=2')).body;
    const second = (await client.get<Page<Sale>>(`/sales?limit=2&cursor=${first.nextCursor}`)).body;
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
    expect(second.nextCursor).toBeNull();
    expect((await client.get('/sales?cursor=nonsense')).status).toBe(422);
  });

  it('hides costs from roles that do not see them', async () => {
    const own = (await (await server.as('rep')).get<Sale>(`/sales/${mine}`)).body;
    expect(own).toMatchObject({
      amount: { amount: '1.50', currency: 'EUR' },
      region: 'East',
      owner: { name: 'Rolf Rep' },
    });
    expect(own).not.toHaveProperty('cost');
    expect((await (await server.as('admin')).get<Sale>(`/sales/${mine}`)).body.cost).toEqual({
      amount: '1.00',
      currency: 'EUR',
    });
  });

  it('answers 404 for a sale of another team, 401 to strangers', async () => {
    expect((await (await server.as('rep')).get(`/sales/${theirs}`)).status).toBe(404);
    expect((await (await server.as('manager')).get(`/sales/${theirs}`)).status).toBe(404);
    expect((await (await server.as('admin')).get('/sales/none')).status).toBe(404);
    expect((await server.anonymous.get('/sales')).status).toBe(401);
  });
});

describe('GET products', () => {
  it('lists by name, finds by name or SKU with no wild cards, and guards the unit cost', async () => {
    const client = await server.as('rep');
    const names = async (query: string) =>
      (await client.get<Page<Product>>(`/products?${query}`)).body.items.map(({ name }) => name);
    expect(await names('')).toEqual(['100% Wool', 'Anvil', 'Bolt_4']);
    expect(await names('q=anv')).toEqual(['Anvil']);
    expect(await names('q=w-1')).toEqual(['100% Wool']);
    expect(await names(`q=${encodeURIComponent('%')}`)).toEqual(['100% Wool']);
    expect(await names('q=_')).toEqual(['Bolt_4']);
    const first = (await client.get<Page<Product>>('/products?limit=2')).body;
    expect(first.items[0]).not.toHaveProperty('unitCost');
    expect(await names(`limit=2&cursor=${first.nextCursor}`)).toEqual(['Bolt_4']);
    const [wool] = (await (await server.as('admin')).get<Page<Product>>('/products')).body.items;
    expect(wool).toMatchObject({ listPrice: { amount: '20.00' }, unitCost: { amount: '9.50' }, isActive: true });
    expect((await client.get<Product>(`/products/${wool?.id}`)).body.name).toBe('100% Wool');
  });
});

describe('GET spend', () => {
  it('shows a manager the own teams, a viewer all, a rep none', async () => {
    const amounts = async (person: 'manager' | 'viewer') =>
      (await (await server.as(person)).get<Page<Sale>>('/spend')).body.items.map(({ amount }) => amount.amount);
    expect(await amounts('manager')).toEqual(['10.00']);
    expect(await amounts('viewer')).toEqual(['30.00', '20.00', '10.00']);
    expect((await (await server.as('rep')).get('/spend')).status).toBe(403);
  });
});

describe('GET currencies', () => {
  it('names the company currency first, others with their newest rate', async () => {
    await server.database.sql.rows(sql`insert into currency (code, name) values ('CHF', 'Swiss Franc')`);
    await server.database.sql.rows(sql`
      insert into exchange_rate (currency_code, day, rate) values ('CHF', '2026-01-01', 1.05), ('CHF', '2026-02-01', 1.0725)`);
    const { items } = (await (await server.as('rep')).get<{ items: Currency[] }>('/currencies')).body;
    expect(items[0]).toMatchObject({ code: 'EUR', isCompany: true, minorDigits: 2 });
    expect(items.find(({ code }) => code === 'CHF')).toMatchObject({
      isCompany: false,
      rate: { day: '2026-02-01', rate: '1.0725' },
    });
  });
});
