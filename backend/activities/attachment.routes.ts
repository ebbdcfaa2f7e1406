import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  attachmentListQuery,
  attachmentPageSchema,
  attachmentParams,
  attachmentSchema,
  attachmentUploadQuery,
} from '../contracts/attachments.ts';
import { idParams } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { createAttachmentService } from './attachment.service.ts';
import { type RecordPath, recordPaths } from './record-paths.ts';

/** Files on records. */
export function attachmentRoutes(deps: Dependencies): AnyRoute[] {
  const service = createAttachmentService(deps);
  return recordPaths.flatMap((path) => routesOf(service, path));
}

function routesOf(service: ReturnType<typeof createAttachmentService>, [path, type, noun]: RecordPath): AnyRoute[] {
  const tag = 'Files';
  return [
    defineRoute({
      tag,
      method: 'get',
      path: `/${path}/:id/attachments`,
      operationId: `list${noun}Attachments`,
      summary: `Files on the ${type}, newest first`,
      access: `${type}.read`,
      params: idParams,
      query: attachmentListQuery,
      responses: { 200: attachmentPageSchema },
      handler: async ({ principal, params, query }) => ({
        body: await service.list(principal, { type, id: params.id }, query),
      }),
    }),
    defineRoute({
      tag,
      method: 'post',
      path: `/${path}/:id/attachments`,
      operationId: `add${noun}Attachment`,
      summary: 'Add a file of at most 20 MiB: documents, pictures, recordings and text',
      access: `${type}.write`,
      params: idParams,
      query: attachmentUploadQuery,
      rawBody: { contentTypes: ['application/octet-stream'] },
      responses: { 201: attachmentSchema },
      handler: async ({ actor, params, query, req }) => ({
        status: 201,
        body: await service.add(actor, { type, id: params.id }, query.fileName, req),
      }),
    }),
    defineRoute({
      tag,
      method: 'get',
      path: `/${path}/:id/attachments/:attachmentId/content`,
      operationId: `download${noun}Attachment`,
      summary: 'Download a file; a browser saves it and never shows it',
      access: `${type}.read`,
      params: attachmentParams,
      responses: { 200: 'application/octet-stream' },
      async handler({ principal, params, res }) {
        const { attachment, chunks } = await service.open(principal, { type, id: params.id }, params.attachmentId);
        res.setHeader('Content-Type', attachment.mediaType);
        res.setHeader('Content-Length', attachment.bytes);
        res.setHeader('Content-Disposition', disposition(attachment.fileName));
        res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
        await pipeline(Readable.from(chunks), res);
        return undefined;
      },
    }),
    defineRoute({
      tag,
      method: 'delete',
      path: `/${path}/:id/attachments/:attachmentId`,
      operationId: `remove${noun}Attachment`,
      summary: 'Remove a file',
      access: `${type}.write`,
      params: attachmentParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await service.remove(actor, { type, id: params.id }, params.attachmentId);
        return {};
      },
    }),
  ];
}

/** RFC 6266: the name in ASCII for old programs, and as it is. */
function disposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
