import { type Actor, recordAudit } from '../access/index.ts';
import type { OpportunityUpdate } from '../contracts/opportunities.ts';
import type { Tx } from '../db/index.ts';
import { invalid, ProblemError } from '../http/index.ts';
import { correctSales, findBooked, rebookAmount } from './opportunity.repository.ts';

const CARRIED = ['accountId', 'source', 'segment', 'campaign'] as const;

/**
 * Keeps the books in step with a won opportunity that has just been changed: another amount is booked for its one line,
 * and what is put right about where it came from reaches its sales. Nothing happens to others.
 *
 * @throws ProblemError when the amount is taken away, or is the sum of several lines
 */
export async function keepBooks(tx: Tx, actor: Actor, id: string, input: OpportunityUpdate): Promise<void> {
  const isCarried = CARRIED.some((field) => input[field] !== undefined);
  if (input.amount === undefined && !isCarried) return;
  const booked = await findBooked(tx.sql, id);
  if (!booked?.isWon || booked.lines === 0) return;
  const changed = new Set<string>();
  // Nothing else of the opportunity is booked, nor does everybody who sees the sale see it.
  const said = [...CARRIED, 'amount' as const].filter((field) => input[field] !== undefined);
  const told = Object.fromEntries(said.map((field) => [field, input[field]]));
  if (input.amount !== undefined) changed.add(await bookAmount(tx, id, input.amount, booked));
  if (isCarried) for (const sale of await correctSales(tx.sql, id)) changed.add(sale);
  for (const sale of changed) {
    await recordAudit(tx.sql, actor, {
      action: 'sale.corrected',
      entity: 'sale',
      entityId: sale,
      after: { opportunityId: id, ...told },
    });
  }
}

async function bookAmount(
  tx: Tx,
  id: string,
  amount: NonNullable<OpportunityUpdate['amount']> | null,
  { lines, currency, hasCost }: { lines: number; currency: string | null; hasCost: boolean },
): Promise<string> {
  if (amount === null) throw invalid('/amount', 'can’t be empty while the opportunity is won');
  if (lines > 1) {
    throw new ProblemError(
      'conflict',
      'The amount is the sum of what was sold. Change the lines that are booked instead.',
      {
        errors: [{ pointer: '/amount', message: 'is the sum of several lines' }],
      },
    );
  }
  if (hasCost && amount.currency !== currency) {
    throw invalid('/amount/currency', `must stay ${currency}: the costs of the sale are booked in it`);
  }
  const sale = await rebookAmount(tx.sql, id, amount);
  if (sale === undefined) throw invalid('/amount/currency', 'has no exchange rate on the day of the sale');
  return sale;
}
