import {
  breakdownQuery,
  filterOptionsSchema,
  kpiQuery,
  kpiResponseSchema,
  metricsResponseSchema,
  recordsQuery,
  recordsResponseSchema,
  seriesQuery,
  tableSchema,
} from '../contracts/analytics.ts';
import { benchmarkQuery, benchmarkSchema } from '../contracts/benchmark.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { answerBenchmark } from './benchmark.service.ts';
import { answerBreakdown } from './breakdown.service.ts';
import { answerCatalogue } from './catalogue.service.ts';
import { answerFilterOptions } from './filter-options.service.ts';
import type { AnalyticsContext } from './inquiry.ts';
import { answerKpis } from './kpis.service.ts';
import { answerRecords } from './records.service.ts';
import { answerSeries } from './series.service.ts';

const common = { method: 'get', tag: 'Analytics', access: 'analytics.read' } as const;

/** The HTTP side of analytics; every answer is confined to the viewer's reach. */
export function routes(context: AnalyticsContext): AnyRoute[] {
  return [
    defineRoute({
      ...common,
      path: '/analytics/kpis',
      operationId: 'getKpis',
      summary: 'Key figures of a period, compared with another one',
      query: kpiQuery,
      responses: { 200: kpiResponseSchema },
      handler: async ({ principal, query }) => ({ body: await answerKpis(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/series',
      operationId: 'getSeries',
      summary: 'Metrics over time',
      query: seriesQuery,
      responses: { 200: tableSchema },
      handler: async ({ principal, query }) => ({ body: await answerSeries(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/breakdown',
      operationId: 'getBreakdown',
      summary: 'Metrics split by a dimension',
      query: breakdownQuery,
      responses: { 200: tableSchema },
      handler: async ({ principal, query }) => ({ body: await answerBreakdown(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/records',
      operationId: 'listAnalyticsRecords',
      summary: 'The records behind a number',
      query: recordsQuery,
      responses: { 200: recordsResponseSchema },
      handler: async ({ principal, query }) => ({ body: await answerRecords(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/benchmark',
      operationId: 'getBenchmark',
      summary: "The median over the people in one's reach, beside the company's",
      query: benchmarkQuery,
      responses: { 200: benchmarkSchema },
      handler: async ({ principal, query }) => ({ body: await answerBenchmark(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/filters',
      operationId: 'getAnalyticsFilters',
      summary: 'The values that filters can take, as far as the viewer sees them',
      responses: { 200: filterOptionsSchema },
      handler: async ({ principal }) => ({ body: await answerFilterOptions(context, principal) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/metrics',
      operationId: 'listMetrics',
      summary: 'The metric catalogue: what each number means',
      responses: { 200: metricsResponseSchema },
      handler: async ({ principal }) => ({ body: answerCatalogue(principal, (await context.currency()).code) }),
    }),
  ];
}
