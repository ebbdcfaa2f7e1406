import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

interface Entry {
  action: string;
  entity: string;
  entityId: string;
  actorId: string;
  actorKind: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

let crm: Crm;
let manager: CheckedClient;
let serial = 0;

beforeAll(async () => {
  crm = await startCrm();
  manager = await crm.as('manager');
});
afterAll(() => crm?.close());

/** Does something under a request id of its own and answers the audit rows it left. */
async function audited(
  act: (headers: Record<string, string>) => Promise<{ status: number }>,
  status: number,
): Promise<Entry[]> {
  serial += 1;
  const requestId = `audit-request-${serial}`;
  expect((await act({ 'X-Request-Id': requestId })).status).toBe(status);
  const entries = await crm.database.sql.rows<Entry>(sql`
    select action, entity, entity_id as "entityId", actor_id::text as "actorId", actor_kind as "actorKind", before, after
    from audit_entry where request_id = ${requestId} order by id`);
  for (const { actorId, actorKind } of entries)
    expect([actorId, actorKind]).toEqual([crm.company.users.manager, 'user']);
  return entries;
}
const actions = (entries: readonly Entry[]) => entries.map(({ action }) => action).sort();

describe('the audit', () => {
  it.each(['leads', 'opportunities', 'accounts', 'contacts'])(
    'has one row for each change of %s: who, what, before, after',
    async (path) => {
      const entity = { leads: 'lead', opportunities: 'opportunity', accounts: 'account', contacts: 'contact' }[path];
      let made: Record<string, unknown> = {};
      const created = await audited(async (headers) => {
        const answer = await manager.post<Record<string, unknown>>(`/${path}`, { name: 'Before' }, headers);
        made = answer.body;
        return answer;
      }, 201);
      expect(created).toMatchObject([
        { action: `${entity}.created`, entity, entityId: made.id, before: null, after: made },
      ]);
      let changed: Record<string, unknown> = {};
      const updated = await audited(async (headers) => {
        const answer = await manager.patch<Record<string, unknown>>(`/${path}/${made.id}`, { name: 'After' }, headers);
        changed = answer.body;
        return answer;
      }, 200);
      expect(updated).toMatchObject([{ action: `${entity}.updated`, entityId: made.id, before: made, after: changed }]);
      const deleted = await audited((headers) => manager.delete(`/${path}/${made.id}`, headers), 204);
      expect(deleted).toMatchObject([{ action: `${entity}.deleted`, entityId: made.id, before: changed, after: null }]);
    },
  );

  it('tells of moves where from and where to', async () => {
    const lead = await crm.addLead('rep');
    const { New, Qualified } = crm.stages.lead;
    const move = (headers: Record<string, string>) =>
      manager.post(`/leads/${lead.id}/stage`, { stageId: Qualified }, headers);
    expect(await audited(move, 200)).toMatchObject([
      { action: 'lead.moved', entityId: lead.id, before: { stageId: New }, after: { stageId: Qualified } },
    ]);
  });

  it('tells of everything a win, its undoing and a conversion did', async () => {
    const deal = await crm.addOpportunity('rep', { amount: { amount: '5', currency: 'EUR' } });
    const won = await audited(
      (headers) => manager.post<Opportunity>(`/opportunities/${deal.id}/win`, {}, headers),
      200,
    );
    expect(actions(won)).toEqual(['opportunity.moved', 'opportunity.won', 'sale.booked']);
    const stageId = crm.stages.opportunity.Proposal;
    const back = await audited((headers) => manager.post(`/opportunities/${deal.id}/stage`, { stageId }, headers), 200);
    expect(actions(back)).toEqual(['opportunity.moved', 'opportunity.reopened', 'sale.unbooked']);
    const lead = await crm.addLead('rep', { company: 'Audited' });
    const body = { opportunity: { name: 'A' } };
    const converted = await audited((headers) => manager.post<Lead>(`/leads/${lead.id}/convert`, body, headers), 200);
    expect(actions(converted)).toEqual([
      'account.created',
      'contact.created',
      'lead.converted',
      'lead.moved',
      'opportunity.created',
    ]);
  });

  it('tells of tasks and activities', async () => {
    const lead = await crm.addLead('rep');
    const task = (headers: Record<string, string>) => manager.post(`/leads/${lead.id}/tasks`, { title: 'A' }, headers);
    expect(actions(await audited(task, 201))).toEqual(['task.created']);
    const note = (headers: Record<string, string>) =>
      manager.post(`/leads/${lead.id}/activities`, { type: 'note', subject: 'A' }, headers);
    expect(actions(await audited(note, 201))).toEqual(['activity.logged']);
  });

  it('has nothing of what was refused or changed nothing', async () => {
    const lead = await crm.addLead('rep');
    expect(await audited((headers) => manager.patch(`/leads/${lead.id}`, {}, headers), 200)).toEqual([]);
    expect(
      await audited(
        (headers) => manager.patch(`/leads/${lead.id}`, { name: 'B' }, { ...headers, 'If-Match': '"9"' }),
        412,
      ),
    ).toEqual([]);
    expect(await audited((headers) => manager.patch(`/leads/${lead.id}`, { name: '' }, headers), 422)).toEqual([]);
    expect(
      await audited(
        (headers) => manager.post(`/leads/${lead.id}/stage`, { stageId: crm.stages.opportunity.Won }, headers),
        422,
      ),
    ).toEqual([]);
  });
});
