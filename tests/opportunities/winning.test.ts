import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { Sale } from '../../backend/contracts/sales.ts';
import { sql } from '../../backend/db/index.ts';
import { cardsOf } from '../pipeline/board-view.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;
let manager: CheckedClient;
let stages: Crm['stages']['opportunity'];
let product = '';

interface Win {
  opportunity: Opportunity;
  sales: Sale[];
}

beforeAll(async () => {
  crm = await startCrm();
  [rep, manager] = await Promise.all([crm.as('rep'), crm.as('manager')]);
  stages = crm.stages.opportunity;
  const row = await crm.database.sql.first<{ id: string }>(sql`
    insert into product (name, name_key, category, currency_code) values ('Laptop', 'laptop', 'Hardware', 'EUR')
    returning id::text as id`);
  product = row?.id ?? '';
});
afterAll(() => crm?.close());
beforeEach(async () => {
  crm.clock.now = new Date('2026-03-10T12:00:00Z');
  await crm.database.execScript('delete from opportunity');
});

const EUR = (amount: string) => ({ amount, currency: 'EUR' });
const add = (fields: Record<string, unknown> = {}) => crm.addOpportunity('rep', { amount: EUR('500'), ...fields });
const win = (id: string, body: unknown = {}, client = rep) => client.post<Win>(`/opportunities/${id}/win`, body);
const move = (id: string, stageId: string, more: Record<string, string> = {}) =>
  rep.post<Opportunity>(`/opportunities/${id}/stage`, { stageId, ...more });
const salesOf = async (id: string) => (await manager.get<Page<Sale>>(`/sales?opportunity=${id}`)).body.items;

describe('deleting', () => {
  it('is refused while the sales are booked, and works once it is reopened', async () => {
    const deal = await add();
    expect((await win(deal.id)).status).toBe(200);
    const refused = await manager.delete<{ code: string }>(`/opportunities/${deal.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    expect(await salesOf(deal.id)).toHaveLength(1);
    expect((await move(deal.id, stages.Proposal)).status).toBe(200);
    expect((await manager.delete(`/opportunities/${deal.id}`)).status).toBe(204);
    expect(await salesOf(deal.id)).toEqual([]);
  });
});

describe('winning', () => {
  it('books one line of the amount, as things are on that day', async () => {
    const account = await crm.addAccount('rep', { name: 'Acme' });
    const deal = await add({
      accountId: account.id,
      productId: product,
      source: 'Web',
      segment: 'SMB',
      campaign: 'Spring',
    });
    expect(deal.productCategory).toBe('Hardware');
    const { status, etag, body } = await win(deal.id);
    expect([status, etag]).toEqual([200, `"${body.opportunity.version}"`]);
    expect(body.opportunity).toMatchObject({
      stage: { name: 'Won', kind: 'won' },
      closedOn: '2026-03-10',
      probability: 1,
    });
    expect(body.sales).toHaveLength(1);
    expect(body.sales[0]).toMatchObject({
      soldOn: '2026-03-10',
      amount: EUR('500.00'),
      quantity: '1',
      account: { id: account.id },
      product: { name: 'Laptop' },
      productCategory: 'Hardware',
      owner: { id: crm.company.users.rep },
      team: { id: crm.company.teams.North },
      region: 'North region',
      source: 'Web',
      segment: 'SMB',
      opportunityId: deal.id,
    });
    expect(body.sales[0]).not.toHaveProperty('cost');
    expect(await salesOf(deal.id)).toHaveLength(1);
    expect((await rep.get<Opportunity>(`/opportunities/${deal.id}`)).body).toEqual(body.opportunity);
  });

  it('books the lines given, in their order, on the day given', async () => {
    const deal = await add({ region: 'West' });
    const lines = [
      { product, quantity: '2.5', amount: EUR('300'), cost: EUR('120') },
      { product: null, amount: EUR('0.5') },
    ];
    const { body } = await win(deal.id, { closedOn: '2026-01-31', lines }, manager);
    expect(body.opportunity.closedOn).toBe('2026-01-31');
    expect(body.sales).toMatchObject([
      {
        soldOn: '2026-01-31',
        quantity: '2.5',
        amount: EUR('300.00'),
        cost: EUR('120.00'),
        region: 'West',
        owner: { name: 'Rolf Rep' },
      },
      { soldOn: '2026-01-31', quantity: '1', amount: EUR('0.50'), cost: null, product: null },
    ]);
  });

  it('happens once', async () => {
    const deal = await add();
    await win(deal.id);
    expect((await win(deal.id)).status).toBe(409);
    expect(await salesOf(deal.id)).toHaveLength(1);
  });

  it('happens once also when asked for many times at once', async () => {
    const deal = await add();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? win(deal.id) : move(deal.id, stages.Won))),
    );
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
    for (const status of statuses) expect([200, 409, 412]).toContain(status);
    expect(await salesOf(deal.id)).toHaveLength(1);
  });

  it.each([
    ['the opportunity has no amount and no line says one', { amount: null }, {}, '/lines'],
    ['a product is unknown', {}, { lines: [{ product: NOBODY, amount: EUR('1') }] }, '/lines/0/product'],
    [
      'a currency has no rate',
      {},
      { lines: [{ product: null, amount: { amount: '1', currency: 'CHF' } }] },
      '/lines/0/amount/currency',
    ],
    [
      'an amount has decimals that its currency has not',
      {},
      { lines: [{ product: null, amount: EUR('1.999') }] },
      '/lines/0/amount/amount',
    ],
    [
      'a cost has decimals that its currency has not',
      {},
      { lines: [{ product: null, amount: EUR('1'), cost: EUR('0.123') }] },
      '/lines/0/cost/amount',
    ],
    [
      'cost and amount differ in currency',
      {},
      { lines: [{ product: null, amount: EUR('1'), cost: { amount: '1', currency: 'USD' } }] },
      '/lines/0/cost/currency',
    ],
    ['the day does not exist', {}, { closedOn: '2026-02-30' }, '/closedOn'],
  ])('changes nothing when %s', async (_why, fields, body, pointer) => {
    const deal = await add(fields);
    const before = await crm.rowCounts();
    const refused = await win(deal.id, body, manager);
    expect([refused.status, pointersOf(refused)]).toEqual([422, [pointer]]);
    expect(await crm.rowCounts()).toEqual(before);
    expect((await rep.get<Opportunity>(`/opportunities/${deal.id}`)).body).toEqual(deal);
  });

  it('takes no cost from somebody who may not see costs', async () => {
    const deal = await add();
    const before = await crm.rowCounts();
    const lines = [
      { product: null, amount: EUR('1') },
      { product: null, amount: EUR('2'), cost: EUR('1') },
    ];
    const refused = await win(deal.id, { lines });
    expect([refused.status, pointersOf(refused)]).toEqual([403, ['/lines/1/cost']]);
    expect(await crm.rowCounts()).toEqual(before);
  });

  it('needs the version read and the right to change the opportunity', async () => {
    const deal = await add();
    expect((await rep.post(`/opportunities/${deal.id}/win`, {}, { 'If-Match': '"2"' })).status).toBe(412);
    expect((await win(deal.id, {}, await crm.as('colleague'))).status).toBe(404);
    expect((await win(deal.id, {}, await crm.as('viewer'))).status).toBe(403);
    expect(
      (await win(deal.id, {}, await crm.withRole({ 'opportunity.read': 'all', 'opportunity.write': 'own' }))).status,
    ).toBe(403);
    expect(await salesOf(deal.id)).toEqual([]);
    expect((await rep.post(`/opportunities/${deal.id}/win`, {}, { 'If-Match': '"1"' })).status).toBe(200);
  });
});

describe('on the board', () => {
  it('dropping a card on Won wins it there, beside which card one likes', async () => {
    const [a, b, c] = [await add(), await add(), await add()];
    for (const { id } of [a, b]) await win(id);
    await crm.database.sql.rows(sql`update opportunity set position = 0 where stage_id = ${stages.Won}::uuid`);
    const [top = '', bottom = ''] = await cardsOf(rep, crm.pipelines.opportunity, stages.Won);
    expect((await move(c.id, stages.Won, { before: bottom })).status).toBe(200);
    expect(await cardsOf(rep, crm.pipelines.opportunity, stages.Won)).toEqual([top, c.id, bottom]);
    expect(await salesOf(c.id)).toHaveLength(1);
  });

  it('dropping a card without an amount on Won is refused as a whole', async () => {
    const deal = await add({ amount: null });
    const before = await crm.rowCounts();
    expect((await move(deal.id, stages.Won)).status).toBe(422);
    expect(await crm.rowCounts()).toEqual(before);
  });

  it('taking a card out of Won takes its sales out of the books', async () => {
    const deal = await add();
    await win(deal.id, {
      lines: [
        { product, amount: EUR('1') },
        { product: null, amount: EUR('2') },
      ],
    });
    const back = await move(deal.id, stages.Proposal);
    expect([back.status, back.body.stage.name, back.body.closedOn]).toEqual([200, 'Proposal', null]);
    expect(await salesOf(deal.id)).toEqual([]);
    // What was sold has become its amount.
    await win(deal.id);
    expect(await salesOf(deal.id)).toMatchObject([{ amount: EUR('3.00') }]);
    const lost = await move(deal.id, stages.Lost);
    expect([lost.body.stage.name, lost.body.closedOn]).toEqual(['Lost', '2026-03-10']);
    expect(await salesOf(deal.id)).toEqual([]);
  });

  it('ordering closed cards leaves their closing day and their sales alone', async () => {
    for (const stageId of [stages.Won, stages.Lost]) {
      crm.clock.now = new Date('2026-03-10T12:00:00Z');
      const [a, b] = [await add(), await add()];
      await move(a.id, stageId);
      await move(b.id, stageId);
      crm.clock.now = new Date('2026-04-20T12:00:00Z');
      const ordered = await move(a.id, stageId, { before: b.id });
      expect([ordered.status, ordered.body.closedOn]).toEqual([200, '2026-03-10']);
      expect((await salesOf(a.id)).map(({ soldOn }) => soldOn)).toEqual(stageId === stages.Won ? ['2026-03-10'] : []);
    }
  });

  it('a card may go from one won stage of its pipeline to another, booked once', async () => {
    const other = await crm.database.sql.first<{ id: string }>(sql`
      insert into stage (pipeline_id, name, kind, probability, position)
      values (${crm.pipelines.opportunity}::uuid, 'Signed', 'won', 1, 9) returning id::text as id`);
    const deal = await add();
    await win(deal.id);
    const signed = await move(deal.id, other?.id ?? '');
    expect([signed.status, signed.body.stage.name]).toEqual([200, 'Signed']);
    expect(await salesOf(deal.id)).toHaveLength(1);
    await move(deal.id, stages.Proposal);
    await crm.database.sql.rows(sql`delete from stage where id = ${other?.id ?? ''}::uuid`);
    expect(await salesOf(deal.id)).toEqual([]);
  });

  it('an opportunity lost from the start has its closing day', async () => {
    const lost = await add({ stageId: stages.Lost });
    expect(lost.closedOn).toBe('2026-03-10');
    expect((await add()).closedOn).toBeNull();
    expect((await rep.post('/opportunities', { name: 'A', stageId: stages.Won })).status).toBe(422);
  });
});

describe('a won opportunity that is changed', () => {
  const change = (id: string, body: unknown, client = rep, headers: Record<string, string> = {}) =>
    client.put<Win>(`/opportunities/${id}/win`, body, headers);
  const edit = (id: string, body: unknown) => rep.patch<Opportunity>(`/opportunities/${id}`, body);
  const lines = [
    { product: null, amount: EUR('10') },
    { product: null, amount: EUR('5.5') },
  ];

  it('is worth what was sold: in the company currency where that was of several', async () => {
    await crm.database.sql.rows(sql`insert into currency (code, name) values ('USD', 'US Dollar')`);
    await crm.database.sql.rows(sql`
      insert into exchange_rate (currency_code, day, rate) values ('USD', '2026-01-01', 0.5)`);
    const deal = await add();
    expect((await win(deal.id, { lines })).body.opportunity.amount).toEqual(EUR('15.50'));
    const mixed = [lines[0], { product: null, amount: { amount: '4', currency: 'USD' } }];
    expect((await change(deal.id, { lines: mixed })).body.opportunity.amount).toEqual(EUR('12.00'));
  });

  it('books its new amount where one line is booked; several are changed as lines', async () => {
    const deal = await add();
    await win(deal.id);
    expect((await edit(deal.id, { amount: EUR('650') })).status).toBe(200);
    expect(await salesOf(deal.id)).toMatchObject([{ amount: EUR('650.00'), soldOn: '2026-03-10' }]);
    expect(pointersOf(await edit(deal.id, { amount: null }))).toEqual(['/amount']);
    await change(deal.id, { lines });
    const refused = await edit(deal.id, { amount: EUR('1') });
    expect([refused.status, pointersOf(refused)]).toEqual([409, ['/amount']]);
    expect((await rep.get<Opportunity>(`/opportunities/${deal.id}`)).body.amount).toEqual(EUR('15.50'));
  });

  it('hands corrections of where it came from to its sales, but not who won it', async () => {
    const account = await crm.addAccount('rep', { name: 'Right company' });
    const deal = await add({ source: 'Web' });
    await win(deal.id);
    await edit(deal.id, { source: 'Fair', segment: 'SMB', accountId: account.id });
    await manager.patch(`/opportunities/${deal.id}`, { ownerId: crm.company.users.colleague });
    expect(await salesOf(deal.id)).toMatchObject([
      { source: 'Fair', segment: 'SMB', account: { id: account.id }, owner: { id: crm.company.users.rep } },
    ]);
  });

  it('is booked anew as said, at the version that was read', async () => {
    const deal = await add();
    expect((await change(deal.id, { lines })).status).toBe(409);
    const won = (await win(deal.id)).body.opportunity;
    expect((await change(deal.id, { lines }, rep, { 'If-Match': '"1"' })).status).toBe(412);
    expect(pointersOf(await change(deal.id, { lines: [] }))).toEqual(['/lines']);
    const changed = await change(deal.id, { lines, closedOn: '2026-02-01' }, rep, { 'If-Match': `"${won.version}"` });
    expect(changed.body.opportunity).toMatchObject({
      amount: EUR('15.50'),
      closedOn: '2026-02-01',
      stage: { kind: 'won' },
    });
    expect((await salesOf(deal.id)).map(({ soldOn }) => soldOn)).toEqual(['2026-02-01', '2026-02-01']);
  });

  it('keeps costs from those who do not see them', async () => {
    const deal = await add();
    await win(deal.id, { lines: [{ product: null, amount: EUR('10'), cost: EUR('4') }] }, manager);
    expect((await change(deal.id, { lines })).status).toBe(403);
    expect((await change(deal.id, { lines }, manager)).status).toBe(200);
  });
});

describe('what was booked', () => {
  it('is audited with what reached the books alone', async () => {
    const admin = await crm.as('admin');
    const secret = { entity: 'opportunity', key: 'secret', label: 'Secret', type: 'text', visibleTo: ['admin'] };
    await admin.post('/fields', secret);
    const deal = await add();
    const saleId = (await win(deal.id)).body.sales[0]?.id;
    const change = { source: 'Fair', amount: EUR('600'), name: 'Renamed', custom: { secret: 'hidden' } };
    expect((await admin.patch(`/opportunities/${deal.id}`, change)).status).toBe(200);
    const told = await crm.database.sql.first<{ after: object }>(sql`
      select after from audit_entry where action = 'sale.corrected' and entity_id = ${saleId}`);
    expect(told?.after).toEqual({ opportunityId: deal.id, source: 'Fair', amount: EUR('600') });
  });

  it('keeps the costs that its winner doesn’t see when it is reopened and won again', async () => {
    const costsOf = async (id: string) => (await salesOf(id)).map(({ cost }) => cost?.amount ?? null).sort();
    const deal = await add();
    const line = (amount: string, cost?: string) => ({
      ...{ product, quantity: '2', amount: EUR(amount) },
      ...(cost ? { cost: EUR(cost) } : {}),
    });
    await win(deal.id, { lines: [line('100', '40'), line('100', '50'), line('300', '60')] }, manager);
    const again = async (lines: object[]) => {
      expect((await move(deal.id, stages.Proposal)).status).toBe(200);
      expect((await win(deal.id, lines.length > 0 ? { lines } : {})).status).toBe(200);
      return costsOf(deal.id);
    };
    // the same lines
    expect(await again([line('300'), line('100'), line('100')])).toEqual(['40.00', '50.00', '60.00']);
    // dropped into the won stage: one line of the sum
    expect(await again([])).toEqual(['150.00']);
    // another line has costs of its own
    expect(await again([line('300'), line('77')])).toEqual(['60.00', null]);
    // who sees costs may say that there are none
    await move(deal.id, stages.Proposal);
    const none = { lines: [{ ...line('300'), cost: null }] };
    expect((await win(deal.id, none, manager)).status).toBe(200);
    expect(await costsOf(deal.id)).toEqual([null]);
    expect(await again([line('300')])).toEqual([null]);
  });
});
