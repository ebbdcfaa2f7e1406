import type { Principal, RecordScope } from '../access/index.ts';
import type { Benchmark, BenchmarkQuery } from '../contracts/benchmark.ts';
import { add, compare, divide } from './decimal.ts';
import { meanDigits } from './figure-transform.ts';
import { type AnalyticsContext, inquire } from './inquiry.ts';

/** Fewer people than this tell too much of each. */
const FEWEST_PEOPLE = 5;
const TOO_FEW = `Fewer than ${FEWEST_PEOPLE} people outside your own view have figures here, so the company's median is kept back.`;

/**
 * The median of a metric over people: those in the viewer's reach, and all of the company. The company's is kept
 * back where fewer than five people contribute to it whom the viewer does not see anyway.
 * @throws ProblemError `forbidden` for guarded metrics
 */
export async function answerBenchmark(
  context: AnalyticsContext,
  principal: Principal,
  { metric: id, from, to }: BenchmarkQuery,
): Promise<Benchmark> {
  const inquiry = await inquire(context, principal, { metrics: [id], from, to }, 'owner');
  const [metric] = inquiry.metrics;
  if (!metric) throw new Error(`metric ${id} is missing from the catalogue`);
  const valuesIn = async (scope: RecordScope): Promise<Map<string, string>> => {
    const rows = await context.engine.table({ ...inquiry.question, scope, period: inquiry.period, grain: null });
    return new Map(
      rows.flatMap(({ key, measures }): [string, string][] => {
        const value = inquiry.value(metric, measures);
        return key === null || value === null ? [] : [[key, value]];
      }),
    );
  };
  const why = inquiry.why(metric);
  const [mine, all] = await Promise.all(
    why
      ? [new Map<string, string>(), new Map<string, string>()]
      : [valuesIn(inquiry.question.scope), valuesIn({ kind: 'all' })],
  );
  const digits = meanDigits(metric, inquiry.digits);
  const summary = (values: ReadonlyMap<string, string>) => ({
    median: median([...values.values()], digits),
    people: values.size,
  });
  const unseen = [...all.keys()].filter((person) => !mine.has(person)).length;
  const isKept = inquiry.question.scope.kind !== 'all' && unseen < FEWEST_PEOPLE;
  return {
    metric: metric.id,
    label: metric.name,
    unit: metric.unit,
    currency: inquiry.currencyOf(metric),
    reached: summary(mine),
    company: why || isKept ? null : summary(all),
    reason: why ?? (isKept ? TOO_FEW : null),
    period: inquiry.period,
    asOf: inquiry.asOf,
  };
}

/** The middle value, or the mean of the two middle ones; null of nothing. */
function median(values: readonly string[], digits: number): string | null {
  const sorted = [...values].sort(compare);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return null;
  return upper === lower ? upper : divide(add(lower, upper), '2', digits);
}
