import type { Dimension, Grain } from '../../../backend/contracts/analytics.ts';
import { ApiError, type Query } from '../../base/api.ts';
import type { Filters } from '../../base/filters.ts';
import { parseRange } from '../../base/range.ts';
import { type ChartQuestion, type ChartType, chartTypes } from './chart-types.ts';
import { grainFor } from './periods.ts';

/** The attributes of a chart, as they stand in the page. */
export interface ChartAttributes {
  metrics: string[] | undefined;
  by: string | undefined;
  grain: string | undefined;
  type: string | undefined;
  range: string;
  limit: number;
}

const dimensions: readonly Dimension[] = ['product', 'category', 'region', 'team', 'owner', 'source', 'segment'];
const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];

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

/**
 * What the attributes ask for, with defaults filled in.
 * @throws ApiError `invalid_attribute` where one of them is not understood
 */
export function questionOf(attributes: ChartAttributes, timeZone: string, now = new Date()): ChartQuestion {
  const range = parseRange(attributes.range, timeZone, now);
  const type = oneOf<ChartType>('type', attributes.type, chartTypes);
  const by = oneOf('by', attributes.by, dimensions) ?? (type === 'scatter' ? 'owner' : null);
  return {
    metrics: attributes.metrics ?? ['revenue'],
    by,
    grain: oneOf('grain', attributes.grain, grains) ?? grainFor(range),
    type: type ?? (by ? 'bar' : 'line'),
    range,
    limit: Number.isInteger(attributes.limit) && attributes.limit > 0 ? Math.min(attributes.limit, 200) : 12,
  };
}

/** Path and query of the API that answer the question. */
export function requestOf(question: ChartQuestion, filters: Filters): [path: string, query: Query] {
  const { metrics, by, grain, range, type, limit } = question;
  const common = { ...range, metrics, ...filters };
  if (!by) return ['analytics/series', { ...common, grain }];
  // A pie and a scatter need all there are.
  return ['analytics/breakdown', { ...common, by, limit: type === 'pie' || type === 'scatter' ? 200 : limit }];
}
