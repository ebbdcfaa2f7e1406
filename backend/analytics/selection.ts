import { type Principal, scopeOf, seesFields } from '../access/index.ts';
import { type Dimension, dimensionSchema, type MetricId } from '../contracts/analytics.ts';
import { forbidden } from '../http/index.ts';
import type { Reach } from './availability.ts';
import type { Filters } from './engine.ts';
import type { Metric } from './metric.ts';
import { metricOf, metrics } from './metrics.ts';

/** The filters as a query carries them. */
export type FilterQuery = Partial<Record<Dimension, string[] | undefined>>;

/** Query parameters as filters: an empty value means "not set", `me` the person asking. */
export function filtersOf(query: FilterQuery, principal: Principal): Filters {
  const filters: Filters = {};
  for (const dimension of dimensionSchema.options) {
    const values = query[dimension];
    if (values === undefined || values.length === 0) continue;
    filters[dimension] = values.map((value) => {
      if (value === '') return null;
      return dimension === 'owner' && value === 'me' ? principal.userId : value;
    });
  }
  return filters;
}

/** How far the viewer's numbers reach. */
export const reachOf = (principal: Principal): Reach => ({
  scope: scopeOf(principal, 'analytics.read'),
  spend: scopeOf(principal, 'spend.read'),
});

const isVisible = (metric: Metric, principal: Principal): boolean =>
  metric.fieldGroup === null || seesFields(principal, metric.fieldGroup);

/**
 * The metrics a viewer gets: those asked for, in their order, or all that the viewer may see.
 * @throws ProblemError `forbidden` when one asked for by name is guarded
 */
export function visibleMetrics(principal: Principal, wanted?: readonly MetricId[]): Metric[] {
  if (wanted === undefined || wanted.length === 0) return metrics.filter((metric) => isVisible(metric, principal));
  return [...new Set(wanted)].map((id) => {
    const metric = metricOf(id);
    if (!isVisible(metric, principal)) throw forbidden(`see ${metric.name.toLowerCase()}`);
    return metric;
  });
}
