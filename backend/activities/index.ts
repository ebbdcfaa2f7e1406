import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { logRoutes } from './activity.routes.ts';
import { attachmentRoutes } from './attachment.routes.ts';
import { taskRoutes } from './task.routes.ts';
import { timelineRoutes } from './timeline.routes.ts';

export { calendarFeedRoutes } from './calendar-feed.routes.ts';
export { startReminders } from './reminder-sender.ts';
export { createTaskIn } from './task-create.ts';

/** The activity log of records with their files and timelines, and tasks. */
export const activityRoutes = (deps: Dependencies): AnyRoute[] => [
  ...logRoutes(deps),
  ...attachmentRoutes(deps),
  ...timelineRoutes(deps),
  ...taskRoutes(deps),
];
