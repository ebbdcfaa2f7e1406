import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { activityRoutes as logRoutes } from './activity.routes.ts';
import { taskRoutes } from './task.routes.ts';

export { createTaskIn } from './task-create.ts';

/** The activity log of records, tasks, and what else is told of them. */
export const activityRoutes = (deps: Dependencies): AnyRoute[] => [...logRoutes(deps), ...taskRoutes(deps)];
