import { isDeepStrictEqual } from 'node:util';
import { type Database, type SqlRunner, sql } from '../../../../db/index.ts';
import type { MeasureRow } from '../../../engine.ts';
import { createSqlEngine } from '../../sql/index.ts';
import type { Follower } from '../follow/contract.ts';
import { TooManyCells } from '../store/cells.ts';
import type { StoreQuestion } from '../store/contract.ts';

/** A cell that the copy and the database tell differently. */
export interface Difference {
  question: StoreQuestion;
  /** null: the one of them has no such cell */
  own: MeasureRow | null;
  reference: MeasureRow | null;
}

/**
 * The first cell of a question that the copy and PostgreSQL answer differently; null: there is none. Both answer for the
 * same state of the database, to which the copy is brought: a write in between is in neither.
 *
 * @throws Error when the copy isn't there, which tells nothing about it
 */
export function compareAnswers(
  follower: Follower,
  database: Database,
  timeZone: string,
  question: StoreQuestion,
): Promise<Difference | null> {
  const inOneSnapshot = (inside: (runner: SqlRunner) => Promise<Difference | null>): Promise<Difference | null> =>
    database.bulk(async (tx) => {
      await tx.sql.rows(sql`set transaction isolation level repeatable read, read only`);
      return inside(tx.sql);
    });
  return follower.compare(inOneSnapshot, question, async (runner, own) => {
    const reference = createSqlEngine(inSequence(runner), timeZone).table({ ...question, byReach: null });
    const [ours, theirs] = await Promise.allSettled([own, reference]);
    if (theirs.status === 'fulfilled') return firstDifference(question, await own, theirs.value);
    // More cells than either answers with can't be compared one by one.
    if (ours.status === 'rejected' && ours.reason instanceof TooManyCells) return null;
    throw theirs.reason;
  });
}

/** One connection takes one statement after the other; the engine asks for several at once. */
function inSequence(runner: SqlRunner): SqlRunner {
  let last: Promise<unknown> = Promise.resolve();
  const rows: SqlRunner['rows'] = (statement) => {
    const mine = last.then(() => runner.rows<never>(statement));
    last = mine.catch(() => {}); // whoever asked hears of it
    return mine;
  };
  return { rows, first: async (statement) => (await rows<never>(statement))[0] };
}

const idOf = ({ bucket, key }: MeasureRow): string => JSON.stringify([bucket, key]);
const byId = (rows: readonly MeasureRow[]) => new Map(rows.map((row) => [idOf(row), row]));

function firstDifference(
  question: StoreQuestion,
  own: readonly MeasureRow[],
  reference: readonly MeasureRow[],
): Difference | null {
  const [ours, theirs] = [byId(own), byId(reference)];
  for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
    const [a, b] = [ours.get(id) ?? null, theirs.get(id) ?? null];
    if (!isDeepStrictEqual(a, b)) return { question, own: a, reference: b };
  }
  return null;
}
