import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, BoardColumn } from '../../backend/contracts/boards.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';
import { columnOf, readBoard } from './board-view.ts';

let crm: Crm;
let admin: CheckedClient;
let deals: string;

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  deals = crm.pipelines.opportunity;
  const { users } = crm.company;
  await crm.database.sql.rows(sql`insert into currency (code, name) values ('USD', 'Dollar')`);
  await crm.database.sql.rows(
    sql`insert into exchange_rate (currency_code, day, rate) values ('USD', '2020-01-01', 0.5)`,
  );
  const acme = await crm.addAccount('admin', { name: 'Acme 100%' });
  const EUR = (amount: string) => ({ amount, currency: 'EUR' });
  const facts: Record<string, unknown>[] = [
    { name: 'a', ownerId: users.rep, amount: EUR('0.10'), source: 'Web', accountId: acme.id },
    { name: 'b', ownerId: users.rep, amount: EUR('0.20'), segment: 'SMB', expectedCloseOn: '2026-12-31' },
    { name: 'c', ownerId: users.colleague, amount: { amount: '3', currency: 'USD' }, source: 'Web' },
    { name: 'd', ownerId: users.stranger, amount: null },
    { name: 'e', ownerId: users.stranger, amount: EUR('1000'), stageId: crm.stages.opportunity.Negotiation },
  ];
  for (const fields of facts) await crm.addOpportunity('admin', fields);
});
afterAll(() => crm?.close());

const summary = (board: Board) =>
  Object.fromEntries(
    board.columns
      .filter(({ count }) => count > 0)
      .map(({ stage, count, value, cards }) => [
        stage.name,
        [count, value.amount, cards.map(({ title }) => title).join('')],
      ]),
  );

describe('a board', () => {
  it('has every stage in order, with its cards and what they add up to in the company currency', async () => {
    const board = await readBoard(admin, deals);
    expect(board.pipeline).toEqual({ id: deals, entity: 'opportunity', name: 'Sales' });
    expect(board.columns.map(({ stage }) => [stage.name, stage.kind, stage.probability])).toEqual([
      ['Discovery', 'open', 0.2],
      ['Proposal', 'open', 0.5],
      ['Negotiation', 'open', 0.75],
      ['Won', 'won', 1],
      ['Lost', 'lost', 0],
    ]);
    expect(summary(board)).toEqual({ Discovery: [4, '1.80', 'dcba'], Negotiation: [1, '1000.00', 'e'] });
    expect(columnOf(board, crm.stages.opportunity.Won)).toMatchObject({
      count: 0,
      value: { amount: '0.00', currency: 'EUR' },
      cards: [],
      nextCursor: null,
    });
    const card = columnOf(board, crm.stages.opportunity.Discovery).cards.find(({ title }) => title === 'a');
    expect(card).toMatchObject({
      subtitle: 'Acme 100%',
      value: { amount: '0.10', currency: 'EUR' },
      owner: { name: 'Rolf Rep' },
      dueOn: null,
      canMove: true,
      version: 1,
    });
  });

  it.each([
    ['source=Web', { Discovery: [2, '1.60', 'ca'] }],
    ['source=', { Discovery: [2, '0.20', 'db'], Negotiation: [1, '1000.00', 'e'] }],
    ['segment=SMB', { Discovery: [1, '0.20', 'b'] }],
    ['q=ACME', { Discovery: [1, '0.10', 'a'] }],
    ['q=%25', { Discovery: [1, '0.10', 'a'] }],
    ['q=nothing', {}],
    ['owner=me', {}],
  ])('narrowed by %s shows and adds up only that', async (query, expected) => {
    expect(summary(await readBoard(admin, deals, query))).toEqual(expected);
  });

  it('narrows by owner and team', async () => {
    const { users, teams } = crm.company;
    expect(summary(await readBoard(admin, deals, `owner=${users.stranger}`))).toEqual({
      Discovery: [1, '0.00', 'd'],
      Negotiation: [1, '1000.00', 'e'],
    });
    expect(summary(await readBoard(admin, deals, `team=${teams.North}&source=Web`))).toEqual({
      Discovery: [2, '1.60', 'ca'],
    });
  });

  it('shows each person what they may see, and says what they may move', async () => {
    const shown = async (client: CheckedClient) => {
      const board = await readBoard(client, deals);
      return [summary(board), board.columns.flatMap(({ cards }) => cards.map(({ canMove }) => canMove))];
    };
    expect(await shown(await crm.as('rep'))).toEqual([{ Discovery: [2, '0.30', 'ba'] }, [true, true]]);
    expect(await shown(await crm.as('manager'))).toEqual([{ Discovery: [3, '1.80', 'cba'] }, [true, true, true]]);
    const [seen, movable] = await shown(await crm.as('viewer'));
    expect([seen, movable]).toEqual([summary(await readBoard(admin, deals)), Array(5).fill(false)]);
    const mixed = await crm.withRole({ 'opportunity.read': 'all', 'opportunity.write': 'team' }, 'South');
    expect((await shown(mixed))[1]).toEqual([true, false, false, false, true]);
  });

  it('is refused to strangers, to roles without such records, and for what is not there', async () => {
    expect((await crm.anonymous.get(`/boards/${deals}`)).status).toBe(401);
    const leadsOnly = await crm.withRole({ 'lead.read': 'all' });
    expect((await leadsOnly.get(`/boards/${deals}`)).status).toBe(403);
    expect((await leadsOnly.get(`/boards/${deals}/columns/${crm.stages.opportunity.Won}`)).status).toBe(403);
    expect((await admin.get(`/boards/${NOBODY}`)).status).toBe(404);
    expect((await admin.get(`/boards/${deals}/columns/${crm.stages.lead.New}`)).status).toBe(404);
    const refused = await admin.get(`/boards/${deals}?limit=0&colour=red&owner=you`);
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/query/colour', '/query/limit', '/query/owner']]);
    const pipelines = await leadsOnly.get<{ items: { entity: string }[] }>('/pipelines');
    expect(pipelines.body.items.map(({ entity }) => entity)).toEqual(['lead']);
    expect((await leadsOnly.get<{ items: unknown[] }>('/pipelines?entity=opportunity')).body.items).toEqual([]);
  });
});

describe('a column of a board', () => {
  it('pages through all its cards exactly once, also tied ones, with the totals of all', async () => {
    const stageId = crm.stages.lead.Qualified;
    for (let made = 0; made < 7; made++) await crm.addLead('rep', { stageId, value: { amount: '1', currency: 'EUR' } });
    await crm.database.sql.rows(sql`update lead set position = (random() * 2)::int where stage_id = ${stageId}::uuid`);
    const rep = await crm.as('rep');
    const all = columnOf(await readBoard(rep, crm.pipelines.lead), stageId).cards;
    expect(all).toHaveLength(7);
    for (const limit of [1, 2, 3, 7, 8]) {
      const { body: board } = await rep.get<Board>(`/boards/${crm.pipelines.lead}?limit=${limit}`);
      let column: BoardColumn = columnOf(board, stageId);
      const seen = [...column.cards];
      while (column.nextCursor && seen.length <= 20) {
        const path = `/boards/${crm.pipelines.lead}/columns/${stageId}?limit=${limit}&cursor=${column.nextCursor}`;
        column = (await rep.get<BoardColumn>(path)).body;
        expect([column.count, column.value.amount]).toEqual([7, '7.00']);
        seen.push(...column.cards);
      }
      expect(seen).toEqual(all);
    }
  });

  it('refuses cursors that are not its own', async () => {
    const column = `/boards/${crm.pipelines.lead}/columns/${crm.stages.lead.Qualified}`;
    const list = (await admin.get<{ nextCursor: string }>('/leads?limit=1')).body.nextCursor;
    for (const cursor of [list, 'nonsense', Buffer.from('["position","high","x"]').toString('base64url')]) {
      const refused = await admin.get(`${column}?cursor=${cursor}`);
      expect([cursor, refused.status]).toEqual([cursor, 422]);
    }
  });
});
