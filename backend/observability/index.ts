export { checkReadiness, databaseCheck, type HealthCheck, migrationsCheck, type Readiness } from './health.ts';
export { observeRequests } from './http-metrics.ts';
export { createLogger, redactText } from './logger.ts';
export { createMetrics, type Metrics, type MetricsOptions } from './metrics.ts';
export { type OpsDependencies, opsApp, opsRouter } from './ops.routes.ts';
