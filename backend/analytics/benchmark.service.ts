import type { Principal, RecordScope } from '../access/index.ts';
import type { Benchmark, BenchmarkQuery } from '../contracts/benchmark.ts';
import { add, compare, divide, roundToSignificant } from './decimal.ts';
import { meanDigits } from './figure-transform.ts';
import { type AnalyticsContext, type Inquiry, inquire } from './inquiry.ts';
import { wholePeriod } from './targets/target-periods.ts';

/** Fewer people than this tell too much of each. */
const FEWEST_PEOPLE = 5;
/** Exact, the median of an odd number of people is the very figure of one of them. */
const SHOWN_DIGITS = 3;
const NOT_WHOLE =
  "The company's median is given for whole months, or from the first of a month until today: day by day it would tell of single sales.";
const TOO_FEW = `Fewer than ${FEWEST_PEOPLE} people outside your own view have figures here, so the company's median is kept back.`;

/**
 * The median of a metric over people: those in the viewer's reach, and all of the company. To who does not see
 * everybody, the company's is rounded to three digits, and kept back where fewer than five people contribute to it
 * whom the viewer does not see anyway, and where the period is not one of whole months: two that differ by a day would
 * tell of that day.
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
  const kept = why ?? whyKept(inquiry, mine, all);
  return {
    metric: metric.id,
    label: metric.name,
    unit: metric.unit,
    currency: inquiry.currencyOf(metric),
    reached: summary(mine),
    company: kept ? null : inquiry.question.scope.kind === 'all' ? summary(all) : coarse(summary(all)),
    reason: kept,
    period: inquiry.period,
    asOf: inquiry.asOf,
  };
}

type Values = ReadonlyMap<string, string>;

/** Why the viewer does not get the company's median; null where they do. */
function whyKept({ question, period, today }: Inquiry, mine: Values, all: Values): string | null {
  if (question.scope.kind === 'all') return null;
  if (!wholePeriod(period, today)) return NOT_WHOLE;
  const unseen = [...all.keys()].filter((person) => !mine.has(person)).length;
  return unseen < FEWEST_PEOPLE ? TOO_FEW : null;
}

const coarse = (summary: { median: string | null; people: number }) => ({
  ...summary,
  median: summary.median && roundToSignificant(summary.median, SHOWN_DIGITS),
});

/** The middle value, or the mean of the two middle ones; null of nothing. */
function median(values: readonly string[], digits: number): string | null {
  const sorted = [...values].sort(compare);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return null;
  return upper === lower ? upper : divide(add(lower, upper), '2', digits);
}
