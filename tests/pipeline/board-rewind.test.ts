import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, BoardColumn, BoardLanes } from '../../backend/contracts/boards.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';
import { columnOf, readBoard } from './board-view.ts';

let crm: Crm;
let admin: CheckedClient;
let deals: string;
const EUR = (amount: string) => ({ amount, currency: 'EUR' });

const move = async (id: string, stageId: string) =>
  expect((await admin.post(`/opportunities/${id}/stage`, { stageId })).status).toBe(200);
/** Moves the record's newest event back to a day, as if it had happened then. */
const dated = (id: string, day: string) =>
  crm.database.execScript(`
    create temp table if not exists moved_events as select * from stage_event limit 0;
    truncate moved_events;
    insert into moved_events select * from stage_event where record_id = '${id}' order by at desc limit 1;
    update moved_events set at = '${day}T12:00:00Z', until = '9999-12-31Z';
    delete from stage_event where id in (select id from moved_events);
    insert into stage_event select * from moved_events;
    drop table moved_events`);

beforeAll(async () => {
  crm = await startCrm({ COMPANY_TIME_ZONE: 'Europe/Berlin' });
  admin = await crm.as('admin');
  deals = crm.pipelines.opportunity;
  const { users } = crm.company;
  const { Proposal, Negotiation } = crm.stages.opportunity;
  const one = await crm.addOpportunity('admin', {
    name: 'one',
    ownerId: users.rep,
    amount: EUR('100'),
    segment: 'SMB',
  });
  await dated(one.id, '2026-01-10');
  await move(one.id, Proposal);
  await dated(one.id, '2026-02-10');
  expect((await admin.patch(`/opportunities/${one.id}`, { amount: EUR('250'), ownerId: users.colleague })).status).toBe(
    200,
  );
  await dated(one.id, '2026-03-10');
  await move(one.id, Negotiation);
  await dated(one.id, '2026-04-10');
  const two = await crm.addOpportunity('admin', { name: 'two', ownerId: users.stranger, amount: EUR('7') });
  await dated(two.id, '2026-02-01');
  expect((await admin.delete(`/opportunities/${two.id}`)).status).toBe(204);
  await dated(two.id, '2026-03-20');
});
afterAll(() => crm?.close());

const summary = (board: Board) =>
  Object.fromEntries(
    board.columns
      .filter(({ count }) => count > 0)
      .map(({ stage, count, value, cards }) => [
        stage.name,
        [count, value.amount, cards.map(({ title, owner }) => `${title} of ${owner?.name}`).join()],
      ]),
  );
const asOf = (day: string, client = admin, more = '') => readBoard(client, deals, `asOf=${day}${more}`);

describe('a board of the past', () => {
  it.each([
    ['2026-01-09', {}],
    ['2026-01-10', { Discovery: [1, '100.00', 'one of Rolf Rep'] }],
    ['2026-02-09', { Discovery: [2, '107.00', 'two of Stan Stranger,one of Rolf Rep'] }],
    ['2026-02-10', { Discovery: [1, '7.00', 'two of Stan Stranger'], Proposal: [1, '100.00', 'one of Rolf Rep'] }],
    [
      '2026-03-15',
      { Discovery: [1, '7.00', 'two of Stan Stranger'], Proposal: [1, '250.00', 'one of Cora Colleague'] },
    ],
    ['2026-03-20', { Proposal: [1, '250.00', 'one of Cora Colleague'] }],
    ['2026-04-10', { Negotiation: [1, '250.00', 'one of Cora Colleague'] }],
    ['9999-01-01', { Negotiation: [1, '250.00', 'one of Cora Colleague'] }],
  ])('stands as it stood at the end of %s', async (day, expected) => {
    const board = await asOf(day);
    // A record that is deleted by now is shown where it stood: its name is known for 30 days more.
    expect(summary(board)).toEqual(expected);
  });

  it('ends its day in the time zone of the company, and never later than now', async () => {
    expect((await asOf('2026-02-10')).asOf).toBe('2026-02-10T22:59:59.999Z');
    expect(Date.parse((await asOf('9999-01-01')).asOf)).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('is read-only, and tells since when a card was in its stage whatever changed meanwhile', async () => {
    const [card] = columnOf(await asOf('2026-03-15'), crm.stages.opportunity.Proposal).cards;
    expect(card).toMatchObject({
      canMove: false,
      stageSince: expect.stringContaining('2026-02-10T12:00:00'),
      score: null,
    });
  });

  it('shows nobody what they may not see now', async () => {
    expect(summary(await asOf('2026-02-09', await crm.as('rep')))).toEqual({});
    expect(summary(await asOf('2026-02-09', await crm.as('colleague')))).toEqual({
      Discovery: [1, '100.00', 'one of Rolf Rep'],
    });
    expect(summary(await asOf('2026-02-09', await crm.as('stranger')))).toEqual({
      Discovery: [1, '7.00', 'two of Stan Stranger'],
    });
  });

  it('narrows by the owner and team of that time, and falls into lanes by them', async () => {
    const { users, teams } = crm.company;
    expect(summary(await asOf('2026-02-09', admin, `&owner=${users.rep}`))).toEqual({
      Discovery: [1, '100.00', 'one of Rolf Rep'],
    });
    expect(summary(await asOf('2026-03-15', admin, `&owner=${users.rep}`))).toEqual({});
    expect(summary(await asOf('2026-02-09', admin, `&team=${teams.South}`))).toEqual({
      Discovery: [1, '7.00', 'two of Stan Stranger'],
    });
    expect(summary(await asOf('2026-02-09', admin, '&segment=SMB&q=one'))).toEqual({
      Discovery: [1, '100.00', 'one of Rolf Rep'],
    });
    const lanes = async (by: string) =>
      (await admin.get<BoardLanes>(`/boards/${deals}/lanes?by=${by}&asOf=2026-02-09`)).body.items.map(
        ({ name, count, value }) => [name, count, value.amount],
      );
    expect(await lanes('owner')).toEqual([
      ['Rolf Rep', 1, '100.00'],
      ['Stan Stranger', 1, '7.00'],
    ]);
    expect(await lanes('segment')).toEqual([
      ['SMB', 1, '100.00'],
      [null, 1, '7.00'],
    ]);
  });

  it('refuses what was not kept of the past', async () => {
    for (const [query, pointer] of [
      ['quick=hot', '/query/quick'],
      ['tag=x', '/query/tag'],
      ['score=hot', '/query/score'],
      ['asOf=2026-02-30', '/query/asOf'],
    ]) {
      const refused = await admin.get(`/boards/${deals}?asOf=2026-01-01&${query}`);
      expect([refused.status, pointersOf(refused)]).toEqual([422, [pointer]]);
    }
    const lanes = await admin.get(`/boards/${deals}/lanes?by=score&asOf=2026-01-01`);
    expect([lanes.status, pointersOf(lanes)]).toEqual([422, ['/query/by']]);
  });

  it('pages through a column exactly once', async () => {
    for (let made = 0; made < 7; made++) await crm.addOpportunity('admin', { name: `n${made}`, amount: EUR('1') });
    const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const { Discovery } = crm.stages.opportunity;
    const whole = columnOf(await asOf(today), Discovery);
    expect(whole.cards).toHaveLength(whole.count);
    let column: BoardColumn = columnOf(
      (await admin.get<Board>(`/boards/${deals}?asOf=${today}&limit=3`)).body,
      Discovery,
    );
    const seen = [...column.cards];
    while (column.nextCursor && seen.length < 20) {
      const path = `/boards/${deals}/columns/${Discovery}?asOf=${today}&limit=3&cursor=${column.nextCursor}`;
      column = (await admin.get<BoardColumn>(path)).body;
      seen.push(...column.cards);
    }
    expect(seen.map(({ id }) => id)).toEqual(whole.cards.map(({ id }) => id));
  });

  it('of now has the cards and sums of the board', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const [now, then] = [await readBoard(admin, deals), await asOf(tomorrow)];
    for (const { stage, count, value, weighted } of now.columns) {
      expect(columnOf(then, stage.id)).toMatchObject({ count, value, weighted });
    }
  });
});

describe('the history of a record', () => {
  it('leaves no gap and no overlap, in whatever order and number its events are written', async () => {
    const { Discovery } = crm.stages.opportunity;
    const record = '01890000-0000-7000-8000-00000000abcd';
    const insert = (days: readonly string[]) =>
      crm.database.sql.rows(sql`
        insert into stage_event (record_type, record_id, pipeline_id, to_stage_id, at)
        select 'opportunity', ${record}::uuid, ${deals}::uuid, ${Discovery}::uuid, d::timestamptz from unnest(${days}::text[]) d`);
    await insert(['2026-05-05', '2026-05-01']);
    await insert(['2026-05-03']);
    await insert(Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString()));
    const events = await crm.database.sql.rows<{ at: string; until: string }>(sql`
      select iso(at) as at, iso(until) as until from stage_event where record_id = ${record}::uuid order by at`);
    expect(events).toHaveLength(63);
    for (const [index, { until }] of events.entries())
      expect(until).toBe(events[index + 1]?.at ?? '9999-12-31T00:00:00.000Z');
    await crm.database.sql.rows(sql`delete from stage_event where record_id = ${record}::uuid`);
  });
});
