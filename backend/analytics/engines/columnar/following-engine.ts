import { readCustomDimension } from '../../custom-dimension.ts';
import type { AnalyticsEngine, DimensionKeys, MeasureRow, Question } from '../../engine.ts';
import { type FactId, type MeasureId, measureFacts } from '../../measures.ts';
import { tooManyCells } from '../sql/statement.ts';
import { type AnswerCache, createAnswerCache } from './answer-cache.ts';
import type { Follower } from './follow/contract.ts';
import { TooManyCells } from './store/cells.ts';
import type { StoreQuestion } from './store/contract.ts';

const KEPT_ANSWERS = 200;
/** So long a question waits for what was committed just now; then PostgreSQL answers. */
const PATIENCE_MS = 1_500;

/** Counts who answered. */
export type OnAnswer = (engine: 'columnar' | 'sql') => void;

/**
 * Answers from the copy of the facts what it can answer, with all that was committed before the question came; the rest,
 * and everything while the copy is not to be had, is `reference`'s.
 */
export function createFollowingEngine(
  follower: Pick<Follower, 'state' | 'version' | 'pipelineVersion' | 'fresh' | 'ask'>,
  reference: AnalyticsEngine,
  onAnswer: OnAnswer,
): AnalyticsEngine {
  const cache = createAnswerCache<MeasureRow[]>(KEPT_ANSWERS);
  const pastPipelines = createAnswerCache<MeasureRow[]>(KEPT_ANSWERS);
  const dimensionKeys = createAnswerCache<DimensionKeys>(KEPT_ANSWERS);

  /** PostgreSQL's answer, which stands until something happens that may change it. */
  async function standing<Answer>(
    kept: AnswerCache<Answer>,
    version: () => number,
    question: unknown,
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    if (follower.state.kind !== 'ready') return answer();
    try {
      await patiently(follower.fresh());
    } catch {
      return answer(); // nobody knows whether what is kept still stands
    }
    return kept.get(version(), JSON.stringify(question), answer);
  }

  async function own(question: StoreQuestion): Promise<MeasureRow[] | null> {
    if (follower.state.kind !== 'ready') return null;
    try {
      await patiently(follower.fresh());
      return await cache.get(follower.version, JSON.stringify(question), () => follower.ask(question));
    } catch (error) {
      // PostgreSQL would say the same, after much more work.
      if (error instanceof TooManyCells) throw tooManyCells();
      return null; // the follower says why; PostgreSQL has the answer
    }
  }

  return {
    async table(question) {
      const measures = question.measures.filter((measure) => isKept(measureFacts[measure], question));
      const answer = measures.length > 0 ? await own(storeQuestion(question, measures)) : null;
      onAnswer(answer === null ? 'sql' : 'columnar');
      const others = question.measures.filter((measure) => !measures.includes(measure));
      const isPastPipeline = others.every((measure) => measureFacts[measure] === 'pipeline') && isOfNoField(question);
      const asked = { ...question, measures: answer === null ? question.measures : others };
      if (answer !== null && others.length === 0) return answer.map(copyOf);
      if (!isPastPipeline || (answer === null && measures.length > 0)) {
        const rest = await reference.table(asked);
        return answer === null ? rest : joined(answer, rest, others);
      }
      const past = await standing(
        pastPipelines,
        () => follower.pipelineVersion,
        asked,
        () => reference.table(asked),
      );
      return joined(answer ?? [], past, others);
    },
    records: (question) => reference.records(question),
    dimensionKeys: (scope) =>
      standing(
        dimensionKeys,
        () => follower.version,
        scope,
        () => reference.dimensionKeys(scope),
      ),
  };
}

const isOfNoField = ({ custom = [], by }: Question): boolean =>
  custom.length === 0 && (by === null || readCustomDimension(by) === null);

/** What the copy can tell: nothing of custom fields, and the pipeline only as it is now. */
function isKept(fact: FactId, question: Question): boolean {
  const { grain, period, today } = question;
  if (!isOfNoField(question)) return false;
  return fact !== 'pipeline' || (grain === null && period.to >= today);
}

export const storeQuestion = (
  { period, filters, scope, today, grain, by }: Omit<StoreQuestion, 'measures'>,
  measures: readonly MeasureId[],
): StoreQuestion => ({ period, filters, scope, today, grain, by, measures });

/** Answers are kept: whoever gets one may change it. */
const copyOf = (row: MeasureRow): MeasureRow => ({ ...row, measures: { ...row.measures } });

/** The same cells, with more measures. */
function joined(
  rows: readonly MeasureRow[],
  others: readonly MeasureRow[],
  measures: readonly MeasureId[],
): MeasureRow[] {
  const idOf = ({ bucket, key }: MeasureRow) => JSON.stringify([bucket, key]);
  const cells = new Map(rows.map((row) => [idOf(row), copyOf(row)]));
  for (const other of others) {
    const cell = cells.get(idOf(other));
    if (cell) Object.assign(cell.measures, Object.fromEntries(measures.map((id) => [id, other.measures[id]])));
    else cells.set(idOf(other), copyOf(other));
  }
  return [...cells.values()];
}

const patiently = (work: Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = () => reject(new Error('the database takes long to say what changed'));
    const timer = setTimeout(late, PATIENCE_MS).unref();
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
