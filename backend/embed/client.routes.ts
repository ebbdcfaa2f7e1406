import { idParams } from '../contracts/common.ts';
import {
  embedClientCreatedSchema,
  embedClientCreateSchema,
  embedClientListSchema,
  embedClientSchema,
  embedClientUpdateSchema,
} from '../contracts/embed.ts';
import { type AnyRoute, defineRoute, versioned } from '../http/index.ts';
import type { Clients } from './client.service.ts';

const tag = 'Embedding';

/** The hosts that may show our elements. */
export function clientRoutes(clients: Clients): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/embed/clients',
      operationId: 'listEmbedClients',
      tag,
      summary: 'Hosts that may show SalesPulse elements',
      access: 'embed.manage',
      responses: { 200: embedClientListSchema },
      handler: async () => ({ body: { items: await clients.list(), nextCursor: null } }),
    }),
    defineRoute({
      method: 'post',
      path: '/embed/clients',
      operationId: 'createEmbedClient',
      tag,
      summary: 'Register a host; an hs256 secret is in this answer only',
      holdsSecret: true,
      access: 'embed.manage',
      body: embedClientCreateSchema,
      responses: { 201: embedClientCreatedSchema },
      async handler({ actor, body }) {
        const client = await clients.create(actor, body);
        return { status: 201, body: client, version: client.version, headers: { 'Cache-Control': 'no-store' } };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/embed/clients/:id',
      operationId: 'updateEmbedClient',
      tag,
      summary: 'Change a host; switching it off ends its sessions',
      access: 'embed.manage',
      params: idParams,
      body: embedClientUpdateSchema,
      responses: { 200: embedClientSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await clients.update(actor, params.id, ifMatch, body)),
    }),
  ];
}
