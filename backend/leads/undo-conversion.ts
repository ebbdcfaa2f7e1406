import { type Actor, anyRecord, type Permission, type Principal, recordAudit } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { ConversionPart, ConversionState } from '../contracts/opportunities.ts';
import type { SqlRunner, Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError, stale } from '../http/index.ts';
import { leadKind, placeCard, type RecordJson } from '../pipeline/index.ts';
import {
  bringHome,
  findPastConversion,
  lockCustomers,
  markUndone,
  type PastConversion,
} from './conversion.repository.ts';
import type { ConversionServices } from './conversion.service.ts';

const WON =
  'The opportunity that came of it is won and its sales are booked. Move it out of its won stage first, then undo the conversion.';

const notConverted = (): ProblemError => new ProblemError('conflict', 'This lead is not converted.');

/**
 * Whoever may take a conversion back may take with it what nothing but the conversion has made: that asks for no right
 * to delete. It can be restored like anything else that is deleted.
 */
function withRemoval(actor: Actor): Actor {
  const removals: Permission[] = ['opportunity.delete', 'contact.delete', 'account.delete'];
  const read: Permission[] = ['opportunity.read', 'contact.read', 'account.read'];
  const all = Object.fromEntries([...removals, ...read].map((permission) => [permission, 'all'] as const));
  const principal: Principal = { ...actor.principal, permissions: { ...actor.principal.permissions, ...all } };
  return { ...actor, principal };
}

/** Takes conversions back. */
export function createUndo(deps: Dependencies, services: ConversionServices) {
  const { clock, config } = deps;

  async function past(runner: SqlRunner, principal: Principal, id: string): Promise<PastConversion> {
    const conversion = await findPastConversion(runner, principal, id);
    if (!conversion) throw notConverted();
    return conversion;
  }

  return {
    /** What undoing would do now. @throws ProblemError 404, 409 when the lead is not converted */
    async state(principal: Principal, id: string): Promise<ConversionState> {
      await services.leads.get(principal, id);
      const { convertedAt, convertedBy, isWon, parts } = await past(deps.database.sql, principal, id);
      return { convertedAt, convertedBy, obstacle: isWon ? WON : null, parts };
    },

    /**
     * The lead goes back to where it was, with all that has been noted since; the opportunity is deleted, and account
     * and contact with it where the conversion made them and nobody has used them since.
     *
     * @throws ProblemError 403, 404, 409 when it is not converted or its opportunity is won, 412
     */
    async undoIn(
      tx: Tx,
      actor: Actor,
      id: string,
      version: number | null,
    ): Promise<{ lead: RecordJson; parts: ConversionPart[] }> {
      await services.leads.lock(tx, actor, id, version);
      const found = await past(tx.sql, actor.principal, id);
      const { opportunity } = found;
      if (opportunity) await services.opportunities.lock(tx, actor, opportunity.id, null);
      await lockCustomers(tx.sql, found.parts);
      const { isWon, parts, backToStageId } = await past(tx.sql, actor.principal, id);
      if (isWon) throw new ProblemError('conflict', WON);
      await markUndone(tx.sql, id, actor.principal.userId);
      if (opportunity?.isNew) await bringHome(tx.sql, opportunity.id, id);
      else if (opportunity) await services.opportunities.forgetLead(tx, actor, opportunity.id, id);
      const remover = withRemoval(actor);
      for (const part of parts) {
        if (part.outcome !== 'deleted') continue;
        const service = { opportunity: services.opportunities, contact: services.contacts, account: services.accounts };
        await service[part.entity].removeIn(tx, remover, part.id, null);
      }
      const lead = await placeCard(tx, deps.changes, leadKind, anyRecord(actor.principal), actor, {
        id,
        move: { stageId: backToStageId },
        version: null,
        today: businessDay(clock(), config.timeZone),
        isCleared: true,
      });
      if (!lead) throw stale('lead');
      await recordAudit(tx.sql, actor, {
        action: 'lead.conversion-undone',
        entity: 'lead',
        entityId: id,
        after: {
          parts: parts.map(({ entity, id: partId, outcome, reason }) => ({ entity, id: partId, outcome, reason })),
        },
      });
      return { lead, parts };
    },
  };
}
