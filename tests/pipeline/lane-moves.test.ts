import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { Pipeline, StageEvent } from '../../backend/contracts/pipelines.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, pointersOf, startCrm } from '../support/crm.ts';

let crm: Crm;
let admin: CheckedClient;
let rep: CheckedClient;
beforeAll(async () => {
  crm = await startCrm();
  [admin, rep] = await Promise.all([crm.as('admin'), crm.as('rep')]);
});
afterAll(() => crm?.close());

const move = (by: CheckedClient, id: string, body: object, version?: number) =>
  by.post<Opportunity & { detail: string }>(
    `/opportunities/${id}/stage`,
    body,
    version ? { 'If-Match': `"${version}"` } : {},
  );
const read = async (id: string) => (await admin.get<Opportunity>(`/opportunities/${id}`)).body;

describe('a move into another lane of the board', () => {
  it('gives the record to somebody and moves it, both or neither', async () => {
    const { Proposal } = crm.stages.opportunity;
    const { id, version } = await crm.addOpportunity('rep');
    const fields = { ownerId: crm.company.users.colleague };
    expect((await move(admin, id, { stageId: Proposal, fields }, version + 7)).status).toBe(412);
    const moved = await move(admin, id, { stageId: Proposal, fields }, version);
    expect(moved.body).toMatchObject({
      stage: { id: Proposal },
      owner: { id: crm.company.users.colleague },
      team: { id: crm.company.teams.North },
    });
    const { items } = (await admin.get<{ items: StageEvent[] }>(`/opportunities/${id}/history`)).body;
    expect(items[0]).toMatchObject({ to: { id: Proposal } });
    // The version of the answer is the one that the way back needs.
    const back = { stageId: crm.stages.opportunity.Discovery, fields: { ownerId: crm.company.users.rep } };
    expect((await move(admin, id, back, moved.body.version)).body.owner?.id).toBe(crm.company.users.rep);
  });

  it('is refused as a whole when the person may not give it to that owner', async () => {
    const { id, version } = await crm.addOpportunity('rep');
    const before = await crm.rowCounts();
    const refused = await move(rep, id, {
      stageId: crm.stages.opportunity.Proposal,
      fields: { ownerId: crm.company.users.stranger },
    });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/fields/ownerId']]);
    expect(await read(id)).toMatchObject({ version, stage: { name: 'Discovery' }, owner: { name: 'Rolf Rep' } });
    expect(await crm.rowCounts()).toEqual(before);
  });

  it('is refused as a whole when the stage asks for something', async () => {
    const { body: pipeline } = await admin.post<Pipeline>('/pipelines', { entity: 'opportunity', name: 'Asking' });
    const [first, second] = pipeline.stages;
    await admin.patch(`/pipelines/${pipeline.id}/stages/${second?.id}`, { requiredFields: ['nextStep'] });
    const { id } = await crm.addOpportunity('rep', { stageId: first?.id });
    const refused = await move(rep, id, { stageId: second?.id, fields: { segment: 'Enterprise' } });
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/fields/nextStep']]);
    expect((await read(id)).segment).toBeNull();
    const fields = { segment: 'Enterprise', nextStep: 'Call' };
    const { body } = await move(rep, id, { stageId: second?.id, fields });
    expect(body).toMatchObject({ segment: 'Enterprise', nextStep: 'Call', stage: { id: second?.id } });
  });

  it('changes the lane alone, within the stage', async () => {
    const { id, stage, stageSince } = await crm.addOpportunity('rep', { segment: 'Enterprise' });
    const { body } = await move(rep, id, { stageId: stage.id, fields: { segment: null } });
    expect(body).toMatchObject({ segment: null, stage: { id: stage.id }, stageSince });
  });
});
