import type { Format } from '../../base/format.ts';
import type { Variables } from '../../base/i18n.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel, ChartSeries } from './chart-types.ts';

type Translate = (key: string, variables?: Variables) => string;

function seriesSummary(model: ChartModel, series: ChartSeries, format: Format, t: Translate): string {
  let high = -1;
  let low = -1;
  let last = -1;
  series.values.forEach((value, index) => {
    if (value === null || model.points[index]?.member?.isRest) return;
    last = index;
    if (high < 0 || Number(value) > Number(series.values[high])) high = index;
    // A period that isn't over is no low point.
    if (model.points[index]?.isPartial) return;
    if (low < 0 || Number(value) < Number(series.values[low])) low = index;
  });
  const say = (key: string, index: number) =>
    t(key, {
      value: formatMeasure(format, series, series.values[index] ?? null),
      label: model.points[index]?.label ?? '',
    });
  const parts = [
    high >= 0 && say('summary.high', high),
    low >= 0 && low !== high && say('summary.low', low),
    last >= 0 && model.points[last]?.member === null && last !== high && say('summary.last', last),
  ].filter((part) => part !== false);
  return parts.length ? `${series.label}: ${parts.join(', ')}.` : t('summary.none', { metric: series.label });
}

/** What the picture says, in words: for each series its high, its low and where it stands. */
export function summary(model: ChartModel, title: string, format: Format, t: Translate): string {
  const count = t('summary.points', { count: model.points.length });
  return [`${title}, ${count}.`, ...model.series.map((series) => seriesSummary(model, series, format, t))].join(' ');
}
