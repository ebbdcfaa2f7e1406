import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { LostReason } from '../../backend/contracts/pipeline-settings.ts';
import type { Pipeline, StageEvent } from '../../backend/contracts/pipelines.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, NOBODY, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;
let pipeline: Pipeline;
let serial = 0;

beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
  await admin.post('/fields', { entity: 'opportunity', key: 'budget', label: 'Budget holder', type: 'text' });
});
afterAll(() => crm?.close());
beforeEach(async () => {
  serial += 1;
  pipeline = (await admin.post<Pipeline>('/pipelines', { entity: 'opportunity', name: `Gated ${serial}` })).body;
});

const stage = (name: string) => pipeline.stages.find((one) => one.name === name)?.id ?? '';
const setUp = async (name: string, body: object) =>
  expect((await admin.patch(`/pipelines/${pipeline.id}/stages/${stage(name)}`, body)).status).toBe(200);
const deal = (fields: object = {}) => crm.addOpportunity('rep', { stageId: stage('Discovery'), ...fields });
const move = (id: string, name: string, more: object = {}, headers: Record<string, string> = {}) =>
  rep.post<Opportunity & { code: string; detail: string }>(
    `/opportunities/${id}/stage`,
    { stageId: stage(name), ...more },
    headers,
  );
const code = ({ body }: { body: { code: string } }) => body.code;
const EUR = (amount: string) => ({ amount, currency: 'EUR' });

describe('a stage that asks for fields', () => {
  beforeEach(() => setUp('Proposal', { requiredFields: ['amount', 'nextStep', 'custom.budget'] }));

  it('names everything that is missing, and lets nothing of the move happen', async () => {
    const { id } = await deal({ nextStep: 'Call' });
    const before = await crm.rowCounts();
    const refused = await move(id, 'Proposal');
    expect([refused.status, code(refused), pointersOf(refused)]).toEqual([
      422,
      'stage_requirements',
      ['/fields/amount', '/fields/custom/budget'],
    ]);
    expect(refused.body.detail).toBe('Proposal asks for: amount, Budget holder.');
    expect(await crm.rowCounts()).toEqual(before);
  });

  it('takes them along with the move: all or nothing', async () => {
    const { id } = await deal();
    const fields = { amount: EUR('5'), nextStep: 'Call', custom: { budget: 'Kim' } };
    const wrong = await move(id, 'Proposal', { fields: { ...fields, amount: EUR('1.234') } });
    expect(pointersOf(wrong)).toEqual(['/fields/amount/amount']);
    expect(pointersOf(await move(id, 'Proposal', { fields: { colour: 'red' } }))).toEqual(['/fields/colour']);
    expect((await move(id, 'Proposal', { fields }, { 'If-Match': '"7"' })).status).toBe(412);
    expect((await rep.get<Opportunity>(`/opportunities/${id}`)).body.version).toBe(1);
    const moved = await move(id, 'Proposal', { fields }, { 'If-Match': '"1"' });
    expect(moved.body).toMatchObject({ stage: { name: 'Proposal' }, amount: EUR('5.00'), custom: { budget: 'Kim' } });
    expect((await move(id, 'Discovery')).status).toBe(200);
    expect((await move(id, 'Proposal')).status).toBe(200);
  });

  it('asks the same of a new record, and nothing of one that is in it', async () => {
    const refused = await rep.post('/opportunities', { name: 'A', stageId: stage('Proposal') });
    expect(pointersOf(refused)).toEqual(['/amount', '/custom/budget', '/nextStep']);
    const fields = { amount: EUR('5'), nextStep: 'Call', custom: { budget: 'Kim' } };
    const inside = await deal({ stageId: stage('Proposal'), ...fields });
    await rep.patch(`/opportunities/${inside.id}`, { nextStep: null });
    expect((await move(inside.id, 'Proposal')).status).toBe(200);
  });

  it('asks nobody for what their role does not show, nor for a field that is gone', async () => {
    await admin.patch(`/pipelines/${crm.pipelines.lead}/stages/${crm.stages.lead.Qualified}`, {
      requiredFields: ['email'],
    });
    const blind = await crm.withRole({ 'lead.read': 'all', 'lead.write': 'all' }, 'North', []);
    const lead = await crm.addLead('rep');
    const to = { stageId: crm.stages.lead.Qualified };
    expect(pointersOf(await rep.post(`/leads/${lead.id}/stage`, to))).toEqual(['/fields/email']);
    expect((await blind.post<Lead>(`/leads/${lead.id}/stage`, to)).status).toBe(200);
    await admin.patch(`/pipelines/${crm.pipelines.lead}/stages/${crm.stages.lead.Qualified}`, { requiredFields: [] });
  });

  it('asks before a win, too, on the board and by the button', async () => {
    await setUp('Won', { requiredFields: ['accountId'] });
    const { id } = await deal({ amount: EUR('5') });
    expect(pointersOf(await move(id, 'Won'))).toEqual(['/fields/accountId']);
    expect(pointersOf(await rep.post(`/opportunities/${id}/win`, {}))).toEqual(['/fields/accountId']);
    const account = await crm.addAccount('rep', { name: 'Acme' });
    const won = await rep.post<{ opportunity: Opportunity; sales: { account: { id: string } }[] }>(
      `/opportunities/${id}/win`,
      {
        fields: { accountId: account.id },
      },
    );
    expect([won.body.opportunity.stage.kind, won.body.sales[0]?.account.id]).toEqual(['won', account.id]);
  });
});

describe('a stage that limits where cards go', () => {
  it('lets them only there, and move within itself', async () => {
    await setUp('Discovery', { limitsNext: true, nextStageIds: [stage('Proposal'), stage('Lost')] });
    const { id } = await deal({ amount: EUR('5') });
    for (const [where, status] of [
      ['Negotiation', 409],
      ['Won', 409],
      ['Discovery', 200],
      ['Proposal', 200],
    ] as const) {
      expect((await move(id, where)).status, where).toBe(status);
    }
    const other = await deal();
    const refused = await move(other.id, 'Negotiation');
    expect([code(refused), refused.body.detail]).toEqual([
      'transition_not_allowed',
      'From Discovery cards go only to: Proposal, Lost.',
    ]);
    const elsewhere = await rep.post(`/opportunities/${other.id}/stage`, { stageId: crm.stages.opportunity.Proposal });
    expect(elsewhere.status).toBe(409);
    expect(
      (await rep.post(`/opportunities/${other.id}/win`, { lines: [{ product: null, amount: EUR('1') }] })).status,
    ).toBe(409);
  });
});

describe('losing', () => {
  const reason = async () =>
    (await rep.get<Page<LostReason>>('/lost-reasons?entity=opportunity')).body.items[0] ?? { id: '', label: '' };

  it('keeps reason and note while it is lost, asked for or not', async () => {
    const why = await reason();
    const { id } = await deal();
    const lost = await move(id, 'Lost', { lostReasonId: why.id, lostNote: 'Too dear' });
    expect(lost.body).toMatchObject({ lostReason: { id: why.id, name: why.label }, lostNote: 'Too dear' });
    const kept = await move(id, 'Lost');
    expect(kept.body).toMatchObject({ lostReason: { id: why.id }, lostNote: 'Too dear' });
    expect((await move(id, 'Lost', { lostNote: 'Much too dear' })).body.lostNote).toBe('Much too dear');
    expect((await move(id, 'Proposal')).body).toMatchObject({ lostReason: null, lostNote: null });
  });

  it('asks why where the pipeline wants to know', async () => {
    await admin.patch(`/pipelines/${pipeline.id}`, { asksLostReason: true });
    const { id } = await deal();
    const refused = await move(id, 'Lost');
    expect([refused.status, code(refused), pointersOf(refused)]).toEqual([
      422,
      'stage_requirements',
      ['/lostReasonId'],
    ]);
    expect((await move(id, 'Lost', { lostReasonId: (await reason()).id })).status).toBe(200);
    expect(pointersOf(await rep.post('/opportunities', { name: 'A', stageId: stage('Lost') }))).toEqual(['/stageId']);
  });

  it('takes only a reason that can be chosen, and only into a lost stage', async () => {
    const { id } = await deal();
    const leads = (await rep.get<Page<LostReason>>('/lost-reasons?entity=lead')).body.items[0]?.id;
    for (const lostReasonId of [NOBODY, leads])
      expect(pointersOf(await move(id, 'Lost', { lostReasonId }))).toEqual(['/lostReasonId']);
    const why = (await reason()).id;
    expect(pointersOf(await move(id, 'Proposal', { lostReasonId: why }))).toEqual(['/lostReasonId']);
    expect(pointersOf(await move(id, 'Proposal', { lostNote: 'x' }))).toEqual(['/lostNote']);
  });
});

describe('moves between pipelines', () => {
  it('take the record along, with its history', async () => {
    const { id } = await deal();
    const moved = await rep.post<Opportunity>(`/opportunities/${id}/stage`, {
      stageId: crm.stages.opportunity.Proposal,
    });
    expect([moved.status, moved.body.pipelineId]).toEqual([200, crm.pipelines.opportunity]);
    const { body } = await rep.get<{ items: StageEvent[] }>(`/opportunities/${id}/history`);
    expect(body.items.map(({ from, to }) => [from?.name, to.name])).toEqual([
      ['Discovery', 'Proposal'],
      [undefined, 'Discovery'],
    ]);
    expect((await rep.post(`/opportunities/${id}/stage`, { stageId: crm.stages.lead.New })).status).toBe(422);
  });
});

describe('many edits of one record at once', () => {
  it('are each done or told to look again, and the history has just those that were done', async () => {
    const lead = await crm.addLead('rep');
    const places = [crm.stages.lead.New, crm.stages.lead.Lost, crm.stages.lead.Qualified];
    let version = 1;
    const done: number[] = [];
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => {
          const headers = { 'If-Match': `"${version + (n % 5 === 0 ? 1 : 0)}"` };
          return n % 2 === 0
            ? rep.patch<Lead>(`/leads/${lead.id}`, { value: EUR(String(round * 1000 + n + 1)) }, headers)
            : rep.post<Lead>(`/leads/${lead.id}/stage`, { stageId: places[(round + n) % 3] }, headers);
        }),
      );
      for (const { status, body } of answers) {
        expect([200, 412]).toContain(status);
        if (status === 200) done.push(body.version);
      }
      version = (await rep.get<Lead>(`/leads/${lead.id}`)).body.version;
    }
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: version - 1 }, (_, n) => n + 2));
    const audit = await admin.get<Page<{ action: string }>>(`/audit?entity=lead&entityId=${lead.id}&limit=200`);
    expect(audit.body.items.filter(({ action }) => action !== 'lead.created')).toHaveLength(done.length);
    const events = await crm.database.executeSql(
      `select e.kind, e.to_stage_id::text as to, e.amount_base::float8 as value, e.at,
         lag(e.to_stage_id::text) over (order by e.at) as before, e.from_stage_id::text as from
       from stage_event e where record_id = '${lead.id}' order by e.at`,
    );
    const rows = events.rows as { to: string; before: string | null; from: string | null; value: number | null }[];
    for (const row of rows) expect(row.from).toBe(row.before);
    const now = (await rep.get<Lead>(`/leads/${lead.id}`)).body;
    expect([rows.at(-1)?.to, rows.at(-1)?.value ?? null]).toEqual([
      now.stage.id,
      now.value ? Number(now.value.amount) : null,
    ]);
  });
});
