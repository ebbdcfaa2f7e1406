import type { Dimension, Grain, MetricId, Split } from '../../../backend/contracts/analytics.ts';
import { ApiError, type Query } from '../../base/api.ts';
import { parseRange } from '../../base/range.ts';
import {
  type ChartFilters,
  type ChartQuestion,
  chartTypes,
  comparisons,
  stackings,
  transforms,
} from './chart-types.ts';
import { grainFor } from './periods.ts';
import { isComparable, needsWhole } from './what-fits.ts';

/** The attributes of a chart, as they stand in the page. */
export interface ChartAttributes {
  metrics: string[] | undefined;
  by: string | undefined;
  isOverTime: boolean;
  grain: string | undefined;
  type: string | undefined;
  stacking: string | undefined;
  range: string;
  compare: string | undefined;
  limit: number;
  withOthers: boolean;
  transform: string | undefined;
  window: number;
}

const dimensions: readonly Dimension[] = ['product', 'category', 'region', 'team', 'owner', 'source', 'segment'];
const custom = /^custom\.(lead|opportunity|account)\.[a-z][a-z0-9_]{0,59}$/;
const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];
/** More slices than these have no colour of their own. */
const mostSlices = 7;

function oneOf<T extends string>(name: string, value: string | undefined | null, known: readonly T[]): T | null {
  if (!value) return null;
  const found = known.find((candidate) => candidate === value);
  if (found) return found;
  throw new ApiError({
    status: 0,
    code: 'invalid_attribute',
    detail: `${name}="${value}" is none of ${known.join(', ')}.`,
  });
}

const splitOf = (value: string | undefined): Split | null =>
  value && custom.test(value) ? (value as Split) : oneOf('by', value, dimensions);

const within = (value: number, low: number, high: number, fallback: number): number =>
  Number.isInteger(value) && value >= low ? Math.min(value, high) : fallback;

/**
 * What the attributes ask for, with defaults filled in.
 * @throws ApiError `invalid_attribute` where one of them is not understood
 */
export function questionOf(attributes: ChartAttributes, timeZone: string, now = new Date()): ChartQuestion {
  const range = parseRange(attributes.range, timeZone, now);
  const type = oneOf('type', attributes.type, chartTypes);
  const by = splitOf(attributes.by) ?? (type === 'scatter' ? 'owner' : null);
  const isOverTime = by !== null && attributes.isOverTime;
  return {
    metrics: attributes.metrics ?? ['revenue'],
    by,
    isOverTime,
    grain: oneOf('grain', attributes.grain, grains) ?? grainFor(range),
    type: type ?? (by && !isOverTime ? 'bar' : 'line'),
    stacking: oneOf('stacking', attributes.stacking, stackings) ?? 'none',
    range,
    compare: oneOf('compare', attributes.compare, comparisons) ?? 'none',
    limit: within(attributes.limit, 1, 50, 12),
    withOthers: attributes.withOthers,
    transform: oneOf('transform', attributes.transform, transforms) ?? 'none',
    window: within(attributes.window, 2, 24, 3),
  };
}

/** Path and query of the API that answer the question. */
export function requestOf(question: ChartQuestion, filters: ChartFilters): [path: string, query: Query] {
  const { metrics, by, isOverTime, grain, range, type, limit, withOthers, transform, window } = question;
  const transformed = {
    ...(transform !== 'none' && { transform }),
    ...(transform === 'movingAverage' && { window }),
    ...(question.compare !== 'none' && isComparable(question) && { compare: question.compare }),
  };
  const common = { ...range, metrics: metrics as MetricId[], ...filters, ...transformed };
  if (!by) return ['analytics/series', { ...common, grain }];
  const others = withOthers || needsWhole(question) ? { others: true } : {};
  if (isOverTime) return ['analytics/series', { ...common, grain, by, limit, ...others }];
  // A cloud has room for all there are.
  if (type === 'scatter') return ['analytics/breakdown', { ...common, by, limit: 200 }];
  const most = type === 'pie' || type === 'doughnut' ? Math.min(limit, mostSlices) : limit;
  return ['analytics/breakdown', { ...common, by, limit: most, ...others }];
}
