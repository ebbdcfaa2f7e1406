export {
  defineJob,
  type JobContext,
  type JobDefinition,
  JobFailedError,
} from './define-job.ts';
export { openDriver } from './drivers/open-driver.ts';
export { enqueueJob, type JobRequest } from './enqueue.ts';
export { presentJob } from './job.presenter.ts';
export { createJobRepository, type JobRepository, type JobRow } from './job.repository.ts';
export { jobRoutes } from './job.routes.ts';
export { createJobs, type JobsOptions, type JobsRuntime } from './jobs.service.ts';
export { repeat, type Schedule } from './schedules.ts';
