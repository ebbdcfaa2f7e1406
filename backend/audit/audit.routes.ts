import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { businessDay } from '../calendar/index.ts';
import { auditExportQuery, auditFacetsSchema, auditPageSchema, auditQuery } from '../contracts/administration.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { createAuditLog } from './audit.service.ts';

const CSV = 'text/csv';

/** Who changed what, and when. */
export function auditRoutes(deps: Dependencies): AnyRoute[] {
  const { clock, config } = deps;
  const log = createAuditLog(deps);
  const shared = { method: 'get', tag: 'Audit log', access: 'audit.read' } as const;
  return [
    defineRoute({
      ...shared,
      path: '/audit',
      operationId: 'listAudit',
      summary: 'Changes with their before and after, newest first; days are the company’s',
      query: auditQuery,
      responses: { 200: auditPageSchema },
      handler: async ({ actor, query }) => ({ body: await log.page(actor, query) }),
    }),
    defineRoute({
      ...shared,
      path: '/audit/facets',
      operationId: 'getAuditFacets',
      summary: 'The actions, entities and people that occur in the log',
      responses: { 200: auditFacetsSchema },
      handler: async () => ({ body: await log.facets() }),
    }),
    defineRoute({
      ...shared,
      path: '/audit/export',
      operationId: 'exportAudit',
      summary: 'All changes that pass the filters as a CSV file; the export is itself written down',
      query: auditExportQuery,
      responses: { 200: CSV },
      async handler({ actor, query, res }) {
        const lines = await log.export(actor, query);
        res.setHeader('Content-Type', `${CSV}; charset=utf-8`);
        res.setHeader(
          'Content-Disposition',
          `attachment; filename="audit-${businessDay(clock(), config.timeZone)}.csv"`,
        );
        await pipeline(Readable.from(lines), res);
        return undefined;
      },
    }),
  ];
}
