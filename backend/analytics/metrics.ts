import type { MetricId } from '../contracts/analytics.ts';
import type { Metric } from './metric.ts';
import { customerMetrics } from './metrics/customers.ts';
import { opportunityMetrics } from './metrics/opportunities.ts';
import { salesMetrics } from './metrics/sales.ts';

const [revenue, salesVolume, units, grossProfit, profitMargin] = salesMetrics;
const [conversionRate, acquisitionCost, activeCustomers] = customerMetrics;
const [winRate, averageDeal, salesCycle, pipelineValue, weightedPipeline, velocity] = opportunityMetrics;

/** The metric catalogue, in the order people read it. */
export const metrics: readonly Metric[] = [
  revenue,
  salesVolume,
  units,
  grossProfit,
  profitMargin,
  conversionRate,
  winRate,
  acquisitionCost,
  activeCustomers,
  averageDeal,
  salesCycle,
  pipelineValue,
  weightedPipeline,
  velocity,
];

const byId = new Map<MetricId, Metric>(metrics.map((metric) => [metric.id, metric]));

/** The catalogue's entry. */
export function metricOf(id: MetricId): Metric {
  const metric = byId.get(id);
  if (!metric) throw new Error(`metric ${id} is missing from the catalogue`);
  return metric;
}
