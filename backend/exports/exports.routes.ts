import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { idParams } from '../contracts/common.ts';
import { exportRequestSchema } from '../contracts/exports.ts';
import { jobAcceptedSchema, jobSchema } from '../contracts/jobs.ts';
import { createDashboardService } from '../dashboards/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, notFound, ProblemError } from '../http/index.ts';
import { createJobRepository, enqueueJob, presentJob } from '../jobs/index.ts';
import { EXPORT_JOB } from './export.job.ts';
import { assertFormat, auditExport, createExportService, isLong } from './export.service.ts';
import { findFile, type KeptFile, readChunks } from './export-file.repository.ts';
import { exportRights } from './export-rights.ts';
import { mediaTypes } from './render/render.ts';

/** What a browser needs to save the file under its name, and whoever compares figures needs to trust it. */
function tell(res: ServerResponse, { fileName, mediaType, dataHash, bytes }: Omit<KeptFile, 'id' | 'rights'>): void {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  res.setHeader('Content-Type', mediaType);
  res.setHeader('Content-Length', bytes);
  res.setHeader('Content-Disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
  res.setHeader('X-SalesPulse-Data-Hash', dataHash);
  res.setHeader('Access-Control-Expose-Headers', 'Content-Disposition, X-SalesPulse-Data-Hash, X-Request-Id');
}

/** Aborted once nobody waits for the answer any more. */
function whileConnected(res: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  const reason = Object.assign(new Error('whoever asked has left'), { code: 'ECONNRESET' });
  res.once('close', () => leaving.abort(reason));
  return leaving.signal;
}

const fileTypes = [...new Set(Object.values(mediaTypes).map((type) => type.split(';')[0] ?? type))];

/** Of one person at a time: others wait for the same workers. */
const MOST_UNDER_WAY = 5;

/** Within the transaction that adds one: whoever asks many times at once is counted once after the other. */
async function assertRoom(runner: SqlRunner, userId: string): Promise<void> {
  await runner.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`export ${userId}`}, 0))::text as locked`);
  if ((await createJobRepository(runner).countOpen(EXPORT_JOB, userId)) < MOST_UNDER_WAY) return;
  throw new ProblemError(
    'too_many_requests',
    `${MOST_UNDER_WAY} of your exports are under way. Wait until one of them is done.`,
    { headers: { 'Retry-After': '10' } },
  );
}

/** Files made of figures. */
export function exportRoutes(deps: Dependencies): AnyRoute[] {
  const { database } = deps;
  const dashboards = createDashboardService(deps);
  const exported = createExportService(deps, { mostAtOnce: 2 });
  return [
    defineRoute({
      method: 'post',
      path: '/analytics/exports',
      operationId: 'exportAnalytics',
      tag: 'Analytics',
      summary: 'Figures as a file: at once (200), or a dashboard or records as a job (202) whose file is fetched later',
      access: 'analytics.read',
      body: exportRequestSchema,
      // Not a secret, but a file is nothing that can be repeated from a note of its answer; making it again is harmless.
      holdsSecret: true,
      responses: { 200: fileTypes, 202: jobAcceptedSchema },
      async handler({ actor, body, res }) {
        assertFormat(body);
        // With the rights of this credential: the job has all of its person's.
        if (body.of.kind === 'dashboard') await dashboards.get(actor.principal, body.of.dashboardId);
        if (isLong(body)) {
          const jobId = await database.transaction(async (tx) => {
            await assertRoom(tx.sql, actor.principal.userId);
            await auditExport(tx.sql, actor, body);
            return enqueueJob(tx, { kind: EXPORT_JOB, input: body, requestedBy: actor.principal });
          });
          const job = await createJobRepository(database.sql).find(jobId);
          if (!job) throw new Error(`The job ${jobId} was not stored.`);
          return { status: 202, body: { job: presentJob(job) } };
        }
        const file = await exported(actor, body, { signal: whileConnected(res) });
        await auditExport(database.sql, actor, body);
        tell(res, { ...file, bytes: file.content.length });
        res.end(file.content);
        return undefined;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/analytics/exports/jobs/:id/cancel',
      operationId: 'cancelExport',
      tag: 'Analytics',
      summary: 'Ends an export job, for whoever asked for it; one that is over stays as it is',
      access: 'analytics.read',
      params: idParams,
      responses: { 200: jobSchema },
      async handler({ params, principal: { userId } }) {
        const jobs = createJobRepository(database.sql);
        const job = (await jobs.cancel(params.id, EXPORT_JOB, userId)) ?? (await jobs.find(params.id));
        if (job?.kind !== EXPORT_JOB || job.requestedBy !== userId) throw notFound('job');
        return { body: presentJob(job) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/analytics/exports/:id/file',
      operationId: 'getExportFile',
      tag: 'Analytics',
      summary: 'The file of a finished export job, for whoever asked for it and for a day',
      access: 'analytics.read',
      params: idParams,
      responses: { 200: fileTypes },
      async handler({ params, principal, res }) {
        const file = await findFile(database.sql, params.id, principal.userId);
        if (!file) throw notFound('export');
        if (file.rights !== exportRights(principal)) {
          throw new ProblemError(
            'forbidden',
            'This file was made with other rights than you have here and now. Make it again.',
          );
        }
        tell(res, file);
        await pipeline(Readable.from(readChunks(database.sql, file.id)), res);
        return undefined;
      },
    }),
  ];
}
