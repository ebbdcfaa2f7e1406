import type { Grain, MetricId, MetricsResponse, Split, Transform } from '../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import type { DayRange } from '../../base/range.ts';
import { type ChartFilters, type ChartType, chartTypes, type Stacking } from '../chart/chart-types.ts';
import { grainFor, periodsIn } from '../chart/periods.ts';

export type Metric = MetricsResponse['items'][number];
/** Why something can't be chosen: a key of the messages; null: it can. */
export type Reason = string | null;

/** What the choices are judged by. */
export interface Question {
  chart: ChartSpec;
  catalogue: readonly Metric[];
}

const MOST_METRICS = 8;
/** As many periods, and figures, as the server answers. */
const MOST_PERIODS = 3700;
const MOST_FIGURES = 40_000;

/** Can the metric be filtered and split by this? */
export function hasSplit({ dimensions, customOf }: Metric, split: string): boolean {
  const [isCustom, entity] = split.split('.');
  return isCustom === 'custom'
    ? customOf.some((record) => record === entity)
    : dimensions.some((dimension) => dimension === split);
}

const chosen = ({ chart, catalogue }: Question): Metric[] => catalogue.filter(({ id }) => chart.metrics.includes(id));
const isInTime = ({ by, isOverTime }: ChartSpec): boolean => by === null || isOverTime;

/** Why a measure can't be added, or taken away. */
export function whyNotMetric({ chart }: Question, metric: Metric, filters: ChartFilters = {}): Reason {
  if (chart.metrics.includes(metric.id)) return chart.metrics.length === 1 ? 'why.lastMetric' : null;
  if (chart.isOverTime) return 'why.oneMetric';
  if (chart.metrics.length >= MOST_METRICS) return 'why.manyMetrics';
  if (chart.by !== null && !hasSplit(metric, chart.by)) return 'why.noSplit';
  return Object.keys(filters).every((name) => hasSplit(metric, name)) ? null : 'why.noFilter';
}

/** Why the measures can't be compared by this. */
export const whyNotSplit = (question: Question, split: Split): Reason =>
  chosen(question).every((metric) => hasSplit(metric, split)) ? null : 'why.noSplit';

export function whyNotOverTime({ chart }: Question): Reason {
  if (chart.by === null) return 'why.needsSplit';
  return chart.metrics.length > 1 ? 'why.oneMetric' : null;
}

export function whyNotType(question: Question, type: ChartType): Reason {
  const { chart } = question;
  const metrics = chosen(question);
  switch (type) {
    case 'line':
    case 'area':
      return isInTime(chart) ? null : 'why.needsTime';
    case 'pie':
    case 'doughnut':
      if (isInTime(chart)) return 'why.needsCompare';
      if (metrics.length !== 1) return 'why.oneMetric';
      return metrics.every(({ isAdditive }) => isAdditive) ? null : 'why.noParts';
    case 'scatter':
      if (isInTime(chart)) return 'why.needsCompare';
      return metrics.length === 2 ? null : 'why.twoMetrics';
    default:
      return null;
  }
}

export function whyNotStacking(question: Question, stacking: Stacking): Reason {
  const { chart } = question;
  if (stacking === 'none') return null;
  if (chart.type !== 'bar' && chart.type !== 'area') return 'why.barsOrAreas';
  if (!chart.isOverTime) return 'why.needsSplitOverTime';
  return chosen(question).every(({ isAdditive }) => isAdditive) ? null : 'why.noParts';
}

export function whyNotTransform(question: Question, transform: Transform): Reason {
  const metrics = chosen(question);
  const isOverTime = isInTime(question.chart);
  switch (transform) {
    case 'none':
      return null;
    case 'movingAverage':
      return isOverTime ? null : 'why.needsTime';
    case 'runningTotal':
      if (!isOverTime) return 'why.needsTime';
      return metrics.every(({ addsUpOverTime }) => addsUpOverTime) ? null : 'why.noSum';
    case 'share': {
      const isTime = question.chart.by === null;
      const isPart = (metric: Metric) => (isTime ? metric.addsUpOverTime : metric.isAdditive);
      return metrics.every(isPart) ? null : 'why.noParts';
    }
    default:
      return transform satisfies never;
  }
}

export function whyNotGrain({ chart }: Pick<Question, 'chart'>, grain: Grain | null, range: DayRange): Reason {
  if (!isInTime(chart)) return 'why.needsTime';
  const count = periodsIn(range, grain ?? grainFor(range)).length;
  const isTooMuch = count > MOST_PERIODS || (chart.isOverTime && count * (chart.limit + 1) > MOST_FIGURES);
  return isTooMuch ? 'why.manyFigures' : null;
}

const firstFit = <T>(wanted: T, others: readonly T[], why: (value: T) => Reason): T =>
  why(wanted) === null ? wanted : (others.find((value) => why(value) === null) ?? wanted);

/**
 * The nearest question that can be answered: what was chosen last may rule out what was chosen before, such as a pie
 * once there are two measures. Without a catalogue nothing is known, and nothing changed.
 */
export function settled({ chart, catalogue }: Question, range: DayRange): ChartSpec {
  if (catalogue.length === 0) return chart;
  const seen = chart.metrics.filter((id) => catalogue.some((metric) => metric.id === id));
  const metrics: MetricId[] = seen.length > 0 ? seen : catalogue.slice(0, 1).map(({ id }) => id);
  let next: ChartSpec = { ...chart, metrics };
  const question = (): Question => ({ chart: next, catalogue });
  if (next.by !== null && whyNotSplit(question(), next.by)) next = { ...next, by: null };
  if (next.isOverTime && whyNotOverTime(question())) next = { ...next, isOverTime: false };
  next = { ...next, type: firstFit(next.type, chartTypes, (type) => whyNotType(question(), type)) };
  if (whyNotStacking(question(), next.stacking)) next = { ...next, stacking: 'none' };
  if (whyNotTransform(question(), next.transform)) next = { ...next, transform: 'none' };
  const coarser: readonly (Grain | null)[] = [null, 'week', 'month', 'quarter', 'year'];
  if (isInTime(next))
    next = { ...next, grain: firstFit(next.grain, coarser, (grain) => whyNotGrain(question(), grain, range)) };
  return next;
}
