import type { SqlRunner } from '../../../db/index.ts';
import type { AnalyticsEngine } from '../../engine.ts';
import { type MeasureId, measureFacts } from '../../measures.ts';
import { findDimensionKeys } from './dimension-keys.ts';
import { factSource } from './facts.ts';
import { answerRecords } from './records.ts';
import { answerTable } from './table.ts';

/** The reference engine: plain SQL on the facts themselves, always exact and never behind. */
export function createSqlEngine(runner: SqlRunner, timeZone: string): AnalyticsEngine {
  return {
    table: (question) => answerTable(runner, question, timeZone),
    records: (question) => answerRecords(runner, question, timeZone),
    dimensionKeys: (scope) => findDimensionKeys(runner, scope, timeZone),
  };
}

/** The expression that adds up a measure, for the docs. */
export function measureSql(measure: MeasureId): string {
  const period = { from: '2000-01-01', to: '2000-01-01' };
  const selection = { period, filters: {}, scope: { kind: 'all' }, today: period.to } as const;
  const expression = factSource(measureFacts[measure], selection, 'UTC').measures[measure];
  return expression?.text.replace(/\$\d+/g, '$1') ?? '';
}
