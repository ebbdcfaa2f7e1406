import type { Principal } from '../access/index.ts';
import { dimensionSchema, type MetricsResponse } from '../contracts/analytics.ts';
import { factsOf } from './availability.ts';
import type { CustomEntity } from './custom-dimension.ts';
import { addsUpOverTime } from './figure-transform.ts';
import { factDimensions, factRecords } from './measures.ts';
import type { Metric } from './metric.ts';
import { populationEntities } from './records.service.ts';
import { visibleMetrics } from './selection.ts';

/** What a metric can be filtered and split by: the dimensions that all its facts have. */
export const dimensionsOf = (metric: Metric): MetricsResponse['items'][number]['dimensions'] =>
  dimensionSchema.options.filter((dimension) => factsOf(metric).every((fact) => factDimensions[fact].has(dimension)));

/** The records behind all facts of a metric, by whose custom fields it can be filtered and split. */
export const customEntitiesOf = (metric: Metric): CustomEntity[] =>
  (['lead', 'opportunity', 'account'] as const).filter((entity) =>
    factsOf(metric).every((fact) => factRecords[fact].has(entity)),
  );

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
      addsUpOverTime: addsUpOverTime(metric),
      dimensions: dimensionsOf(metric),
      customOf: customEntitiesOf(metric),
      records: populationEntities[metric.population],
    })),
  };
}
