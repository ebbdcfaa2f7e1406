import type { IncomingMessage } from 'node:http';
import type { Actor, Principal } from '../access/index.ts';
import type { ImportEntity, ImportMapping, ImportPreview, ImportRun, ImportRunRequest } from '../contracts/imports.ts';
import type { Job } from '../contracts/jobs.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError } from '../http/index.ts';
import { createJobRepository, enqueueJob, presentJob } from '../jobs/index.ts';
import { entityImports } from './entities/catalogue.ts';
import { errorReport } from './error-report.ts';
import { type CellAccess, cellAccess, HIDDEN_REASON } from './field-access.ts';
import { ImportFileError } from './import-file-error.ts';
import { IMPORT_JOB } from './import-job.ts';
import {
  claimForJob,
  type ErrorRow,
  findMapping,
  findRun,
  listErrors,
  listRuns,
  type RunRow,
  storeUpload,
} from './imports.repository.ts';
import { type ImportPlan, planImport } from './mapping/plan.ts';
import { previewOf } from './mapping/preview.ts';
import { type Inspection, inspectFile } from './reading/inspect.ts';
import { fileSource } from './reading/source.ts';
import { type KeptMapping, readCustomFields } from './run.repository.ts';
import { withUploadedFile } from './upload.ts';

export type ImportService = ReturnType<typeof createImportService>;

/** Uploads, previews and runs of files over HTTP. */
export function createImportService({ database }: Dependencies) {
  const plan = async (
    { fieldGroups }: Pick<Principal, 'fieldGroups'>,
    entity: ImportEntity,
    inspection: Inspection,
    mapping?: ImportMapping,
  ): Promise<ImportPlan> => {
    const definition = entityImports[entity];
    const custom = await readCustomFields(database.sql, definition.customEntity, fieldGroups);
    return planImport(definition, inspection, custom, fieldGroups, mapping);
  };
  const jobs = createJobRepository(database.sql);

  const present = async ({ jobId, startedBy: _, ...run }: RunRow): Promise<ImportRun> => {
    const found = jobId === null ? undefined : await jobs.find(jobId);
    const job = found ? presentJob(found) : null;
    // A job that was given up has not always been able to say so here.
    const isLost = run.state === 'running' && job?.state === 'failed';
    return { ...run, ...(isLost ? { state: 'failed' as const, error: job.error } : {}), job };
  };

  /** The run with what was found in its file. @throws ProblemError when it or its file is gone */
  const open = async (id: string): Promise<{ run: RunRow; inspection: Inspection; kept: KeptMapping }> => {
    const [run, kept] = await Promise.all([findRun(database.sql, id), findMapping(database.sql, id)]);
    if (!run || !kept) throw notFound('import');
    if (!kept.hasFile || !kept.mapping?.inspection) {
      throw new ProblemError('conflict', 'The file of this import is no longer kept. Upload it again.');
    }
    return { run, inspection: kept.mapping.inspection, kept: kept.mapping };
  };

  const accessTo = async (principal: Principal, id: string): Promise<CellAccess> => {
    const [run, kept] = await Promise.all([findRun(database.sql, id), findMapping(database.sql, id)]);
    if (!run) throw notFound('import');
    return cellAccess(principal, run, kept?.mapping ?? null);
  };

  return {
    /** Keeps a file and answers how we read it. @throws ProblemError too_large, invalid */
    async upload(actor: Actor, entity: ImportEntity, fileName: string, req: IncomingMessage): Promise<ImportPreview> {
      return withUploadedFile(req, async (path) => {
        const inspection = await inspectFile(await fileSource(path)).catch((error: unknown) => {
          if (error instanceof ImportFileError) throw new ProblemError('invalid', error.message, { cause: error });
          throw error;
        });
        const guessed = await plan(actor.principal, entity, inspection);
        const mapping = {
          columns: inspection.columns.map(({ name }) => name),
          fields: guessed.mapping,
          inspection,
        };
        const { userId } = actor.principal;
        const id = await storeUpload(database, { path, fileName, entity, userId, mapping });
        const access = cellAccess(actor.principal, { entity, startedBy: userId }, mapping);
        return previewOf({ id, entity, fileName }, inspection, guessed, access);
      });
    },

    async preview(principal: Principal, id: string): Promise<ImportPreview> {
      const { run, inspection, kept } = await open(id);
      const guessed = await plan(principal, run.entity, inspection);
      return previewOf(run, inspection, guessed, cellAccess(principal, run, kept));
    },

    /** Problems of refused rows, in the order of the file; what quotes a hidden cell says only that it is wrong. */
    async problems(
      principal: Principal,
      id: string,
      limit: number,
      after: { row: number; id: number } | null,
    ): Promise<ErrorRow[]> {
      const access = await accessTo(principal, id);
      const found = await listErrors(database.sql, id, limit, after);
      return found.map((row) => (access.column(row.column) ? row : { ...row, reason: HIDDEN_REASON }));
    },

    /** The refused rows as CSV, in pieces. */
    async report(principal: Principal, id: string): Promise<AsyncIterable<string>> {
      return errorReport(database.sql, id, await accessTo(principal, id));
    },

    /** Takes the import on as a job. @throws ProblemError invalid for a mapping that can't be used, conflict */
    async run(actor: Actor, id: string, { mapping, dryRun, runRules }: ImportRunRequest): Promise<Job> {
      const { run, inspection } = await open(id);
      const { problems } = await plan(actor.principal, run.entity, inspection, mapping);
      if (problems.length > 0) {
        throw new ProblemError('invalid', problems.join(' '), {
          errors: problems.map((message) => ({ pointer: '/mapping', message })),
        });
      }
      const jobId = await database.transaction(async (tx) => {
        const job = await enqueueJob(tx, {
          kind: IMPORT_JOB,
          input: { runId: id, mapping: mapping ?? {}, dryRun, runRules },
          requestedBy: actor.principal,
        });
        if (!(await claimForJob(tx.sql, id, job, dryRun))) {
          throw new ProblemError(
            'conflict',
            'This import is under way or done already. Upload the file again to repeat it.',
          );
        }
        return job;
      });
      const job = await jobs.find(jobId);
      if (!job) throw new Error(`The job ${jobId} was not stored.`);
      return presentJob(job);
    },

    async find(id: string): Promise<ImportRun> {
      const run = await findRun(database.sql, id);
      if (!run) throw notFound('import');
      return present(run);
    },

    async list(limit: number, after: { createdAt: string; id: string } | null): Promise<ImportRun[]> {
      return Promise.all((await listRuns(database.sql, limit, after)).map(present));
    },
  };
}
