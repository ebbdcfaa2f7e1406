import { expect } from 'vitest';
import type { MeasureRow, Question } from '../../../../backend/analytics/engine.ts';
import { createSqlEngine } from '../../../../backend/analytics/engines/sql/index.ts';
import type { SharedEngine } from '../../../../backend/analytics/index.ts';
import { type MeasureId, measureFacts } from '../../../../backend/analytics/measures.ts';
import type { Database } from '../../../../backend/db/index.ts';
import { inOrder } from '../store/model.ts';
import { TODAY } from './installation.ts';

export const everyMeasure = Object.keys(measureFacts) as MeasureId[];

/** All there is, in one cell, but for what is said otherwise. */
export const question = (other: Partial<Question> = {}): Question => ({
  period: { from: '2000-01-01', to: '2099-12-31' },
  filters: {},
  scope: { kind: 'all' },
  today: TODAY,
  measures: everyMeasure,
  grain: null,
  by: null,
  byReach: null,
  ...other,
});

/** The number of sales, as whoever answers says. */
export async function salesSeen({ engine }: Pick<SharedEngine, 'engine'>): Promise<number> {
  const [row] = await engine.table(question({ measures: ['saleCount'] }));
  return Number(row?.measures.saleCount ?? '0');
}

/** Asks the copy and PostgreSQL: the answers are the same, and the copy gave its own. */
export async function expectSame(
  shared: SharedEngine,
  database: Database,
  asked: Question,
  timeZone = 'UTC',
): Promise<MeasureRow[]> {
  const before = shared.status().answers.columnar;
  const own = inOrder(await shared.engine.table(asked));
  expect(own).toEqual(inOrder(await createSqlEngine(database.sql, timeZone).table(asked)));
  expect(shared.status().answers.columnar).toBe(before + 1);
  return own;
}
