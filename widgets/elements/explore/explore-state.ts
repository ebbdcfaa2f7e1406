import type { Grain, MetricId, Split, Transform } from '../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import type { Exploration } from '../../../backend/contracts/dashboards.ts';
import { filterNames } from '../../base/filters.ts';
import { type ChartFilters, chartTypes, comparisons, stackings, transforms } from '../chart/chart-types.ts';
import { rangeIn, type Selection } from '../filters/selection.ts';

/** A question of the explore page: what is shown, of which days and facts. */
export interface ExploreState extends Selection {
  chart: ChartSpec;
  /** id of the saved question that it was opened from */
  saved: string | null;
}

export const metricIds = [
  'revenue',
  'salesVolume',
  'units',
  'grossProfit',
  'profitMargin',
  'conversionRate',
  'winRate',
  'acquisitionCost',
  'activeCustomers',
  'averageDeal',
  'salesCycle',
  'pipelineValue',
  'weightedPipeline',
  'velocity',
] as const satisfies readonly MetricId[];
export const splitNames = ['category', 'product', 'region', 'team', 'owner', 'source', 'segment'] as const;
export const grainNames = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Grain[];
export const transformNames: readonly Transform[] = transforms;

const defaultRange = 'last-12-months';
const custom = /^custom\.(lead|opportunity|account)\.[a-z][a-z0-9_]{0,59}$/;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What the page starts with. */
export const firstChart: ChartSpec = {
  metrics: ['revenue'],
  by: null,
  isOverTime: false,
  grain: null,
  type: 'bar',
  stacking: 'none',
  limit: 12,
  withOthers: true,
  transform: 'none',
  window: 3,
};

const known = <T extends string>(values: readonly T[], text: string | null): T | null =>
  values.find((value) => value === text) ?? null;

const isSplit = (text: string): text is Split => splitNames.some((name) => name === text) || custom.test(text);

function whole(text: string | null, low: number, high: number, fallback: number): number {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value >= low && value <= high ? value : fallback;
}

/** Reads the query of an address; what it can't mean falls back to the default, so that an old link still shows something. */
export function readState(query: string): ExploreState {
  const asked = new URLSearchParams(query);
  // In their order: a scatter chart sets the first against the second.
  const metrics = [...new Set(asked.getAll('metrics'))].flatMap((id) => known(metricIds, id) ?? []).slice(0, 8);
  const by = asked.get('by');
  const filters: ChartFilters = {};
  for (const name of new Set(asked.keys())) {
    const values = asked.getAll(name).slice(0, 100);
    if ((filterNames.some((one) => one === name) || custom.test(name)) && values.length > 0)
      filters[name as keyof ChartFilters] = values;
  }
  const split = by !== null && isSplit(by) ? by : null;
  const saved = asked.get('saved');
  return {
    chart: {
      metrics: metrics.length > 0 ? metrics : firstChart.metrics,
      by: split,
      isOverTime: split !== null && asked.get('time') === 'true',
      grain: known(grainNames, asked.get('grain')),
      type: known(chartTypes, asked.get('type')) ?? firstChart.type,
      stacking: known(stackings, asked.get('stacking')) ?? 'none',
      limit: whole(asked.get('limit'), 1, 50, firstChart.limit),
      withOthers: asked.get('others') !== 'false',
      transform: known(transformNames, asked.get('transform')) ?? 'none',
      window: whole(asked.get('window'), 2, 24, firstChart.window),
    },
    range: rangeIn(asked.get('range')) ?? defaultRange,
    compare: known(comparisons, asked.get('compare')) ?? 'none',
    filters,
    saved: saved && uuid.test(saved) ? saved : null,
  };
}

/** Does an address name a saved question, and leave it to that what is asked? */
export function namesOnlySaved(query: string): boolean {
  return readState(query).saved !== null && [...new URLSearchParams(query).keys()].join() === 'saved';
}

/** A saved question, opened. */
export const asState = ({ id, chart, selection }: Exploration): ExploreState => ({
  chart,
  range: rangeIn(selection.range) ?? defaultRange,
  compare: selection.compare,
  filters: selection.filters as ChartFilters,
  saved: id,
});

/** The query of an address that means this question; what is as it starts is left out. */
export function writeState({ chart, range, compare, filters, saved }: ExploreState): string {
  const query = new URLSearchParams();
  for (const metric of chart.metrics) query.append('metrics', metric);
  const set = (name: string, value: string | number | boolean | null, usual: string | number | boolean | null) => {
    if (value !== null && value !== usual) query.set(name, String(value));
  };
  set('by', chart.by, null);
  set('time', chart.isOverTime, false);
  set('grain', chart.grain, null);
  set('type', chart.type, firstChart.type);
  set('stacking', chart.stacking, 'none');
  set('limit', chart.limit, firstChart.limit);
  set('others', chart.withOthers, true);
  set('transform', chart.transform, 'none');
  set('window', chart.window, firstChart.window);
  set('range', range, defaultRange);
  set('compare', compare, 'none');
  for (const [name, values] of Object.entries(filters)) for (const value of values ?? []) query.append(name, value);
  set('saved', saved, null);
  return query.toString();
}
