import { idParams } from '../contracts/common.ts';
import {
  savedViewCreateSchema,
  savedViewListSchema,
  savedViewQuery,
  savedViewSchema,
  savedViewUpdateSchema,
} from '../contracts/views.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../http/index.ts';
import { createViewService } from './view.service.ts';

/** Saved views of lists and boards. */
export function viewRoutes(deps: Pick<Dependencies, 'database'>): AnyRoute[] {
  const views = createViewService(deps);
  const shared = { tag: 'Views', access: 'signed-in' } as const;
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/views',
      operationId: 'listViews',
      summary: 'Saved views: your own, and those that others share',
      query: savedViewQuery,
      responses: { 200: savedViewListSchema },
      async handler({ principal, query }) {
        const items = await views.list(principal, { entity: query.entity ?? null, onlyMine: query.mine ?? false });
        return { body: { items, nextCursor: null } };
      },
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/views',
      operationId: 'createView',
      summary: 'Save filters, columns and order of a list by a name',
      body: savedViewCreateSchema,
      responses: { 201: savedViewSchema },
      handler: async ({ actor, body }) => created('/views', await views.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/views/:id',
      operationId: 'updateView',
      summary: 'Change a view of your own',
      params: idParams,
      body: savedViewUpdateSchema,
      responses: { 200: savedViewSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await views.update(actor, params.id, body, ifMatch)),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/views/:id',
      operationId: 'deleteView',
      summary: 'Delete a view of your own; with view.share, also one that others share',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await views.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
