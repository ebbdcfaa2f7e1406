import { type Actor, recordAudit } from '../access/index.ts';
import type { Tx } from '../db/index.ts';
import { type FieldProblem, ProblemError } from '../http/index.ts';
import { deleteSalesOf, findObstacles, insertSales, type LineObstacle } from './booking.repository.ts';
import type { Booking } from './booking.ts';

/**
 * Books the sales of a won opportunity in the winning's own transaction, one row a line, and returns
 * their ids in the order of the lines. Owner, team, region, source and segment are copied as they are
 * on that day; a line's category is its product's, else the opportunity's.
 *
 * @throws ProblemError `invalid` when a product isn't known or a currency has no rate
 */
export async function bookSales(tx: Tx, actor: Actor, input: Booking): Promise<string[]> {
  const obstacles = await findObstacles(tx.sql, input.lines, input.soldOn);
  if (obstacles.length > 0) throw refusal(obstacles);
  const ids = await insertSales(tx.sql, input);
  for (const [index, id] of ids.entries()) {
    await recordAudit(tx.sql, actor, {
      action: 'sale.booked',
      entity: 'sale',
      entityId: id,
      after: { opportunityId: input.opportunity.id, soldOn: input.soldOn, ...input.lines[index] },
    });
  }
  return ids;
}

/** Undoes `bookSales`: the opportunity's sales leave every list and number. Harmless when there are none. */
export async function unbookSales(tx: Tx, actor: Actor, opportunityId: string): Promise<void> {
  for (const id of await deleteSalesOf(tx.sql, opportunityId)) {
    await recordAudit(tx.sql, actor, {
      action: 'sale.unbooked',
      entity: 'sale',
      entityId: id,
      before: { opportunityId },
    });
  }
}

function refusal(obstacles: readonly LineObstacle[]): ProblemError {
  const errors = obstacles.flatMap(({ line, currency, isProductUnknown, isRateUnknown }): FieldProblem[] => [
    ...(isProductUnknown ? [{ pointer: `/lines/${line}/product`, message: 'is not a product of the catalogue' }] : []),
    ...(isRateUnknown
      ? [
          {
            pointer: `/lines/${line}/amount/currency`,
            message: `has no exchange rate (${currency}); add one before booking in it`,
          },
        ]
      : []),
  ]);
  const [first] = errors;
  return new ProblemError(
    'invalid',
    errors.length === 1 && first
      ? `${first.pointer.slice(1)} ${first.message}.`
      : `${errors.length} problems keep the sale from being booked; each is listed in errors.`,
    { errors },
  );
}
