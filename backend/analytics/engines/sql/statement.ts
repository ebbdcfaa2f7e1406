import { join, raw, type Sql, sql } from '../../../db/index.ts';
import { invalid, type ProblemError } from '../../../http/index.ts';
import type { Question } from '../../engine.ts';
import type { Measures } from '../../measures.ts';
import { bucketSql, keyOf } from './conditions.ts';
import type { FactSource } from './facts.ts';

/** Part of a cell: what one statement found. */
export type PartialRow = { bucket: string | null; key: string | null } & Partial<Measures>;

/** So many cells are held for one answer at most: a chart shows some hundred of them. */
export const MOST_CELLS = 200_000;
export const tooManyCells = (): ProblemError =>
  invalid(
    '/query/grain',
    `gives more than ${MOST_CELLS} figures; choose a coarser grain, a shorter period or a filter`,
  );

/** The statement that adds up one kind of fact; one row beyond MOST_CELLS tells that there are too many. */
export function tableStatement(
  { from, where, columns, day, measures }: FactSource,
  { measures: wanted, grain, by, byReach }: Pick<Question, 'measures' | 'grain' | 'by' | 'byReach'>,
): Sql {
  const values = wanted.map((id) => {
    const expression = measures[id];
    if (!expression) throw new Error(`this fact has no measure ${id}`);
    // Through numeric, because that is how a float8 (the median) is written without an exponent.
    return sql`(${expression})::numeric::text as ${raw(`"${id}"`)}`;
  });
  return sql`
    select ${bucketSql(grain, day)} as bucket, ${keyOf(by, columns, byReach)} as key, ${join(values)}
    from ${from}
    where ${where}
    group by 1, 2
    limit ${raw(String(MOST_CELLS + 1))}`;
}
