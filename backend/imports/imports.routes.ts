import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { idParams } from '../contracts/common.ts';
import {
  importErrorPageSchema,
  importErrorQuery,
  importListQuery,
  importPreviewSchema,
  importRunPageSchema,
  importRunRequestSchema,
  importRunSchema,
  importUploadQuery,
} from '../contracts/imports.ts';
import { jobAcceptedSchema } from '../contracts/jobs.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, cutPage, decodeCursor, defineRoute, encodeCursor } from '../http/index.ts';
import { countErrors } from './imports.repository.ts';
import { createImportService } from './imports.service.ts';

const RUN_ORDER = '-createdAt';
const ERROR_ORDER = 'row';
const CSV = 'text/csv';

/** Files in: upload, preview, run, refused rows. */
export function importRoutes(deps: Dependencies): AnyRoute[] {
  const { database } = deps;
  const service = createImportService(deps);
  const shared = { tag: 'Imports', access: 'import.run' } as const;
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: '/imports',
      operationId: 'uploadImport',
      summary: 'Upload a CSV file (at most 200 MiB) and see how it would be read',
      query: importUploadQuery,
      rawBody: { contentTypes: ['application/octet-stream', CSV, 'text/plain'] },
      responses: { 201: importPreviewSchema },
      handler: async ({ query, actor, req }) => ({
        status: 201,
        body: await service.upload(actor, query.entity, query.fileName, req),
      }),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/imports',
      operationId: 'listImports',
      summary: 'Imports, newest first',
      query: importListQuery,
      responses: { 200: importRunPageSchema },
      async handler({ query }) {
        const position = decodeCursor(query.cursor, RUN_ORDER, 2);
        const after = position ? { createdAt: String(position[0]), id: String(position[1]) } : null;
        const { rows, nextCursor } = cutPage(await service.list(query.limit + 1, after), query.limit, (run) =>
          encodeCursor(RUN_ORDER, [run.createdAt, run.id]),
        );
        return { body: { items: rows, nextCursor } };
      },
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/imports/:id',
      operationId: 'getImport',
      summary: 'One import with its counts',
      params: idParams,
      responses: { 200: importRunSchema },
      handler: async ({ params }) => ({ body: await service.find(params.id) }),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/imports/:id/preview',
      operationId: 'previewImport',
      summary: 'How an uploaded file would be read',
      params: idParams,
      responses: { 200: importPreviewSchema },
      handler: async ({ principal, params }) => ({ body: await service.preview(principal, params.id) }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/imports/:id/run',
      operationId: 'runImport',
      summary: 'Bring an uploaded file in, or try what that would do',
      params: idParams,
      body: importRunRequestSchema,
      responses: { 202: jobAcceptedSchema },
      handler: async ({ params, body, actor }) => ({
        status: 202,
        body: { job: await service.run(actor, params.id, body) },
      }),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/imports/:id/errors',
      operationId: 'listImportErrors',
      summary: 'What is wrong with the rows that were not taken, in the order of the file',
      params: idParams,
      query: importErrorQuery,
      responses: { 200: importErrorPageSchema },
      async handler({ principal, params, query }) {
        const position = decodeCursor(query.cursor, ERROR_ORDER, 2);
        const after = position ? { row: Number(position[0]), id: Number(position[1]) } : null;
        const found = await service.problems(principal, params.id, query.limit + 1, after);
        const { rows, nextCursor } = cutPage(found, query.limit, ({ row, id }) => encodeCursor(ERROR_ORDER, [row, id]));
        const total = query.count ? { total: await countErrors(database.sql, params.id) } : {};
        return { body: { items: rows.map(({ id: _, ...problem }) => problem), nextCursor, ...total } };
      },
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/imports/:id/errors.csv',
      operationId: 'downloadImportErrors',
      summary: 'The rows that were not taken with the reasons, to be mended and imported again',
      params: idParams,
      responses: { 200: CSV },
      async handler({ principal, params, res }) {
        const { fileName } = await service.find(params.id);
        const name = `${fileName.replace(/\.\w+$/, '').replace(/[^\w.-]+/g, '-')}-refused-rows.csv`;
        res.setHeader('Content-Type', `${CSV}; charset=utf-8`);
        res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
        await pipeline(Readable.from(await service.report(principal, params.id)), res);
        return undefined;
      },
    }),
  ];
}
