export { pingJob } from './ping.job.ts';
export { systemRoutes } from './system.routes.ts';
