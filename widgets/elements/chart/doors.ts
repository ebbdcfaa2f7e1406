import type { MetricId } from '../../../backend/contracts/analytics.ts';
import type { ChartDrill, ChartFilter, ChartFilters, ChartModel, ChartQuestion } from './chart-types.ts';

/** A mark of a chart: a point, and of which series; -1: of none, the point as a whole. */
export interface Mark {
  point: number;
  series: number;
}

/** The days whose records make up the figure at a point. */
function daysOf({ transform, window, range }: ChartQuestion, { points }: ChartModel, at: number) {
  const point = points[at];
  const first = transform === 'movingAverage' ? points[Math.max(0, at - window + 1)] : point;
  const from = transform === 'runningTotal' ? range.from : (first?.from ?? range.from);
  return { from, to: point?.to ?? range.to };
}

/** What to ask for the records behind a mark; null where no records are its own. */
export function drillOf(
  question: ChartQuestion,
  model: ChartModel,
  mark: Mark,
  filters: ChartFilters,
): ChartDrill | null {
  const series = model.series[mark.series];
  const point = model.points[mark.point];
  if (!series || !point) return null;
  const member = series.member ?? point.member;
  if (member?.isRest) return null;
  const own = question.by && member ? { ...filters, [question.by]: [member.id ?? ''] } : { ...filters };
  const isSum = question.transform === 'none' || question.transform === 'runningTotal';
  return {
    metric: series.metric as MetricId,
    value: isSum ? (series.values[mark.point] ?? null) : null,
    ...daysOf(question, model, mark.point),
    filters: own,
  };
}

/** What a mark can be looked at alone by: its value of the dimension, its period. */
export function filtersFor(question: ChartQuestion, model: ChartModel, mark: Mark): ChartFilter[] {
  const point = model.points[mark.point];
  if (!point) return [];
  const member = model.series[mark.series]?.member ?? point.member;
  const { by } = question;
  const { from, to, label } = point;
  const ofMember: ChartFilter[] =
    by && member && !member.isRest ? [{ dimension: by, values: [member.id ?? ''], label: member.name }] : [];
  return point.member ? ofMember : [...ofMember, { dimension: 'period', range: { from, to }, label }];
}
