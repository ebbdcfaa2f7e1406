import type { SqlRunner } from '../../../db/index.ts';
import type { MeasureRow, Question } from '../../engine.ts';
import { type FactId, measureFacts, noMeasures } from '../../measures.ts';
import { factSource } from './facts.ts';
import { pipelineSeries } from './pipeline-series.ts';
import { MOST_CELLS, type PartialRow, tableStatement, tooManyCells } from './statement.ts';

/** Answers a question with one statement for each kind of fact it needs. @throws ProblemError beyond MOST_CELLS */
export async function answerTable(runner: SqlRunner, question: Question, timeZone: string): Promise<MeasureRow[]> {
  const facts = [...new Set(question.measures.map((measure): FactId => measureFacts[measure]))];
  const parts = await Promise.all(facts.map((fact) => answerFact(runner, fact, question, timeZone)));
  const cells = new Map<string, MeasureRow>();
  for (const { bucket, key, ...measures } of parts.flat()) {
    const id = JSON.stringify([bucket, key]);
    const cell = cells.get(id) ?? { bucket, key, measures: { ...noMeasures } };
    Object.assign(cell.measures, measures);
    cells.set(id, cell);
  }
  return [...cells.values()];
}

async function answerFact(
  runner: SqlRunner,
  fact: FactId,
  question: Question,
  timeZone: string,
): Promise<PartialRow[]> {
  const measures = question.measures.filter((measure) => measureFacts[measure] === fact);
  if (fact === 'pipeline' && question.grain !== null) {
    return pipelineSeries(runner, { ...question, grain: question.grain, measures }, timeZone);
  }
  const source = factSource(fact, question, timeZone);
  const rows = await runner.rows<PartialRow>(tableStatement(source, { ...question, measures }));
  if (rows.length > MOST_CELLS) throw tooManyCells();
  return rows;
}
