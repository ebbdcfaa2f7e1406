import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import type { JobDefinition } from '../jobs/index.ts';
import { bulkJob } from './bulk.job.ts';
import { bulkRoutes } from './bulk.routes.ts';
import type { BulkTargets } from './bulk-targets.ts';
import { purgeJob } from './purge.job.ts';
import { searchRoutes } from './search.routes.ts';
import { tagRoutes } from './tag.routes.ts';

export { bulkTargets } from './bulk-targets.ts';
export { purgeSchedule } from './purge.job.ts';

/** What goes over many records: one search for all kinds, changes of many at a time, and tags. */
export const recordsRoutes = (deps: Dependencies, targets: BulkTargets): AnyRoute[] => [
  ...searchRoutes(deps),
  ...bulkRoutes(deps, targets),
  ...tagRoutes(deps),
];

/** Their jobs: large changes, and erasing what was deleted long ago. */
export const recordsJobs = (targets: BulkTargets): JobDefinition[] => [bulkJob(targets), purgeJob];
