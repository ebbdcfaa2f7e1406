export { exportJob } from './export.job.ts';
export { exportRoutes } from './exports.routes.ts';
