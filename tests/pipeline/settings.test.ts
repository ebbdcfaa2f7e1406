import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../backend/contracts/common.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { LostReason, PipelineUsage } from '../../backend/contracts/pipeline-settings.ts';
import type { Pipeline, StageEvent } from '../../backend/contracts/pipelines.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;
let serial = 0;
let pipeline: Pipeline;

beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
});
afterAll(() => crm?.close());
beforeEach(async () => {
  serial += 1;
  pipeline = (await admin.post<Pipeline>('/pipelines', { entity: 'opportunity', name: `Pipeline ${serial}` })).body;
});

const named = ({ stages }: Pipeline, name: string) => {
  const stage = stages.find((one) => one.name === name);
  if (!stage) throw new Error(`no stage ${name}`);
  return stage;
};
const names = ({ stages }: Pipeline) => stages.filter(({ archivedAt }) => archivedAt === null).map(({ name }) => name);
const path = () => `/pipelines/${pipeline.id}`;
const stagePath = (name: string) => `${path()}/stages/${named(pipeline, name).id}`;
const deal = (stage: string) =>
  crm.addOpportunity('rep', { amount: { amount: '10', currency: 'EUR' }, stageId: named(pipeline, stage).id });
const listed = async (query = '') =>
  (await rep.get<Page<Pipeline>>(`/pipelines?entity=opportunity${query}`)).body.items.find(
    ({ id }) => id === pipeline.id,
  );

describe('a pipeline', () => {
  it('starts with the usual stages, or with its own', async () => {
    expect(names(pipeline)).toEqual(['Discovery', 'Proposal', 'Negotiation', 'Won', 'Lost']);
    const own = await admin.post<Pipeline>('/pipelines', {
      entity: 'lead',
      name: 'Partners',
      asksLostReason: true,
      stages: [
        { name: 'Asked', requiredFields: ['email'], wipLimit: 5, rottingDays: 14, colour: 'blue' },
        { name: 'Agreed', kind: 'won', probability: 0.3 },
      ],
    });
    expect([own.status, own.etag, own.body.asksLostReason]).toEqual([201, '"1"', true]);
    expect(own.body.stages).toMatchObject([
      { name: 'Asked', kind: 'open', requiredFields: ['email'], wipLimit: 5, rottingDays: 14, colour: 'blue' },
      { name: 'Agreed', kind: 'won', probability: 1 },
    ]);
  });

  it('is refused without somewhere to start and to succeed, and under a name that is taken', async () => {
    const make = async (more: object) => {
      const answer = await admin.post('/pipelines', { entity: 'lead', name: `New ${serial}`, ...more });
      return [answer.status, ...pointersOf(answer)];
    };
    const [open, won] = [{ name: 'A' }, { name: 'B', kind: 'won' }];
    expect(await make({ stages: [open, { name: 'C' }] })).toEqual([409, '/stages']);
    expect(await make({ stages: [won, { name: 'C', kind: 'lost' }] })).toEqual([409, '/stages']);
    expect(await make({ stages: [open, won, open] })).toEqual([409, '/stages']);
    expect(await make({ stages: [{ ...open, requiredFields: ['colour', 'custom.nothing'] }, won] })).toEqual([
      422,
      '/stages/0/requiredFields/0',
      '/stages/0/requiredFields/1',
    ]);
    expect(await make({ name: 'Leads' })).toEqual([409, '/name']);
  });

  it('is renamed at the version that was read, once at a time', async () => {
    const rename = (name: string, version: number) =>
      admin.patch<Pipeline>(path(), { name }, { 'If-Match': `"${version}"` });
    const answers = await Promise.all([rename(`A ${serial}`, 1), rename(`B ${serial}`, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await rename(`C ${serial}`, 2)).body).toMatchObject({ name: `C ${serial}`, version: 3 });
  });

  it('becomes the default in place of another one, where new records start', async () => {
    expect((await admin.patch<Pipeline>(path(), { isDefault: true })).body.isDefault).toBe(true);
    expect((await crm.addOpportunity('rep')).pipelineId).toBe(pipeline.id);
    await admin.patch(`/pipelines/${crm.pipelines.opportunity}`, { isDefault: true });
    expect((await listed())?.isDefault).toBe(false);
  });

  it('is archived with its open records moved; won and lost ones stay; and comes back', async () => {
    const [open, lost, won] = [await deal('Proposal'), await deal('Lost'), await deal('Discovery')];
    await rep.post(`/opportunities/${won.id}/win`, {});
    expect(pointersOf(await admin.post(`${path()}/archive`, {}))).toEqual(['/moveTo']);
    const target = crm.stages.opportunity.Negotiation;
    expect(pointersOf(await admin.post(`${path()}/archive`, { moveTo: crm.stages.opportunity.Won }))).toEqual([
      '/moveTo',
    ]);
    expect((await admin.post<Pipeline>(`${path()}/archive`, { moveTo: target })).body.archivedAt).not.toBeNull();
    const stageOf = async (id: string) => (await rep.get<Opportunity>(`/opportunities/${id}`)).body.stage.name;
    expect([await stageOf(open.id), await stageOf(lost.id), await stageOf(won.id)]).toEqual([
      'Negotiation',
      'Lost',
      'Won',
    ]);
    expect(await listed()).toBeUndefined();
    expect(await listed('&archived=true')).toBeDefined();
    const refused = await rep.post('/opportunities', { name: 'A', stageId: named(pipeline, 'Discovery').id });
    expect(pointersOf(refused)).toEqual(['/stageId']);
    await admin.post(`${path()}/restore`, {});
    expect(await listed()).toBeDefined();
  });

  it('stays while it is the default', async () => {
    expect((await admin.post(`/pipelines/${crm.pipelines.opportunity}/archive`, {})).status).toBe(409);
  });
});

describe('a stage', () => {
  it('is added behind the last one of its kind and put in order', async () => {
    const added = await admin.post<Pipeline>(`${path()}/stages`, { name: 'Trial', probability: 0.6 });
    expect([added.status, names(added.body)]).toEqual([
      201,
      ['Discovery', 'Proposal', 'Negotiation', 'Trial', 'Won', 'Lost'],
    ]);
    const ids = added.body.stages.map(({ id }) => id).reverse();
    const ordered = await admin.put<Pipeline>(`${path()}/stages`, { stageIds: ids });
    expect(names(ordered.body)).toEqual(['Lost', 'Won', 'Trial', 'Negotiation', 'Proposal', 'Discovery']);
    for (const stageIds of [ids.slice(1), [...ids.slice(1), ids[1]], [...ids, crm.stages.opportunity.Won]]) {
      expect((await admin.put(`${path()}/stages`, { stageIds })).status).toBe(422);
    }
  });

  it('keeps what is not said, its sure probability, and ways only to its neighbours', async () => {
    await admin.patch(stagePath('Proposal'), { wipLimit: 3, colour: 'teal', requiredFields: ['amount'] });
    const next = [named(pipeline, 'Won').id];
    const { body } = await admin.patch<Pipeline>(stagePath('Proposal'), { limitsNext: true, nextStageIds: next });
    expect(named(body, 'Proposal')).toMatchObject({
      ...{
        wipLimit: 3,
        colour: 'teal',
        requiredFields: ['amount'],
        limitsNext: true,
        nextStageIds: next,
        probability: 0.5,
      },
    });
    const won = await admin.patch<Pipeline>(stagePath('Won'), { probability: 0.2 });
    expect(named(won.body, 'Won').probability).toBe(1);
    for (const id of [crm.stages.opportunity.Won, named(pipeline, 'Proposal').id]) {
      expect(pointersOf(await admin.patch(stagePath('Proposal'), { nextStageIds: [id] }))).toEqual(['/nextStageIds/0']);
    }
  });

  it('keeps its kind while records stand in it', async () => {
    await deal('Proposal');
    expect((await admin.patch(stagePath('Proposal'), { kind: 'lost' })).status).toBe(409);
    expect((await admin.patch(stagePath('Negotiation'), { kind: 'lost' })).status).toBe(200);
    expect(pointersOf(await admin.patch(stagePath('Won'), { kind: 'open' }))).toEqual(['/kind']);
  });

  it('is archived with its records moved into one of the same kind, in their order, with their history', async () => {
    const [first, second, gone] = [await deal('Proposal'), await deal('Proposal'), await deal('Proposal')];
    await (await crm.as('manager')).delete(`/opportunities/${gone.id}`);
    const usage = (await admin.get<PipelineUsage>(`${path()}/usage`)).body.stages;
    expect(usage.find(({ id }) => id === named(pipeline, 'Proposal').id)?.records).toBe(2);
    for (const moveTo of [undefined, named(pipeline, 'Won').id, crm.stages.opportunity.Discovery]) {
      expect(pointersOf(await admin.post(`${stagePath('Proposal')}/archive`, { moveTo }))).toEqual(['/moveTo']);
    }
    const moveTo = named(pipeline, 'Negotiation').id;
    await admin.patch(stagePath('Discovery'), {
      limitsNext: true,
      nextStageIds: [named(pipeline, 'Proposal').id, moveTo],
    });
    const archived = await admin.post<Pipeline>(`${stagePath('Proposal')}/archive`, { moveTo });
    expect(names(archived.body)).toEqual(['Discovery', 'Negotiation', 'Won', 'Lost']);
    expect(named(archived.body, 'Discovery').nextStageIds).toEqual([moveTo]);
    const positions = await Promise.all(
      [second, first].map(async ({ id }) => (await rep.get<Opportunity>(`/opportunities/${id}`)).body.position),
    );
    expect(positions[0]).toBeLessThan(positions[1] ?? 0);
    const history = await rep.get<{ items: StageEvent[] }>(`/opportunities/${first.id}/history`);
    expect(history.body.items.map(({ to }) => to.name)).toEqual(['Negotiation', 'Proposal']);
    const refused = await rep.post(`/opportunities/${first.id}/stage`, { stageId: named(pipeline, 'Proposal').id });
    expect(pointersOf(refused)).toEqual(['/stageId']);
    const back = await admin.post<Pipeline>(`${stagePath('Proposal')}/restore`, {});
    expect(names(back.body)).toEqual(['Discovery', 'Negotiation', 'Won', 'Lost', 'Proposal']);
  });

  it('is not archived where it is the last open or won one', async () => {
    expect((await admin.post(`${stagePath('Won')}/archive`, {})).status).toBe(409);
    await admin.post(`${stagePath('Proposal')}/archive`, {});
    await admin.post(`${stagePath('Negotiation')}/archive`, {});
    expect((await admin.post(`${stagePath('Discovery')}/archive`, {})).status).toBe(409);
  });
});

describe('reasons for losing', () => {
  const reasons = async (query = '') =>
    (await rep.get<Page<LostReason>>(`/lost-reasons?entity=opportunity${query}`)).body.items.map(({ label }) => label);

  it('are there to begin with, and are added, reworded, ordered and archived', async () => {
    const start = await reasons();
    expect(start).toContain('Price');
    const added = await admin.post<LostReason>('/lost-reasons', { entity: 'opportunity', label: 'Merger' });
    expect(await reasons()).toEqual([...start, 'Merger']);
    expect(pointersOf(await admin.post('/lost-reasons', { entity: 'opportunity', label: 'Merger' }))).toEqual([
      '/label',
    ]);
    await admin.patch(`/lost-reasons/${added.body.id}`, { label: 'Was bought' });
    const all = (await admin.get<Page<LostReason>>('/lost-reasons?entity=opportunity')).body.items;
    const ids = all.map(({ id }) => id).reverse();
    expect((await admin.put<Page<LostReason>>('/lost-reasons', { entity: 'opportunity', ids })).status).toBe(200);
    expect(await reasons()).toEqual(['Was bought', ...[...start].reverse()]);
    expect((await admin.put('/lost-reasons', { entity: 'opportunity', ids: ids.slice(1) })).status).toBe(422);
    await admin.patch(`/lost-reasons/${added.body.id}`, { isArchived: true });
    expect(await reasons()).not.toContain('Was bought');
    expect(await reasons('&archived=true')).toContain('Was bought');
  });
});
