export type { RecordPorts } from './actions/step.ts';
export { automationJobs, automationRoutes } from './automation.ts';
export type { EngineDependencies } from './engine.ts';
export { renameTagInRules } from './tag-rename.ts';
export { startAutomationWorker } from './worker.ts';
