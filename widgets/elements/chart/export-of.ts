import type { MetricId } from '../../../backend/contracts/analytics.ts';
import type { FileRequest } from '../export-menu/fetch-file.ts';
import type { ChartFilters, ChartQuestion } from './chart-types.ts';

/** What a file of this chart is made of: the question whose answer is on screen. */
export function exportOf(
  { range, compare, ...question }: ChartQuestion,
  filters: ChartFilters,
  title: string,
): FileRequest {
  const { metrics, by, isOverTime, grain, type, stacking, limit, withOthers, transform, window } = question;
  const chart = { by, isOverTime, grain, type, stacking, limit, withOthers, transform, window };
  const selection = { range: `${range.from}/${range.to}`, compare, filters };
  return {
    of: { kind: 'chart', chart: { ...chart, metrics: metrics as MetricId[] }, selection, title: title.slice(0, 100) },
  };
}
