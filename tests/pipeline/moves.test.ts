import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { StageMove } from '../../backend/contracts/moves.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';
import { cardsOf } from './board-view.ts';

let crm: Crm;
let rep: CheckedClient;
let stages: Crm['stages']['lead'];

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
  stages = crm.stages.lead;
});
afterAll(() => crm?.close());
beforeEach(() => crm.database.execScript('delete from lead'));

const move = (id: string, where: StageMove, version?: number) =>
  rep.post<Lead>(`/leads/${id}/stage`, where, version === undefined ? {} : { 'If-Match': `"${version}"` });
const column = (stageId: string) => cardsOf(rep, crm.pipelines.lead, stageId);

/** Cards in a stage from top to bottom; `tied`: all at the same place, as an import leaves them. */
async function cards(count: number, stageId: string, tied = false): Promise<string[]> {
  for (let made = 0; made < count; made++) await crm.addLead('rep', { stageId });
  if (tied) await crm.database.sql.rows(sql`update lead set position = 0 where stage_id = ${stageId}::uuid`);
  return column(stageId);
}

describe('a move', () => {
  it('puts the card on top, before or after another, and answers it with a new version', async () => {
    const [a = '', b = ''] = await cards(2, stages.New);
    const [x = '', y = ''] = await cards(2, stages.Qualified);
    const moved = await move(a, { stageId: stages.Qualified }, 1);
    expect([moved.status, moved.etag, moved.body.stage.name, moved.body.version]).toEqual([200, '"2"', 'Qualified', 2]);
    expect(await column(stages.Qualified)).toEqual([a, x, y]);
    await move(b, { stageId: stages.Qualified, after: x });
    expect(await column(stages.Qualified)).toEqual([a, x, b, y]);
    await move(a, { stageId: stages.Qualified, before: y });
    expect(await column(stages.Qualified)).toEqual([x, b, a, y]);
    await move(x, { stageId: stages.Qualified, after: y });
    expect(await column(stages.Qualified)).toEqual([b, a, y, x]);
    expect(await column(stages.New)).toEqual([]);
  });

  it('keeps the moment of entering the stage when only the order changes', async () => {
    const [a = '', b = ''] = await cards(2, stages.New);
    const before = (await rep.get<Lead>(`/leads/${a}`)).body.stageSince;
    const reordered = (await move(a, { stageId: stages.New, after: b })).body;
    expect([reordered.stageSince, reordered.version]).toEqual([before, 2]);
    const moved = (await move(a, { stageId: stages.Lost })).body;
    expect(Date.parse(moved.stageSince)).toBeGreaterThan(Date.parse(before));
  });

  it('is refused when it cannot be understood', async () => {
    const [a = '', b = ''] = await cards(2, stages.New);
    const outcome = async (where: unknown) => {
      const answer = await rep.post(`/leads/${a}/stage`, where);
      return [answer.status, ...pointersOf(answer)];
    };
    expect(await outcome({})).toEqual([422, '/stageId']);
    expect(await outcome({ stageId: stages.New, before: b, after: b })).toEqual([422, '/after']);
    expect(await outcome({ stageId: stages.New, before: a })).toEqual([422, '/before']);
    expect(await outcome({ stageId: stages.New, position: 1 })).toEqual([422, '/position']);
    expect(await outcome({ stageId: NOBODY })).toEqual([422, '/stageId']);
    expect(await outcome({ stageId: crm.stages.opportunity.Proposal })).toEqual([422, '/stageId']);
    expect(await column(stages.New)).toEqual([a, b]);
  });

  it('is a conflict when the neighbour has left the stage or is gone', async () => {
    const [a = '', b = '', c = ''] = await cards(3, stages.New);
    await move(b, { stageId: stages.Qualified });
    await (await crm.as('admin')).delete(`/leads/${c}`);
    for (const anchor of [b, c, NOBODY]) {
      for (const side of ['before', 'after'] as const) {
        const refused = await move(a, { stageId: stages.New, [side]: anchor });
        expect([refused.status, pointersOf(refused)]).toEqual([409, [`/${side}`]]);
      }
    }
    expect((await rep.get<Lead>(`/leads/${a}`)).body.version).toBe(1);
  });

  it('needs the version that is there', async () => {
    const [a = '', b = ''] = await cards(2, stages.New);
    await move(a, { stageId: stages.Qualified }, 1);
    expect((await move(a, { stageId: stages.Lost }, 1)).status).toBe(412);
    expect((await move(a, { stageId: stages.Lost, before: b }, 1)).status).toBe(412);
    expect((await rep.get<Lead>(`/leads/${a}`)).body).toMatchObject({ version: 2, stage: { name: 'Qualified' } });
  });

  it('is for those who may change the record', async () => {
    const [a = ''] = await cards(1, stages.New);
    const looker = await crm.withRole({ 'lead.read': 'all', 'lead.write': 'own' });
    const outcomes = [await crm.as('stranger'), looker, await crm.as('viewer'), crm.anonymous].map(
      async (client) => (await client.post(`/leads/${a}/stage`, { stageId: stages.Lost })).status,
    );
    expect(await Promise.all(outcomes)).toEqual([404, 403, 403, 401]);
  });
});

describe('the order of cards', () => {
  it('is always what the moves say, also where cards were tied', async () => {
    const step = fc.record({
      card: fc.nat(7),
      stage: fc.constantFrom('New' as const, 'Qualified' as const),
      place: fc.constantFrom('top' as const, 'before' as const, 'after' as const),
      anchor: fc.nat(7),
    });
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 8 }), async (tied, steps) => {
        await crm.database.execScript('delete from lead');
        const order = { New: await cards(4, stages.New, tied), Qualified: await cards(3, stages.Qualified, tied) };
        const all = [...order.New, ...order.Qualified];
        for (const { card, stage, place, anchor } of steps) {
          const id = all[card % all.length] ?? '';
          const others = order[stage].filter((other) => other !== id);
          const target = others[anchor % Math.max(others.length, 1)];
          const where: StageMove = { stageId: stages[stage] };
          if (place !== 'top' && target) where[place] = target;
          expect((await move(id, where)).status).toBe(200);
          for (const name of ['New', 'Qualified'] as const) order[name] = order[name].filter((other) => other !== id);
          const index = target && place !== 'top' ? order[stage].indexOf(target) + (place === 'after' ? 1 : 0) : 0;
          order[stage].splice(index, 0, id);
          expect(await column(stages[stage])).toEqual(order[stage]);
        }
      }),
      { numRuns: 5 },
    );
  });

  it('holds when the gap between two cards is used up', async () => {
    const [first = '', second = '', last = ''] = await cards(3, stages.New);
    let [above, below] = [last, second];
    for (let round = 0; round < 70; round++) {
      [above, below] = [below, above];
      expect((await move(above, { stageId: stages.New, after: first })).status).toBe(200);
      if (round >= 40) expect(await column(stages.New)).toEqual([first, above, below]);
    }
  });

  it('works beside a tied card of a won or lost stage too', async () => {
    const [a = '', b = ''] = await cards(2, stages.Lost, true);
    const [c = ''] = await cards(1, stages.New);
    expect((await move(c, { stageId: stages.Lost, before: b })).status).toBe(200);
    expect(await column(stages.Lost)).toEqual([a, c, b]);
  });
});

describe('moves at the same time', () => {
  it('with the same version: one wins, the others are told, nothing else happens', async () => {
    const [a = ''] = await cards(1, stages.New);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => move(a, { stageId: index % 2 ? stages.Qualified : stages.Lost }, 1)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
    const { body } = await rep.get<Lead>(`/leads/${a}`);
    expect(body).toEqual(answers.find(({ status }) => status === 200)?.body);
  });

  it('beside tied cards all come to an end', async () => {
    const [anchor = '', ...others] = await cards(5, stages.Qualified, true);
    const answers = await Promise.all(
      others.map((id, index) => move(id, { stageId: stages.Qualified, [index % 2 ? 'before' : 'after']: anchor })),
    );
    for (const { status } of answers) expect([200, 412]).toContain(status);
    expect((await column(stages.Qualified)).sort()).toEqual([anchor, ...others].sort());
  });
});
