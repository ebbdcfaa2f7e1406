import { idParams } from '../../contracts/common.ts';
import {
  conversionPreviewSchema,
  conversionQuestionSchema,
  customFieldCreateSchema,
  customFieldListSchema,
  customFieldQuery,
  customFieldSchema,
  customFieldUpdateSchema,
  fieldErasedSchema,
  fieldEraseSchema,
  fieldUsageSchema,
} from '../../contracts/fields.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../../http/index.ts';
import { createFieldService } from './field.service.ts';

/** The administrator's own fields. */
export function fieldRoutes(deps: Pick<Dependencies, 'database' | 'config'>): AnyRoute[] {
  const fields = createFieldService(deps);
  const ofFields = { tag: 'Fields', access: 'field.manage' } as const;
  return [
    defineRoute({
      ...ofFields,
      method: 'get',
      path: '/fields',
      operationId: 'listCustomFields',
      access: 'signed-in',
      summary: "The administrator's own fields, as far as the asker sees them",
      query: customFieldQuery,
      responses: { 200: customFieldListSchema },
      async handler({ principal, query }) {
        return { body: { items: await fields.list(principal, query.entity, query.all ?? false), nextCursor: null } };
      },
    }),
    defineRoute({
      ...ofFields,
      method: 'post',
      path: '/fields',
      operationId: 'createCustomField',
      summary: 'Add a custom field',
      body: customFieldCreateSchema,
      responses: { 201: customFieldSchema },
      handler: async ({ actor, body }) => created('/fields', await fields.create(actor, body)),
    }),
    defineRoute({
      ...ofFields,
      method: 'patch',
      path: '/fields/:id',
      operationId: 'updateCustomField',
      summary: 'Change a custom field; its values are brought along',
      params: idParams,
      body: customFieldUpdateSchema,
      responses: { 200: customFieldSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await fields.update(actor, params.id, body, ifMatch)),
    }),
    defineRoute({
      ...ofFields,
      method: 'post',
      path: '/fields/:id/conversion',
      operationId: 'previewFieldConversion',
      summary: 'What a change of type or options would do to the values',
      params: idParams,
      body: conversionQuestionSchema,
      responses: { 200: conversionPreviewSchema },
      handler: async ({ principal, params, body }) => ({ body: await fields.preview(principal, params.id, body) }),
    }),
    defineRoute({
      ...ofFields,
      method: 'get',
      path: '/fields/:id/usage',
      operationId: 'getFieldUsage',
      summary: 'Where a custom field is used',
      params: idParams,
      responses: { 200: fieldUsageSchema },
      handler: async ({ params }) => ({ body: await fields.usage(params.id) }),
    }),
    defineRoute({
      ...ofFields,
      method: 'post',
      path: '/fields/:id/archive',
      operationId: 'archiveCustomField',
      summary: 'Take a custom field out of sight; its values stay',
      params: idParams,
      responses: { 200: customFieldSchema },
      handler: async ({ actor, params, ifMatch }) => versioned(await fields.archive(actor, params.id, ifMatch)),
    }),
    defineRoute({
      ...ofFields,
      method: 'post',
      path: '/fields/:id/restore',
      operationId: 'restoreCustomField',
      summary: 'Bring an archived custom field back, with its values',
      params: idParams,
      responses: { 200: customFieldSchema },
      handler: async ({ actor, params, ifMatch }) => versioned(await fields.restore(actor, params.id, ifMatch)),
    }),
    defineRoute({
      ...ofFields,
      method: 'post',
      path: '/fields/:id/erase',
      operationId: 'eraseCustomField',
      summary: 'Erase the values of an archived field for good',
      params: idParams,
      body: fieldEraseSchema,
      responses: { 200: fieldErasedSchema },
      handler: async ({ actor, params, body, ifMatch }) => ({
        body: await fields.erase(actor, params.id, body.key, ifMatch),
      }),
    }),
  ];
}
