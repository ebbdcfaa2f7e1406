import type { IncomingMessage } from 'node:http';
import {
  systemCheckSchema,
  systemHealthSchema,
  systemTestParams,
  systemTestRequestSchema,
} from '../contracts/administration.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { Arrival } from './part.ts';
import { createSystemService, type SystemDependencies } from './system.service.ts';

/** The health page: what is configured, what is wrong with it, and a test of each part. */
export function systemRoutes(deps: SystemDependencies): AnyRoute[] {
  const service = createSystemService(deps);
  const shared = { tag: 'Administration', access: 'settings.manage' } as const;

  /** What the request says of its way here; a proxy's word for the name counts only where proxies are trusted. */
  const arrivalOf = ({ headers }: IncomingMessage): Arrival => {
    const [forwarded] = String(headers['x-forwarded-host'] ?? '').split(',', 1);
    return {
      host: (deps.config.trustProxy && forwarded?.trim()) || headers.host,
      forwardedFor: headers['x-forwarded-for']?.toString(),
    };
  };

  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/system/health',
      operationId: 'getSystemHealth',
      summary: 'What is configured and whether it works; never a secret',
      responses: { 200: systemHealthSchema },
      handler: async ({ req }) => ({ body: await service.health(arrivalOf(req)) }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/system/health/:key/test',
      operationId: 'testSystemPart',
      summary: 'Try one part for real: a test job, a test mail, a question to the model',
      params: systemTestParams,
      body: systemTestRequestSchema,
      responses: { 200: systemCheckSchema },
      handler: async ({ actor, params, body, req }) => ({
        body: await service.test(actor, params.key, body, arrivalOf(req)),
      }),
    }),
  ];
}
