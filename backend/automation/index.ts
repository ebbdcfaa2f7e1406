export type { RecordPorts } from './actions/step.ts';
export { automationJobs, automationRoutes } from './automation.ts';
export type { EngineDependencies } from './engine.ts';
export { startAutomationWorker } from './worker.ts';
