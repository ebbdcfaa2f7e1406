import { idParams } from '../contracts/common.ts';
import {
  explorationCreateSchema,
  explorationListSchema,
  explorationQuery,
  explorationSchema,
  explorationUpdateSchema,
} from '../contracts/dashboards.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../http/index.ts';
import { createExplorationService } from './exploration.service.ts';

/** The HTTP side of saved questions. They hold no numbers: whoever opens one asks anew. */
export function explorationRoutes(deps: Pick<Dependencies, 'database'>): AnyRoute[] {
  const explorations = createExplorationService(deps);
  const shared = { tag: 'Dashboards', access: 'analytics.read' } as const;
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/explorations',
      operationId: 'listExplorations',
      summary: 'Saved questions: your own, and those that others share, by name',
      query: explorationQuery,
      responses: { 200: explorationListSchema },
      async handler({ principal, query }) {
        return { body: { items: await explorations.list(principal, query.id ?? null), nextCursor: null } };
      },
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/explorations',
      operationId: 'createExploration',
      summary: 'Save a question of the explore page by a name',
      body: explorationCreateSchema,
      responses: { 201: explorationSchema },
      handler: async ({ actor, body }) => created('/explorations', await explorations.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/explorations/:id',
      operationId: 'getExploration',
      summary: 'A saved question, without the figures that your role does not show',
      params: idParams,
      responses: { 200: explorationSchema },
      handler: async ({ principal, params }) => versioned(await explorations.get(principal, params.id)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/explorations/:id',
      operationId: 'updateExploration',
      summary: 'Change a saved question of your own; with settings.manage, also one that is shared',
      params: idParams,
      body: explorationUpdateSchema,
      responses: { 200: explorationSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await explorations.update(actor, params.id, body, ifMatch)),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/explorations/:id',
      operationId: 'deleteExploration',
      summary: 'Delete a saved question of your own; with settings.manage, also one that others share',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await explorations.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
