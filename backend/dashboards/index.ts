import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { boardRoutes } from './dashboard.routes.ts';
import { explorationRoutes } from './exploration.routes.ts';

export { insertBuiltInDashboards } from './built-in/index.ts';
export { createDashboardService } from './dashboard.service.ts';

/** The routes below /dashboards and /explorations. */
export const dashboardRoutes = (deps: Pick<Dependencies, 'database'>): AnyRoute[] => [
  ...boardRoutes(deps),
  ...explorationRoutes(deps),
];
