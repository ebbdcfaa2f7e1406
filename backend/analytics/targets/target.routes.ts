import { idParams } from '../../contracts/common.ts';
import {
  targetCreateSchema,
  targetListSchema,
  targetQuery,
  targetSchema,
  targetUpdateSchema,
} from '../../contracts/targets.ts';
import type { Database } from '../../db/index.ts';
import { type AnyRoute, defineRoute, versioned } from '../../http/index.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { createTargetService } from './target.service.ts';

/** The HTTP side of targets. */
export function targetRoutes(context: AnalyticsContext, database: Database): AnyRoute[] {
  const targets = createTargetService(context, database);
  return [
    defineRoute({
      method: 'get',
      path: '/targets',
      operationId: 'listTargets',
      tag: 'Targets',
      access: 'analytics.read',
      summary: 'Targets that you see, newest periods first and those to come last, with how far they are reached',
      query: targetQuery,
      responses: { 200: targetListSchema },
      handler: async ({ principal, query }) => ({ body: await targets.list(principal, query) }),
    }),
    defineRoute({
      method: 'post',
      path: '/targets',
      operationId: 'createTargets',
      tag: 'Targets',
      access: 'target.manage',
      summary: 'Set a target for one period or several in a row: all of them or none',
      body: targetCreateSchema,
      responses: { 201: targetListSchema },
      async handler({ actor, body }) {
        return { status: 201, body: { items: await targets.create(actor, body), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/targets/:id',
      operationId: 'updateTarget',
      tag: 'Targets',
      access: 'target.manage',
      summary: 'Change the value of a target',
      params: idParams,
      body: targetUpdateSchema,
      responses: { 200: targetSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await targets.update(actor, params.id, body.value, ifMatch)),
    }),
    defineRoute({
      method: 'delete',
      path: '/targets/:id',
      operationId: 'deleteTarget',
      tag: 'Targets',
      access: 'target.manage',
      summary: 'Delete a target',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await targets.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
