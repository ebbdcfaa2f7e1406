import { type Actor, anyRecord, EVERYTHING, type Principal, recordAudit, seesFields } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { StageMove } from '../contracts/moves.ts';
import type { WinChange, WinRequest } from '../contracts/opportunities.ts';
import { sql, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import { noteChange } from '../notify/index.ts';
import {
  changeBetween,
  checkWritable,
  decimalsProblem,
  findRecord,
  openGate,
  opportunityKind,
  placeCard,
  type RecordJson,
  type RecordService,
  updateRecord,
} from '../pipeline/index.ts';
import { type BookingLine, bookSales, costsBefore, unbookSales } from '../sales/index.ts';
import { amountOfSales, findBooked, findWinnable, type WinnableOpportunity } from './opportunity.repository.ts';

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

/**
 * Who says nothing of costs, or doesn't see them, wins with those that the same lines had before: a deal that is moved
 * out of its won stage and back is what it was.
 */
async function withCosts(
  tx: Tx,
  { principal }: Actor,
  id: string,
  request: WinRequest,
  lines: BookingLine[],
): Promise<BookingLine[]> {
  const isSaid = (request.lines ?? []).length > 0 && seesFields(principal, 'cost');
  if (isSaid) return lines;
  const costs = await costsBefore(tx.sql, id, lines);
  return lines.map((line, index) => ({ ...line, cost: costs[index] ?? null }));
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

/** Wins an opportunity, booking its sales, and takes that back. */
export interface WinService {
  /** @throws ProblemError 409 when it is won already, 403, 404, 412, 422 */
  winIn(tx: Tx, actor: Actor, input: WinInput): Promise<{ opportunity: RecordJson; saleIds: string[] }>;
  /**
   * Books other lines in place of those that are booked; the amount follows.
   *
   * @throws ProblemError 409 when it is not won, 403 also where lines have costs that the actor doesn't see, 404, 412, 422
   */
  changeIn(
    tx: Tx,
    actor: Actor,
    input: { id: string; version: number | null; change: WinChange },
  ): Promise<{ opportunity: RecordJson; saleIds: string[] }>;
  /** Takes a win back: the sales leave the books, the card goes where it was dropped. */
  reopenIn(tx: Tx, actor: Actor, input: { id: string; version: number | null; move: StageMove }): Promise<RecordJson>;
}

export function createWinService(
  deps: Dependencies,
  opportunities: Pick<RecordService<never, never>, 'lock' | 'updateIn'>,
): WinService {
  const { clock, config } = deps;

  async function place(tx: Tx, actor: Actor, id: string, move: StageMove, today: string): Promise<RecordJson> {
    const reach = anyRecord(actor.principal);
    const input = { id, move, version: null, today, isCleared: true };
    const moved = await placeCard(tx, deps.changes, opportunityKind, reach, actor, input);
    if (!moved) throw stale('opportunity');
    return moved;
  }

  return {
    async winIn(tx, actor, { id, version, request, move }) {
      await opportunities.lock(tx, actor, id, version);
      let found = await findWinnable(tx.sql, id);
      if (!found) throw notFound('opportunity');
      if (found.stageKind === 'won') throw new ProblemError('conflict', 'This opportunity is won already.');
      const stageId = move?.stageId ?? found.wonStageId;
      if (!stageId)
        throw new ProblemError('conflict', 'The pipeline has no won stage; ask your administrator to add one.');
      // On the board the move has passed the gate already.
      if (!move) {
        const { fields } = request;
        await openGate(tx, opportunityKind, opportunities, actor, { id, move: { stageId, fields } });
        if (fields) found = (await findWinnable(tx.sql, id)) ?? found;
      }
      const soldOn = request.closedOn ?? businessDay(clock(), config.timeZone);
      const lines = await withCosts(tx, actor, id, request, linesOf(actor.principal, found, request));
      const saleIds = await bookSales(tx, actor, { opportunity: found, soldOn, lines });
      await updateRecord(tx.sql, opportunityKind, actor, id, await amountOfSales(tx.sql, id, config.currency));
      const opportunity = await place(tx, actor, id, move ?? { stageId }, soldOn);
      await recordAudit(tx.sql, actor, {
        action: 'opportunity.won',
        entity: 'opportunity',
        entityId: id,
        after: { closedOn: soldOn, saleIds },
      });
      return { opportunity, saleIds };
    },

    async changeIn(tx, actor, { id, version, change }) {
      await opportunities.lock(tx, actor, id, version);
      const [found, booked] = [await findWinnable(tx.sql, id), await findBooked(tx.sql, id)];
      const before = await findRecord(tx.sql, opportunityKind, EVERYTHING, id);
      if (!found || !booked || !before) throw notFound('opportunity');
      if (!booked.isWon) throw new ProblemError('conflict', 'This opportunity is not won: nothing of it is booked.');
      if (booked.hasCost && !seesFields(actor.principal, 'cost'))
        throw forbidden('book sales anew whose costs it hides');
      const soldOn = change.closedOn ?? booked.closedOn ?? businessDay(clock(), config.timeZone);
      const lines = linesOf(actor.principal, found, change);
      await unbookSales(tx, actor, id);
      const saleIds = await bookSales(tx, actor, { opportunity: found, soldOn, lines });
      const amount = await amountOfSales(tx.sql, id, config.currency);
      await updateRecord(tx.sql, opportunityKind, actor, id, [...amount, ['closed_on', sql`${soldOn}::date`]]);
      const opportunity = await findRecord(tx.sql, opportunityKind, anyRecord(actor.principal), id);
      if (!opportunity) throw notFound('opportunity');
      await recordAudit(tx.sql, actor, {
        action: 'opportunity.win-changed',
        entity: 'opportunity',
        entityId: id,
        before: { closedOn: booked.closedOn },
        after: { closedOn: soldOn, saleIds },
      });
      const after = await findRecord(tx.sql, opportunityKind, EVERYTHING, id);
      if (!after) throw notFound('opportunity');
      await noteChange(tx, deps.changes, changeBetween(opportunityKind, actor, 'updated', before.json, after.json));
      return { opportunity, saleIds };
    },

    async reopenIn(tx, actor, { id, version, move }) {
      await opportunities.lock(tx, actor, id, version);
      await unbookSales(tx, actor, id);
      const moved = await place(tx, actor, id, move, businessDay(clock(), config.timeZone));
      await recordAudit(tx.sql, actor, { action: 'opportunity.reopened', entity: 'opportunity', entityId: id });
      return moved;
    },
  };
}
