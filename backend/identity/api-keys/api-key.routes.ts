import { apiKeyCreatedSchema, apiKeyCreateSchema, apiKeyListSchema } from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import type { ApiKeys } from './api-key.service.ts';

const shared = { tag: 'API keys', access: 'api-key.manage' } as const;

/** Keys for programs. */
export function apiKeyRoutes(keys: ApiKeys): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/api-keys',
      operationId: 'listApiKeys',
      summary: 'Everybody’s keys, newest first; never the keys themselves',
      responses: { 200: apiKeyListSchema },
      handler: async () => ({ body: { items: await keys.list(), nextCursor: null } }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/api-keys',
      operationId: 'createApiKey',
      summary: 'Create a key that acts as the caller; it is shown in this answer only',
      holdsSecret: true,
      body: apiKeyCreateSchema,
      responses: { 201: apiKeyCreatedSchema },
      handler: async ({ actor, body }) => ({ status: 201, body: await keys.create(actor, body) }),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/api-keys/:id',
      operationId: 'revokeApiKey',
      summary: 'Revoke a key; it is refused within five seconds',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await keys.revoke(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}
