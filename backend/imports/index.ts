export { runImport } from './engine/run-import.ts';
export { errorReport } from './error-report.ts';
export { ImportFileError } from './import-file-error.ts';
export { importJobs } from './import-job.ts';
export { listErrors, unmappedColumns } from './imports.repository.ts';
export { importRoutes } from './imports.routes.ts';
export { fileSource } from './reading/source.ts';
export { createRun } from './run.repository.ts';
