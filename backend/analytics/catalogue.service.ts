import type { Principal } from '../access/index.ts';
import { dimensionSchema, type MetricsResponse } from '../contracts/analytics.ts';
import { factsOf } from './availability.ts';
import { factDimensions } from './measures.ts';
import type { Metric } from './metric.ts';
import { populationEntities } from './records.service.ts';
import { visibleMetrics } from './selection.ts';

/** What a metric can be filtered and split by: the dimensions that all its facts have. */
export const dimensionsOf = (metric: Metric): MetricsResponse['items'][number]['dimensions'] =>
  dimensionSchema.options.filter((dimension) => factsOf(metric).every((fact) => factDimensions[fact].has(dimension)));

/** The catalogue as far as the viewer's role sees it. */
export function answerCatalogue(principal: Principal, currency: string): MetricsResponse {
  return {
    items: visibleMetrics(principal).map((metric) => ({
      id: metric.id,
      label: metric.name,
      unit: metric.unit,
      currency: metric.unit === 'money' || metric.unit === 'moneyPerDay' ? currency : null,
      betterWhen: metric.betterWhen,
      definition: metric.definition,
      formula: metric.formula,
      caveat: metric.note,
      isAdditive: metric.isAdditive,
      dimensions: dimensionsOf(metric),
      records: populationEntities[metric.population],
    })),
  };
}
