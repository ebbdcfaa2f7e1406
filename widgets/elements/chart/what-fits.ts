import type { ChartModel, ChartQuestion, ChartSeries, ChartType, Replacement, Stacking } from './chart-types.ts';

/** Metrics whose parts add up to the whole; only these may share a stack or a pie. */
const additive = new Set(['revenue', 'salesVolume', 'units', 'grossProfit', 'pipelineValue', 'weightedPipeline']);

const isSum = ({ metric, unit }: ChartSeries, { transform }: ChartQuestion): boolean =>
  additive.has(metric) && (unit === 'money' || unit === 'count' || transform === 'share');
const isNeverNegative = ({ values }: ChartSeries): boolean =>
  values.every((value) => value === null || Number(value) >= 0);

/** Pies and full stacks show a whole: without all its parts they would lie about it. */
export const needsWhole = ({ type, stacking }: Pick<ChartQuestion, 'type' | 'stacking'>): boolean =>
  type === 'pie' || type === 'doughnut' || stacking === 'percent';

/** Slices and clouds have no room for what was before, and neither have the lines of a split. */
export const isComparable = ({ type, by, isOverTime }: Pick<ChartQuestion, 'type' | 'by' | 'isOverTime'>): boolean =>
  !isRound({ type }) && type !== 'scatter' && !(by && isOverTime);

/** Among other panels more measures than these, each with what was before, would be hard to tell apart. */
const mostComparedAmongPanels = 2;

/** Is a chart of a dashboard that is compared shown beside what was before? Others show the chosen period alone. */
export const isComparedAmongPanels = (chart: Pick<ChartQuestion, 'type' | 'by' | 'isOverTime' | 'metrics'>): boolean =>
  isComparable(chart) && chart.metrics.length <= mostComparedAmongPanels;

/** The shape that can show these figures, and why it isn't the one asked for. */
export function fittingType(
  question: ChartQuestion,
  series: readonly ChartSeries[],
  isWhole: boolean,
): { type: ChartType; reason?: Replacement } {
  const { type, by, isOverTime } = question;
  const isCompared = by !== null && !isOverTime;
  switch (type) {
    case 'pie':
    case 'doughnut': {
      const [first] = series;
      const fits = isCompared && isWhole && (!first || (isSum(first, question) && isNeverNegative(first)));
      return fits ? { type } : { type: 'bar', reason: 'note.replaced' };
    }
    case 'scatter':
      return isCompared && series.length > 1 ? { type } : { type: 'bar', reason: 'note.scatter' };
    case 'line':
    case 'area':
      return isCompared ? { type: 'bar', reason: 'note.line' } : { type };
    default:
      return { type };
  }
}

/** Stacks are for the parts of one sum; those of 100 % also for none below zero. */
export function fittingStacking(
  question: ChartQuestion,
  type: ChartType,
  series: readonly ChartSeries[],
): { stacking: Stacking; reason?: Replacement } {
  const { stacking } = question;
  if (stacking === 'none' || (type !== 'bar' && type !== 'area' && type !== 'table')) return { stacking: 'none' };
  const areParts = question.by !== null && question.isOverTime && series.every((one) => isSum(one, question));
  const fits = areParts && (stacking === 'stacked' || series.every(isNeverNegative));
  return fits ? { stacking } : { stacking: 'none', reason: 'note.stacking' };
}

/** A pie or a doughnut. */
export const isRound = ({ type }: Pick<ChartModel, 'type'>): boolean => type === 'pie' || type === 'doughnut';
