import { type Actor, recordAudit } from '../access/index.ts';
import { createAnalyticsContext } from '../analytics/index.ts';
import type { ExportRequest } from '../contracts/exports.ts';
import { createDashboardService } from '../dashboards/index.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid } from '../http/index.ts';
import type { ExportedFile } from './export-document.ts';
import { readSubject, type Sources } from './read/read-subject.ts';
import { asReaderWants } from './reader.repository.ts';
import { render } from './render/render.ts';
import { createRenderPool } from './render/worker/render-pool.ts';

type Kind = ExportRequest['of']['kind'];

const formats: Record<Kind, readonly ExportRequest['format'][]> = {
  chart: ['csv', 'xlsx', 'pdf', 'svg', 'drawing'],
  kpis: ['csv', 'xlsx', 'pdf'],
  records: ['csv', 'xlsx', 'pdf'],
  dashboard: ['xlsx', 'pdf'],
};

/** What may take longer than somebody waits for an answer. */
export const isLong = ({ of }: ExportRequest): boolean => of.kind === 'dashboard' || of.kind === 'records';

/** @throws ProblemError invalid for a format that can't hold what is asked for */
export function assertFormat({ of, format }: ExportRequest): void {
  if (!formats[of.kind].includes(format)) {
    throw invalid('/format', `must be one of ${formats[of.kind].join(', ')} for ${of.kind}`);
  }
  if (of.kind === 'chart' && of.chart.type === 'table' && (format === 'svg' || format === 'drawing')) {
    throw invalid('/format', 'must be csv, xlsx or pdf for a table');
  }
}

/** Leaving with data is told in the audit log. */
export const auditExport = (runner: SqlRunner, actor: Actor, { of, format }: ExportRequest): Promise<unknown> =>
  recordAudit(runner, actor, {
    ...{ action: 'analytics.exported', entity: 'analytics', entityId: null },
    after: { of, format },
  });

/** What making a file is told beside the request. */
interface Making {
  progress?: (done: number, total: number | null) => Promise<void>;
  signal?: AbortSignal;
}

/** Makes files of figures, as the actor may see them at this moment; `mostAtOnce` are written at the same time. */
export function createExportService(deps: Dependencies, { mostAtOnce }: { mostAtOnce: number }) {
  const { database, config } = deps;
  const pool = createRenderPool({ mostAtOnce });
  const dashboards = createDashboardService(deps);
  const sources: Sources = {
    context: createAnalyticsContext(deps),
    findDashboard: (principal, id) => dashboards.get(principal, id),
  };
  return async function exported(
    { principal }: Actor,
    request: ExportRequest,
    { progress, signal }: Making = {},
  ): Promise<ExportedFile> {
    const wanted = await asReaderWants(database.sql, principal.userId, request, config.timeZone);
    const document = await readSubject(sources, principal, wanted, progress);
    const { format, bom } = request;
    signal?.throwIfAborted();
    return render(pool, document, { format, bom }, signal);
  };
}
