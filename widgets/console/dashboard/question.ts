import type { DashboardSelection } from '../../../backend/contracts/dashboards.ts';
import { filterNames } from '../../base/filters.ts';
import type { ChartFilter, ChartFilters } from '../../elements/chart/chart-types.ts';
import { rangeIn, type Selection } from '../../elements/filters/selection.ts';

/** In the address: filters that the dashboard opens with were taken away. */
const withoutFilters = 'none';
const customPattern = /^custom\.(lead|opportunity|account)\.[a-z][a-z0-9_]{0,59}$/;
const isFilter = (name: string): name is keyof ChartFilters =>
  filterNames.some((one) => one === name) || customPattern.test(name);

/** The range that a text of the address means, or what to fall back to. */
export const rangeOf = (text: string, fallback: string): string => rangeIn(text) ?? fallback;

/**
 * What an address asks a dashboard for; what it doesn't say, and what it can't mean, is as the dashboard opens, so that
 * an old link still shows something.
 */
export function selectionIn(query: URLSearchParams, opens: DashboardSelection): Selection {
  const compare = query.get('compare');
  const names = [...new Set(query.keys())].filter(isFilter);
  const filters: ChartFilters = Object.fromEntries(names.map((name) => [name, query.getAll(name)]));
  const isSaid = names.length > 0 || query.get('filters') === withoutFilters;
  return {
    range: rangeIn(query.get('range')) ?? opens.range,
    compare: compare === 'previous' || compare === 'year' || compare === 'none' ? compare : opens.compare,
    filters: isSaid ? filters : opens.filters,
  };
}

/** Before the names of what was chosen in charts. */
const chosen = 'only.';

/** What was chosen in charts, as an address says it; its labels are those of the values. */
export function onlyIn(query: URLSearchParams): ChartFilter[] {
  const names = [...new Set(query.keys())].filter((name) => name.startsWith(chosen));
  return names.flatMap((key): ChartFilter[] => {
    const dimension = key.slice(chosen.length);
    const range = dimension === 'period' ? rangeIn(query.get(key)) : null;
    const [from, to] = range?.split('/') ?? [];
    if (from && to) return [{ dimension: 'period', range: { from, to }, label: '' }];
    return isFilter(dimension) ? [{ dimension, values: query.getAll(key), label: '' }] : [];
  });
}

/** The address's query for a selection: no more than differs from what the dashboard opens with. */
export function queryFor(
  { range, compare, filters }: Selection,
  opens: DashboardSelection,
  only: readonly ChartFilter[] = [],
): URLSearchParams {
  const query = new URLSearchParams();
  if (range !== opens.range) query.set('range', range);
  if (compare !== opens.compare) query.set('compare', compare);
  for (const one of only) {
    const values = one.dimension === 'period' ? [`${one.range.from}/${one.range.to}`] : one.values;
    for (const value of values) query.append(`${chosen}${one.dimension}`, value);
  }
  const isAsOpened = JSON.stringify(filters) === JSON.stringify(opens.filters);
  if (isAsOpened) return query;
  const all = Object.entries(filters).flatMap(([name, values]) => (values ?? []).map((value) => [name, value]));
  for (const [name = '', value = ''] of all) query.append(name, value);
  if (all.length === 0) query.set('filters', withoutFilters);
  return query;
}
