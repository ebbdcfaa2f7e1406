import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, BoardCards, BoardLanes } from '../../backend/contracts/boards.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';
import { columnOf, readBoard } from './board-view.ts';

let crm: Crm;
let admin: CheckedClient;
let deals: string;
const ids: Record<string, string> = {};
const EUR = (amount: string) => ({ amount, currency: 'EUR' });

beforeAll(async () => {
  crm = await startCrm();
  admin = await crm.as('admin');
  deals = crm.pipelines.opportunity;
  const { users } = crm.company;
  const { Discovery, Proposal, Lost } = crm.stages.opportunity;
  await crm.database.sql.rows(sql`update stage set rotting_days = 10, wip_limit = 2 where id = ${Discovery}::uuid`);
  await crm.database.sql.rows(
    sql`insert into custom_field (entity, key, label, type) values ('opportunity', 'floor', 'Floor', 'number')`,
  );
  const facts: Record<string, unknown>[] = [
    { name: 'old', ownerId: users.rep, amount: EUR('100'), segment: 'SMB', source: 'Web', custom: { floor: 3 } },
    { name: 'hot', ownerId: users.rep, amount: EUR('50'), segment: 'Enterprise', nextStep: 'Call' },
    { name: 'own', ownerId: users.colleague, amount: EUR('10'), probability: 0.9, stageId: Proposal },
    { name: 'nobody', amount: null, expectedCloseOn: '2020-01-01', stageId: Proposal },
    { name: 'lost', ownerId: users.stranger, amount: EUR('7'), expectedCloseOn: '2020-01-01', stageId: Lost },
  ];
  for (const fields of facts) ids[String(fields.name)] = (await crm.addOpportunity('admin', fields)).id;
  await crm.database.execScript(`
    update opportunity set stage_since = now() - interval '11 days' where name = 'old';
    update opportunity set score = 70, tags = '{Key account}' where name = 'hot';
    update opportunity set score = 40 where name = 'old';
    update opportunity set owner_id = null, team_id = null where name = 'nobody'`);
});
afterAll(() => crm?.close());

const titles = (board: Board) => board.columns.flatMap(({ cards }) => cards.map(({ title }) => title)).sort();

describe('what a board tells beyond its cards', () => {
  it('weighs each card by its own probability, else by that of its stage, and counts what stays too long', async () => {
    const board = await readBoard(admin, deals);
    expect(columnOf(board, crm.stages.opportunity.Discovery)).toMatchObject({
      count: 2,
      value: EUR('150.00'),
      weighted: EUR('30.00'),
      rotting: 1,
      stage: { wipLimit: 2, rottingDays: 10 },
    });
    expect(columnOf(board, crm.stages.opportunity.Proposal)).toMatchObject({ weighted: EUR('9.00'), rotting: 0 });
    expect(columnOf(board, crm.stages.opportunity.Lost).weighted).toEqual(EUR('0.00'));
    expect(columnOf(board, crm.stages.opportunity.Won).weighted).toEqual(EUR('0.00'));
  });

  it.each([
    ['quick=unassigned', ['nobody']],
    ['quick=rotting', ['old']],
    ['quick=hot', ['hot']],
    ['quick=past-close', ['nobody']],
    ['quick=no-next-step', ['nobody', 'old', 'own']],
    ['quick=rotting&quick=hot', []],
    ['owner=nobody', ['nobody']],
    ['tag=Key account', ['hot']],
    ['score=warm', ['old']],
    ['score=none', ['lost', 'nobody', 'own']],
  ])('narrowed by %s shows %j', async (query, expected) => {
    expect(titles(await readBoard(admin, deals, query))).toEqual(expected);
  });

  it('shows the fields that were asked for, and none that the person may not see', async () => {
    const query = 'fields=source&fields=custom.floor&fields=tags&fields=probability';
    const cards = columnOf(await readBoard(admin, deals, query), crm.stages.opportunity.Discovery).cards;
    expect(Object.fromEntries(cards.map(({ title, details }) => [title, details]))).toEqual({
      old: { source: 'Web', 'custom.floor': 3, tags: [], probability: 0.2 },
      hot: { source: null, 'custom.floor': null, tags: ['Key account'], probability: 0.2 },
    });
    await crm.addLead('admin', { name: 'Private', email: 'private@example.com' });
    const blind = await crm.withRole({ 'lead.read': 'all' }, undefined, []);
    const shown = await readBoard(blind, crm.pipelines.lead, 'fields=email&fields=source');
    expect(shown.columns[0]?.cards.map(({ details }) => details)).toEqual([{ email: null, source: null }]);
    const refused = await admin.get(`/boards/${deals}?fields=email`);
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/query/fields']]);
    expect((await admin.get(`/boards/${deals}?fields=custom.x')--`)).status).toBe(422);
  });

  it('falls into lanes whose cards are those of the board narrowed to them', async () => {
    for (const by of ['owner', 'segment', 'score'] as const) {
      const { body } = await admin.get<BoardLanes>(`/boards/${deals}/lanes?by=${by}`);
      expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBe(5);
      for (const { key, count, value } of body.items) {
        const lane = await readBoard(admin, deals, `${by}=${encodeURIComponent(key)}`);
        expect([key, lane.columns.reduce((sum, column) => sum + column.count, 0)]).toEqual([key, count]);
        const sum = lane.columns.reduce((total, column) => total + Number(column.value.amount), 0);
        expect(sum.toFixed(2)).toBe(value.amount);
      }
    }
    const lanes = await (await crm.as('rep')).get<BoardLanes>(`/boards/${deals}/lanes?by=owner`);
    expect(lanes.body.items.map(({ name, count }) => [name, count])).toEqual([['Rolf Rep', 2]]);
    const scores = await admin.get<BoardLanes>(`/boards/${deals}/lanes?by=score`);
    expect(scores.body.items.map(({ key, name }) => [key, name])).toEqual([
      ['hot', 'hot'],
      ['warm', 'warm'],
      ['none', null],
    ]);
  });

  it('tells some cards anew: where they are now, and not those that left the board or were never shown', async () => {
    const wanted = Object.values(ids).map((id) => `ids=${id}`);
    const ask = async (client: CheckedClient, more = '') =>
      (await client.get<BoardCards>(`/boards/${deals}/cards?${wanted.join('&')}${more}`)).body;
    const all = await ask(admin);
    expect(all.cards.map(({ card }) => card.title).sort()).toEqual(['hot', 'lost', 'nobody', 'old', 'own']);
    const board = await readBoard(admin, deals);
    for (const { stageId, ...totals } of all.columns) expect(columnOf(board, stageId)).toMatchObject(totals);
    for (const { stageId, card } of all.cards) expect(columnOf(board, stageId).cards).toContainEqual(card);
    const mine = await ask(await crm.as('rep'));
    expect(mine.cards.map(({ card }) => card.title).sort()).toEqual(['hot', 'old']);
    expect((await ask(admin, '&quick=hot')).cards.map(({ card }) => card.title)).toEqual(['hot']);
    expect((await admin.get<BoardCards>(`/boards/${crm.pipelines.lead}/cards?${wanted.join('&')}`)).body.cards).toEqual(
      [],
    );
  });
});
