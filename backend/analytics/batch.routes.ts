import { batchPathSchema, batchResponseSchema, batchSchema } from '../contracts/analytics-batch.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { answerBatch } from './batch.service.ts';

/** Several questions in one request, answered by `routes`. @throws Error where one of the paths has no route */
export function batchRoutes(routes: readonly AnyRoute[], { logger }: Pick<Dependencies, 'logger'>): AnyRoute[] {
  const known = new Map(
    batchPathSchema.options.map((path) => {
      const route = routes.find((one) => one.method === 'get' && one.path === `/analytics/${path}`);
      if (!route) throw new Error(`No route answers /analytics/${path}.`);
      return [path as string, route];
    }),
  );
  return [
    defineRoute({
      method: 'post',
      tag: 'Analytics',
      access: 'analytics.read',
      path: '/analytics/batch',
      operationId: 'askAnalytics',
      summary: 'Several questions in one request, each answered as its own address would',
      body: batchSchema,
      // Not a secret, but figures: they are asked for anew each time, and no answer of them is kept to be repeated.
      holdsSecret: true,
      responses: { 200: batchResponseSchema },
      async handler({ principal, body, requestId, req, res }) {
        return { body: await answerBatch(known, body, { principal, requestId, req, res }, logger) };
      },
    }),
  ];
}
