import type { SqlRunner } from '../../../db/index.ts';
import type { AnalyticsEngine } from '../../engine.ts';
import { answerDimensionValues } from './dimension-values.ts';
import { answerRecords } from './records.ts';
import { answerTable } from './table.ts';

/** The reference engine: plain SQL on the facts themselves, always exact and never behind. */
export function createSqlEngine(runner: SqlRunner, timeZone: string): AnalyticsEngine {
  return {
    table: (question) => answerTable(runner, question, timeZone),
    records: (question) => answerRecords(runner, question, timeZone),
    dimensionValues: (scope) => answerDimensionValues(runner, scope, timeZone),
  };
}
