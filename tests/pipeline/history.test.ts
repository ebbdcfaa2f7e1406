import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { StageEvent } from '../../backend/contracts/pipelines.ts';
import type { Sale } from '../../backend/contracts/sales.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { fc } from '../support/fast-check.ts';
import { readBoard } from './board-view.ts';

let crm: Crm;
let manager: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  manager = await crm.as('manager');
});
afterAll(() => crm?.close());
beforeEach(() => crm.database.execScript('delete from lead; delete from opportunity; delete from sale'));

type Kind = 'lead' | 'opportunity';
const paths = { lead: 'leads', opportunity: 'opportunities' } as const;
const wonNames = { lead: 'Converted', opportunity: 'Won' } as const;
const stageNames = {
  lead: ['New', 'Qualified', 'Converted', 'Lost'],
  opportunity: ['Discovery', 'Proposal', 'Negotiation', 'Won', 'Lost'],
} as const;

/** What a record should be by now. */
interface Expected {
  kind: Kind;
  id: string;
  hasAmount: boolean;
  /** stages it has been in, the present one last */
  stages: string[];
  isDeleted: boolean;
}

const historyOf = async ({ kind, id }: Pick<Expected, 'kind' | 'id'>) =>
  (await manager.get<{ items: StageEvent[] }>(`/${paths[kind]}/${id}/history`)).body.items;

async function expectChain(record: Pick<Expected, 'kind' | 'id'>): Promise<StageEvent[]> {
  const events = await historyOf(record);
  const { body } = await manager.get<Lead | Opportunity>(`/${paths[record.kind]}/${record.id}`);
  expect(events[0]?.to).toEqual(body.stage);
  expect(Date.parse(events[0]?.at ?? '')).toBe(Date.parse(body.stageSince));
  for (const [index, event] of events.entries()) {
    const earlier = events[index + 1];
    expect(event.from).toEqual(earlier?.to ?? null);
    if (earlier) expect(Date.parse(event.at)).toBeGreaterThan(Date.parse(earlier.at));
  }
  return events;
}

const stepOf = fc.record({
  action: fc.constantFrom('create' as const, 'move' as const, 'move' as const, 'finish' as const, 'delete' as const),
  kind: fc.constantFrom('lead' as const, 'opportunity' as const),
  which: fc.nat(20),
  stage: fc.nat(20),
  hasAmount: fc.boolean(),
});
type Step = typeof stepOf extends fc.Arbitrary<infer T> ? T : never;

async function create(records: Expected[], { kind, hasAmount }: Step): Promise<void> {
  const money = { amount: '10.25', currency: 'EUR' };
  const record =
    kind === 'lead'
      ? await crm.addLead('manager', { name: 'L', value: hasAmount ? money : null })
      : await crm.addOpportunity('manager', { name: 'O', amount: hasAmount ? money : null });
  records.push({ kind, id: record.id, hasAmount, stages: [record.stage.name], isDeleted: false });
}

/** Expects what a move into `to` should answer, and notes what it changes. */
async function go(
  records: Expected[],
  record: Expected,
  to: string,
  send: () => Promise<{ status: number }>,
): Promise<void> {
  const won = wonNames[record.kind];
  const from = record.stages.at(-1) ?? '';
  const { status } = await send();
  if (record.isDeleted) return expect(status).toBe(404);
  if (record.kind === 'lead' && from === won && to !== won) return expect(status).toBe(409);
  if (record.kind === 'opportunity' && to === won && from !== won && !record.hasAmount) return expect(status).toBe(422);
  expect([from, to, status]).toEqual([from, to, 200]);
  if (to === from) return;
  record.stages.push(to);
  if (record.kind === 'lead' && to === won) {
    const { converted } = (await manager.get<Lead>(`/leads/${record.id}`)).body;
    if (converted?.opportunityId) {
      records.push({
        kind: 'opportunity',
        id: converted.opportunityId,
        hasAmount: record.hasAmount,
        stages: ['Discovery'],
        isDeleted: false,
      });
    }
  }
}

async function take(records: Expected[], step: Step): Promise<void> {
  const record = records[step.which % Math.max(records.length, 1)];
  if (step.action === 'create' || !record) return create(records, step);
  const path = `/${paths[record.kind]}/${record.id}`;
  const won = wonNames[record.kind];
  if (step.action === 'move') {
    const names = stageNames[record.kind];
    const to = names[step.stage % names.length] ?? won;
    const stageId = crm.stages[record.kind][to];
    return go(records, record, to, () => manager.post(`${path}/stage`, { stageId }));
  }
  if (step.action === 'finish') {
    const verb = record.kind === 'lead' ? 'convert' : 'win';
    if (record.isDeleted || record.stages.at(-1) !== won) {
      return go(records, record, won, () => manager.post(`${path}/${verb}`, {}));
    }
    return expect((await manager.post(`${path}/${verb}`, {})).status).toBe(409);
  }
  const isBooked = record.kind === 'opportunity' && !record.isDeleted && record.stages.at(-1) === won;
  expect((await manager.delete(path)).status).toBe(record.isDeleted ? 404 : isBooked ? 409 : 204);
  if (!isBooked) record.isDeleted = true;
}

async function expectConsistent(records: readonly Expected[]): Promise<void> {
  const boards = {
    lead: await readBoard(manager, crm.pipelines.lead),
    opportunity: await readBoard(manager, crm.pipelines.opportunity),
  };
  for (const record of records.filter(({ isDeleted }) => !isDeleted)) {
    const events = await expectChain(record);
    expect(events.map(({ to }) => to.name).reverse()).toEqual(record.stages);
    const columns = boards[record.kind].columns.filter(({ cards }) => cards.some(({ id }) => id === record.id));
    expect(columns.map(({ stage }) => stage.name)).toEqual(record.stages.slice(-1));
    if (record.kind === 'opportunity') {
      const sales = (await manager.get<Page<Sale>>(`/sales?opportunity=${record.id}`)).body.items;
      expect(sales).toHaveLength(record.stages.at(-1) === 'Won' ? 1 : 0);
    }
  }
  for (const kind of ['lead', 'opportunity'] as const) {
    const alive = records.filter((record) => record.kind === kind && !record.isDeleted);
    const shown = boards[kind].columns.flatMap(({ cards }) => cards.map(({ id }) => id));
    expect(shown.sort()).toEqual(alive.map(({ id }) => id).sort());
  }
}

describe('the history of stages', () => {
  it('agrees with records, boards and sales after whatever people did', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf, { minLength: 4, maxLength: 14 }), async (steps) => {
        await crm.database.execScript('delete from lead; delete from opportunity; delete from sale');
        const records: Expected[] = [];
        for (const step of steps) await take(records, step);
        await expectConsistent(records);
      }),
      { numRuns: 5 },
    );
  });

  it('names who moved the record', async () => {
    const lead = await crm.addLead('rep');
    await manager.post(`/leads/${lead.id}/stage`, { stageId: crm.stages.lead.Qualified });
    const events = await historyOf({ kind: 'lead', id: lead.id });
    expect(events.map(({ actor }) => actor?.name)).toEqual(['Mona Manager', 'Rolf Rep']);
  });

  it('is a chain when many move one card at once, each from the version it read', async () => {
    const lead = await crm.addLead('rep');
    const targets = ['Qualified', 'Lost', 'New'] as const;
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const { etag } = await manager.get(`/leads/${lead.id}`);
        const stageId = crm.stages.lead[targets[index % 3] ?? 'New'];
        return manager.post<Lead>(`/leads/${lead.id}/stage`, { stageId }, { 'If-Match': etag ?? '' });
      }),
    );
    const done = answers.filter(({ status }) => status === 200);
    for (const { status } of answers) expect([200, 412]).toContain(status);
    const { body } = await manager.get<Lead>(`/leads/${lead.id}`);
    expect(body.version).toBe(1 + done.length);
    expect(new Set(done.map(({ body: { version } }) => version)).size).toBe(done.length);
    await expectChain({ kind: 'lead', id: lead.id });
  });

  it('is a chain when many move one card at once, whatever its version', async () => {
    const lead = await crm.addLead('rep');
    const targets = ['Qualified', 'Lost', 'New'] as const;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        manager.post<Lead>(`/leads/${lead.id}/stage`, { stageId: crm.stages.lead[targets[index % 3] ?? 'New'] }),
      ),
    );
    for (const { status } of answers) expect(status).toBe(200);
    const inOrder = answers.map(({ body }) => body).sort((a, b) => a.version - b.version);
    expect(inOrder.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    const passed = inOrder
      .map(({ stage }) => stage.name)
      .filter((name, index, all) => name !== (all[index - 1] ?? 'New'));
    const events = await expectChain({ kind: 'lead', id: lead.id });
    expect(events.map(({ to }) => to.name).reverse()).toEqual(['New', ...passed]);
  });

  it('is for those who may see the record', async () => {
    const lead = await crm.addLead('rep');
    expect((await (await crm.as('stranger')).get(`/leads/${lead.id}/history`)).status).toBe(404);
    expect((await (await crm.as('viewer')).get(`/leads/${lead.id}/history`)).status).toBe(200);
    expect((await crm.anonymous.get(`/leads/${lead.id}/history`)).status).toBe(401);
  });
});
