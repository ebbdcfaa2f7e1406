import { idParams } from '../contracts/common.ts';
import {
  dashboardCopySchema,
  dashboardCreateSchema,
  dashboardListSchema,
  dashboardSchema,
  dashboardUpdateSchema,
  homeDashboardSchema,
} from '../contracts/dashboards.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../http/index.ts';
import { createDashboardService } from './dashboard.service.ts';

/** The HTTP side of dashboards. They hold no numbers: each panel asks for its own, as the person looking. */
export function boardRoutes(deps: Pick<Dependencies, 'database'>): AnyRoute[] {
  const dashboards = createDashboardService(deps);
  const shared = { tag: 'Dashboards', access: 'analytics.read' } as const;
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/dashboards',
      operationId: 'listDashboards',
      summary: 'Dashboards that you see: the one you start with, those that came with the product, then by name',
      responses: { 200: dashboardListSchema },
      handler: async ({ principal }) => ({ body: { items: await dashboards.list(principal), nextCursor: null } }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/dashboards',
      operationId: 'createDashboard',
      summary: 'Make a dashboard of your own',
      body: dashboardCreateSchema,
      responses: { 201: dashboardSchema },
      handler: async ({ actor, body }) => created('/dashboards', await dashboards.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'put',
      path: '/dashboards/home',
      operationId: 'chooseHomeDashboard',
      summary: 'Choose the dashboard you start with; null: the one that suits your role',
      body: homeDashboardSchema,
      responses: { 204: null },
      async handler({ actor, body }) {
        await dashboards.chooseHome(actor, body.dashboardId);
        return { status: 204 };
      },
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/dashboards/:id',
      operationId: 'getDashboard',
      summary: 'A dashboard, without the figures that your role does not show',
      params: idParams,
      responses: { 200: dashboardSchema },
      handler: async ({ principal, params }) => versioned(await dashboards.get(principal, params.id)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/dashboards/:id',
      operationId: 'updateDashboard',
      summary: 'Change a dashboard of your own; with settings.manage, also one that is shared',
      params: idParams,
      body: dashboardUpdateSchema,
      responses: { 200: dashboardSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await dashboards.update(actor, params.id, body, ifMatch)),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/dashboards/:id',
      operationId: 'deleteDashboard',
      summary: 'Delete a dashboard of your own; with settings.manage, also one that others share',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await dashboards.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/dashboards/:id/copy',
      operationId: 'copyDashboard',
      summary: 'Copy a dashboard into a private one of your own',
      params: idParams,
      body: dashboardCopySchema,
      responses: { 201: dashboardSchema },
      handler: async ({ actor, params }) => created('/dashboards', await dashboards.copy(actor, params.id)),
    }),
  ];
}
