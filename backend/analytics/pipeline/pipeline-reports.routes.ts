import {
  ageingQuery,
  ageingSchema,
  changesQuery,
  changesSchema,
  funnelQuery,
  funnelSchema,
  healthQuery,
  healthSchema,
  pipelineRecordsQuery,
  pipelineRecordsSchema,
  velocityQuery,
  velocitySchema,
} from '../../contracts/pipeline-reports.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { answerAgeing } from './ageing.service.ts';
import { answerChanges } from './changes.service.ts';
import { answerFunnel } from './funnel.service.ts';
import { answerHealth } from './health.service.ts';
import { answerPipelineRecords } from './records.service.ts';
import { answerVelocity } from './velocity.service.ts';

const common = { method: 'get', tag: 'Pipeline reports', access: 'analytics.read' } as const;

/** The HTTP side of the pipeline reports; every answer is confined to the viewer's reach. */
export function pipelineReportRoutes(context: AnalyticsContext): AnyRoute[] {
  return [
    defineRoute({
      ...common,
      path: '/analytics/pipeline/funnel',
      operationId: 'getPipelineFunnel',
      summary: 'How far what entered the pipeline in a period has come',
      query: funnelQuery,
      responses: { 200: funnelSchema },
      handler: async ({ principal, query }) => ({ body: await answerFunnel(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/pipeline/velocity',
      operationId: 'getPipelineVelocity',
      summary: 'How fast the pipeline turns into money, and how long each stage takes',
      query: velocityQuery,
      responses: { 200: velocitySchema },
      handler: async ({ principal, query }) => ({ body: await answerVelocity(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/pipeline/ageing',
      operationId: 'getPipelineAgeing',
      summary: 'How old what is open now is, by stage',
      query: ageingQuery,
      responses: { 200: ageingSchema },
      handler: async ({ principal, query }) => ({ body: await answerAgeing(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/pipeline/health',
      operationId: 'getPipelineHealth',
      summary: 'Coverage of the goal, and what is stuck, without a next step or past its close date',
      query: healthQuery,
      responses: { 200: healthSchema },
      handler: async ({ principal, query }) => ({ body: await answerHealth(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/pipeline/changes',
      operationId: 'getPipelineChanges',
      summary: 'What changed the pipeline between two days, as the bars of a waterfall',
      query: changesQuery,
      responses: { 200: changesSchema },
      handler: async ({ principal, query }) => ({ body: await answerChanges(context, principal, query) }),
    }),
    defineRoute({
      ...common,
      path: '/analytics/pipeline/records',
      operationId: 'listPipelineRecords',
      summary: 'The records behind a number of a pipeline report',
      query: pipelineRecordsQuery,
      responses: { 200: pipelineRecordsSchema },
      handler: async ({ principal, query }) => ({ body: await answerPipelineRecords(context, principal, query) }),
    }),
  ];
}
