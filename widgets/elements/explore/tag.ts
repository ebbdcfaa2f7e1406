import { type ExploreState, firstChart } from './explore-state.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As elements read lists: by commas, and as JSON where that would be misunderstood. */
const list = (values: readonly string[]): string =>
  values.some((value) => value === '' || value.trim() !== value || /^\[|,/.test(value))
    ? JSON.stringify(values)
    : values.join(',');

/** The `salespulse-chart` tag that shows this question on any page, ready to be copied. */
export function chartTag({ chart, range, compare, filters }: ExploreState): string {
  const own = Object.entries(filters).filter(([name]) => !name.startsWith('custom.'));
  const custom = Object.entries(filters).filter(([name]) => name.startsWith('custom.'));
  const { by } = chart;
  const attributes: [name: string, value: string | null][] = [
    ['metrics', list(chart.metrics)],
    ['by', by],
    ['over-time', chart.isOverTime ? '' : null],
    ['grain', by === null || chart.isOverTime ? chart.grain : null],
    ['type', chart.type],
    ['stacking', chart.stacking === 'none' ? null : chart.stacking],
    ['limit', by === null || chart.limit === firstChart.limit ? null : String(chart.limit)],
    ['others', by !== null && chart.withOthers ? '' : null],
    ['transform', chart.transform === 'none' ? null : chart.transform],
    ['window', chart.transform === 'movingAverage' ? String(chart.window) : null],
    ['range', range],
    ['compare', compare === 'none' ? null : compare],
    ...own.map(([name, values]): [string, string] => [name, list(values ?? [])]),
    ['filters', custom.length > 0 ? JSON.stringify(Object.fromEntries(custom)) : null],
  ];
  const written = attributes.flatMap(([name, value]) => {
    if (value === null) return [];
    return value === '' ? [name] : [`${name}="${escaped(value)}"`];
  });
  return `<salespulse-chart ${written.join(' ')}></salespulse-chart>`;
}
