import { mailListQuery, mailPageSchema, mailSchema } from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import { listOutbox, type RightsBeyond, readMail } from './outbox.service.ts';

const tag = 'Administration';

/** The mails of this installation, for administrators. */
export function mailRoutes(deps: Dependencies, rightsBeyond: RightsBeyond): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/mails',
      operationId: 'listMails',
      tag,
      summary: 'Mails of the last 30 days, the latest first: sent, waiting, failed, or kept for want of a mail server',
      access: 'settings.manage',
      query: mailListQuery,
      responses: { 200: mailPageSchema },
      handler: async ({ query }) => ({ body: await listOutbox(deps, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/mails/:id',
      operationId: 'getMail',
      tag,
      summary: 'One mail; with its text while no mail server is configured and the caller could act for its reader',
      access: 'settings.manage',
      params: idParams,
      responses: { 200: mailSchema },
      handler: async ({ principal, params }) => ({ body: await readMail(deps, rightsBeyond, principal, params.id) }),
    }),
  ];
}
