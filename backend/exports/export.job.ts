import { isAllowed } from '../access/index.ts';
import { type ExportResult, exportRequestSchema } from '../contracts/exports.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { defineJob, type JobDefinition, JobFailedError } from '../jobs/index.ts';
import { createExportService } from './export.service.ts';
import { keepFile } from './export-file.repository.ts';
import { exportRights } from './export-rights.ts';

export const EXPORT_JOB = 'analytics.export';

/** Makes a file with the rights that the asking person has when it runs, and keeps it for a day. */
export function exportJob(deps: Dependencies): JobDefinition {
  const exported = createExportService(deps, { mostAtOnce: 1 });
  return defineJob({
    kind: EXPORT_JOB,
    input: exportRequestSchema,
    async run({ db, actor, jobId, progress, signal }, request): Promise<ExportResult> {
      if (!actor || !isAllowed(actor.principal, 'analytics.read')) {
        throw new JobFailedError('The person who asked for this may no longer see analytics, so it was not made.');
      }
      try {
        const file = await exported(actor, request, { progress, signal });
        const { principal } = actor;
        const owner = { jobId, ownerId: principal.userId, rights: exportRights(principal) };
        const exportId = await db.transaction((tx) => keepFile(tx.sql, owner, file));
        const { fileName, dataHash, content } = file;
        return { exportId, fileName, dataHash, bytes: content.length };
      } catch (error) {
        if (error instanceof ProblemError) throw new JobFailedError(error.message, { cause: error });
        throw error;
      }
    },
  });
}
