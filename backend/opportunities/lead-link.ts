import { type Actor, EVERYTHING, recordAudit, scopeOf } from '../access/index.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/index.ts';
import { noteChange } from '../notify/index.ts';
import { changeBetween, findRecord, opportunityKind, type RecordJson } from '../pipeline/index.ts';
import { adoptLead, forgetLead, lockOpportunity, takeLeadToSales } from './opportunity.repository.ts';

type Changes = Dependencies['changes'];

async function read(tx: Tx, id: string): Promise<RecordJson> {
  const found = await findRecord(tx.sql, opportunityKind, EVERYTHING, id);
  if (!found) throw notFound('opportunity');
  return found;
}

async function tell(tx: Tx, changes: Changes, actor: Actor, id: string, before: RecordJson): Promise<void> {
  const after = await read(tx, id);
  await recordAudit(tx.sql, actor, {
    action: 'opportunity.updated',
    entity: 'opportunity',
    entityId: id,
    before: JSON.parse(before.json),
    after: JSON.parse(after.json),
  });
  await noteChange(tx, changes, changeBetween(opportunityKind, actor, 'updated', before.json, after.json));
}

/**
 * An opportunity that was there before remembers the lead that became it, and so do the sales that are booked of it; one
 * that came from another lead keeps that. False when the actor may not change it.
 */
export async function linkLead(tx: Tx, changes: Changes, actor: Actor, id: string, leadId: string): Promise<boolean> {
  const scope = scopeOf(actor.principal, opportunityKind.write);
  if (!(await lockOpportunity(tx.sql, scope, id))) return false;
  const before = await read(tx, id);
  await adoptLead(tx.sql, id, leadId);
  for (const sale of await takeLeadToSales(tx.sql, id)) {
    await recordAudit(tx.sql, actor, {
      action: 'sale.corrected',
      entity: 'sale',
      entityId: sale,
      after: { opportunityId: id, leadId },
    });
  }
  await tell(tx, changes, actor, id, before);
  return true;
}

/** Takes `linkLead` back. The caller has locked the opportunity; nothing of it is booked. */
export async function unlinkLead(tx: Tx, changes: Changes, actor: Actor, id: string, leadId: string): Promise<void> {
  const before = await read(tx, id);
  await forgetLead(tx.sql, id, leadId);
  await tell(tx, changes, actor, id, before);
}
