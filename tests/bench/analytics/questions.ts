// The 18-query set: six kinds of question (KPIs, month x region, top 10, funnel, distinct customers, median cycle), each
// with 0, 1 and 3 filters. KPIs are asked over 90 days, 1 and 3 years; each of the three counts as a request of its own, so
// that 24 requests are timed, all equally often: no reading of the set has a slower one that is left out.
// KPIs are all metrics of the catalogue at once, without the comparison. The funnel is what the engine has of it: leads and
// those converted, opportunities won and lost, by lead source; the report of stages, which reads the stage history in SQL, is
// timed beside the set. Distinct customers are the accounts that bought in each month. Filters take turns through their
// values, so that no answer is told twice in a row; three filters are two regions, three lead sources and two teams or
// segments.
import { type Dimension, type Grain, type MetricId, metricIdSchema } from '../../../backend/contracts/analytics.ts';

export type FilterCount = 0 | 1 | 3;

/** Values that filters take turns through. */
export interface FilterValues {
  region: readonly string[];
  source: readonly string[];
  segment: readonly string[];
  team: readonly string[];
}

/** What a question asks of the analytics engine. */
export interface BenchQuestion {
  name: string;
  filterCount: FilterCount;
  metrics: readonly MetricId[];
  days: number;
  grain: Grain | null;
  by: Dimension | null;
  /** below /api/v1/analytics/ */
  route: string;
  /** of the route, beside period and filters */
  query: string;
  /** which filters are set when there are three */
  filters: readonly (keyof FilterValues)[];
}

type Kind = Omit<BenchQuestion, 'filterCount'>;

const YEAR = 365;
const withTeam = ['region', 'source', 'team'] as const;
const withSegment = ['region', 'source', 'segment'] as const;
const kpis = { metrics: metricIdSchema.options, grain: null, by: null, route: 'kpis', query: '', filters: withTeam };

const kinds: readonly Kind[] = [
  { ...kpis, name: 'KPIs 90 days', days: 90 },
  { ...kpis, name: 'KPIs 1 year', days: YEAR },
  { ...kpis, name: 'KPIs 3 years', days: 3 * YEAR },
  {
    ...{ name: 'month x region 3 years', metrics: ['revenue'], days: 3 * YEAR, grain: 'month', by: 'region' },
    ...{ route: 'series', query: 'metrics=revenue&grain=month&by=region', filters: withSegment },
  },
  {
    ...{ name: 'top 10 products 1 year', metrics: ['revenue', 'grossProfit'], days: YEAR, grain: null, by: 'product' },
    ...{ route: 'breakdown', query: 'metrics=revenue&metrics=grossProfit&by=product&limit=10', filters: withSegment },
  },
  {
    ...{
      name: 'funnel by source 1 year',
      metrics: ['conversionRate', 'winRate'],
      days: YEAR,
      grain: null,
      by: 'source',
    },
    ...{ route: 'breakdown', query: 'metrics=conversionRate&metrics=winRate&by=source', filters: withSegment },
  },
  {
    ...{ name: 'distinct customers 3 years', metrics: ['activeCustomers'], days: 3 * YEAR, grain: 'month', by: null },
    ...{ route: 'series', query: 'metrics=activeCustomers&grain=month', filters: withTeam },
  },
  {
    ...{ name: 'median cycle 1 year', metrics: ['salesCycle'], days: YEAR, grain: null, by: 'team' },
    ...{ route: 'breakdown', query: 'metrics=salesCycle&by=team', filters: withSegment },
  },
];

export const questions: readonly BenchQuestion[] = kinds.flatMap((kind) =>
  ([0, 1, 3] as const).map((filterCount) => ({ ...kind, filterCount })),
);

/** Asked beside the set, in SQL whatever the engine: nothing was promised for them. */
export const furtherQuestions: readonly BenchQuestion[] = [
  { ...kpis, name: 'KPIs 90 days with comparison', days: 90, query: 'compare=previous', filterCount: 0 },
  {
    ...{ name: 'stages of leads 1 year', metrics: [], days: YEAR, grain: null, by: null, filterCount: 0 },
    ...{ route: 'pipeline/funnel', query: 'entity=lead', filters: withSegment },
  },
];

export const nameOf = ({ name, filterCount }: BenchQuestion): string =>
  `${name}, ${filterCount === 1 ? '1 filter' : `${filterCount} filters`}`;

/** The filters of a question at its n-th turn. */
export function filtersAt(
  { filterCount, filters }: BenchQuestion,
  values: FilterValues,
  turn: number,
): Partial<Record<Dimension, string[]>> {
  const some = (key: keyof FilterValues, count: number) =>
    Array.from({ length: count }, (_, index) => values[key][(turn + index) % values[key].length] ?? '');
  if (filterCount === 0) return {};
  if (filterCount === 1) return { region: some('region', 1) };
  return Object.fromEntries(filters.map((key) => [key, some(key, key === 'source' ? 3 : 2)]));
}

/** The period of a question that is asked on `today`. */
export function periodAt({ days }: BenchQuestion, today: string): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to: today };
}

/** The address that asks it over HTTP. */
export function pathAt(question: BenchQuestion, values: FilterValues, turn: number, today: string): string {
  const { from, to } = periodAt(question, today);
  const query = new URLSearchParams(question.query);
  query.set('from', from);
  query.set('to', to);
  for (const [dimension, given] of Object.entries(filtersAt(question, values, turn))) {
    for (const value of given) query.append(dimension, value);
  }
  return `/api/v1/analytics/${question.route}?${query}`;
}
