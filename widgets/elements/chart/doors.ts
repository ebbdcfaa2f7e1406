import type { MetricId } from '../../../backend/contracts/analytics.ts';
import type { DayRange } from '../../base/range.ts';
import type { ChartDrill, ChartFilter, ChartFilters, ChartModel, ChartQuestion } from './chart-types.ts';

/** A mark of a chart: a point, and of which series; -1: of none, the point as a whole. */
export interface Mark {
  point: number;
  series: number;
}

/** The days whose records make up the figure at a point, or what it is compared with; null where there are none. */
function daysOf(
  { transform, window }: ChartQuestion,
  { points }: ChartModel,
  at: number,
  isBefore: boolean,
): DayRange | null {
  const spanAt = (index: number): DayRange | null => {
    const point = points[index];
    return (isBefore ? point?.before : point) ?? null;
  };
  const first = transform === 'movingAverage' ? Math.max(0, at - window + 1) : transform === 'runningTotal' ? 0 : at;
  const last = spanAt(at);
  return last && { from: spanAt(first)?.from ?? last.from, to: last.to };
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
  const days = daysOf(question, model, mark.point, series.isBefore);
  if (member?.isRest || !days) return null;
  const own = question.by && member ? { ...filters, [question.by]: [member.id ?? ''] } : { ...filters };
  const isSum = question.transform === 'none' || question.transform === 'runningTotal';
  return {
    metric: series.metric as MetricId,
    value: isSum ? (series.values[mark.point] ?? null) : null,
    ...days,
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
