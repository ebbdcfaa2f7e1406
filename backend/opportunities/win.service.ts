import { type Actor, anyRecord, type Principal, recordAudit } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { WinRequest } from '../contracts/opportunities.ts';
import type { StageMove } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, notFound, ProblemError, stale } from '../http/index.ts';
import {
  checkWritable,
  decimalsProblem,
  moveCard,
  opportunityKind,
  type RecordJson,
  type RecordService,
} from '../pipeline/index.ts';
import { type BookingLine, bookSales, unbookSales } from '../sales/index.ts';
import { findWinnable, type WinnableOpportunity } from './opportunity.repository.ts';

export interface WinInput {
  id: string;
  version: number | null;
  request: WinRequest;
  /** where on the board it goes; left out: on top of the won stage */
  move?: StageMove;
}

/** What was sold: the lines given, else one line with the opportunity's amount. */
function linesOf(principal: Principal, opportunity: WinnableOpportunity, request: WinRequest): BookingLine[] {
  if (request.lines && request.lines.length > 0) {
    return request.lines.map((line, index) => {
      checkWritable(principal, 'sale', line, { isNew: true, below: `/lines/${index}` });
      checkLine(line, `/lines/${index}`);
      return {
        productId: line.product,
        quantity: line.quantity,
        amount: line.amount.amount,
        cost: line.cost?.amount ?? null,
        currency: line.amount.currency,
      };
    });
  }
  const { productId, amount, currency } = opportunity;
  if (amount === null) {
    const message = 'The opportunity has no amount yet. Enter one, or say what was sold when you mark it as won.';
    throw new ProblemError('invalid', message, { errors: [{ pointer: '/lines', message }] });
  }
  return [{ productId, quantity: '1', amount, cost: null, currency }];
}

function checkLine({ amount, cost }: NonNullable<WinRequest['lines']>[number], pointer: string): void {
  if (cost && cost.currency !== amount.currency) {
    throw invalid(`${pointer}/cost/currency`, 'must be the currency of the amount');
  }
  for (const [field, money] of Object.entries({ amount, cost })) {
    const problem = money && decimalsProblem(money);
    if (problem) throw invalid(`${pointer}/${field}/amount`, problem);
  }
}

/** Wins an opportunity, booking its sales, and takes that back; each in one transaction. */
export function createWinService(deps: Dependencies, opportunities: Pick<RecordService<never, never>, 'lock'>) {
  const { database, clock, config } = deps;

  return {
    /** @throws ProblemError 409 when it is won already, 403, 404, 412, 422 */
    win: (
      actor: Actor,
      { id, version, request, move }: WinInput,
    ): Promise<{ opportunity: RecordJson; saleIds: string[] }> =>
      database.transaction(async (tx) => {
        await opportunities.lock(tx, actor, id, version);
        const found = await findWinnable(tx.sql, id);
        if (!found) throw notFound('opportunity');
        if (found.stageKind === 'won') throw new ProblemError('conflict', 'This opportunity is won already.');
        const stageId = move?.stageId ?? found.wonStageId;
        if (!stageId)
          throw new ProblemError('conflict', 'The pipeline has no won stage; ask your administrator to add one.');
        const soldOn = request.closedOn ?? businessDay(clock(), config.timeZone);
        const saleIds = await bookSales(tx, actor, {
          opportunity: found,
          soldOn,
          lines: linesOf(actor.principal, found, request),
        });
        const moved = await moveCard(tx.sql, opportunityKind, anyRecord(actor.principal), actor, {
          id,
          move: move ?? { stageId },
          version: null,
          today: soldOn,
          allowWon: true,
        });
        if (!moved) throw stale('opportunity');
        await recordAudit(tx.sql, actor, {
          action: 'opportunity.won',
          entity: 'opportunity',
          entityId: id,
          after: { closedOn: soldOn, saleIds },
        });
        return { opportunity: moved, saleIds };
      }),

    /** Takes a win back: the sales leave the books, the card goes where it was dropped. */
    reopen: (
      actor: Actor,
      { id, version, move }: { id: string; version: number | null; move: StageMove },
    ): Promise<RecordJson> =>
      database.transaction(async (tx) => {
        await opportunities.lock(tx, actor, id, version);
        await unbookSales(tx, actor, id);
        const today = businessDay(clock(), config.timeZone);
        const moved = await moveCard(tx.sql, opportunityKind, anyRecord(actor.principal), actor, {
          id,
          move,
          version: null,
          today,
          allowWon: true,
        });
        if (!moved) throw stale('opportunity');
        await recordAudit(tx.sql, actor, { action: 'opportunity.reopened', entity: 'opportunity', entityId: id });
        return moved;
      }),
  };
}
