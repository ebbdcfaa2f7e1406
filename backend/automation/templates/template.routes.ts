import {
  mailTemplateCreateSchema,
  mailTemplateListSchema,
  mailTemplateSchema,
  mailTemplateUpdateSchema,
} from '../../contracts/automation.ts';
import { idParams } from '../../contracts/common.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../../http/index.ts';
import type { MailTemplates } from './template.service.ts';

const shared = { tag: 'Automation', access: 'automation.manage' } as const;

/** Texts that rules fill in and send. */
export function templateRoutes(templates: MailTemplates): AnyRoute[] {
  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/mail-templates',
      operationId: 'listMailTemplates',
      summary: 'All mail templates, by name',
      responses: { 200: mailTemplateListSchema },
      handler: async () => ({ body: { items: await templates.list(), nextCursor: null } }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/mail-templates',
      operationId: 'createMailTemplate',
      summary: 'Write a mail template',
      body: mailTemplateCreateSchema,
      responses: { 201: mailTemplateSchema },
      handler: async ({ actor, body }) => created('/mail-templates', await templates.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/mail-templates/:id',
      operationId: 'updateMailTemplate',
      summary: 'Change a mail template',
      params: idParams,
      body: mailTemplateUpdateSchema,
      responses: { 200: mailTemplateSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await templates.update(actor, params.id, ifMatch, body)),
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/mail-templates/:id',
      operationId: 'deleteMailTemplate',
      summary: 'Delete a mail template that no rule sends',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await templates.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
