import { z } from 'zod';
import { isAllowed, type Principal, recordAudit } from '../access/index.ts';
import { idParams, idSchema } from '../contracts/common.ts';
import {
  boardColumnQuery,
  boardColumnSchema,
  boardQuery,
  boardSchema,
  customFieldCreateSchema,
  customFieldListSchema,
  customFieldSchema,
  type Pipeline,
  pipelineEntitySchema,
  pipelineListSchema,
} from '../contracts/pipelines.ts';
import { isUniqueViolation } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, decodeCursor, defineRoute, forbidden, notFound, ProblemError } from '../http/index.ts';
import { COLUMN_ORDER, readColumn } from './board.repository.ts';
import { createCustomField, listCustomFields } from './custom-field.repository.ts';
import { listPipelines } from './pipeline.repository.ts';
import { recordKinds } from './record-kind.ts';

const columnParams = z.object({ id: idSchema, stageId: idSchema });
const entities = ['lead', 'opportunity'] as const;

/** Pipelines, boards and custom fields. */
export function pipelineRoutes({ database, config, clock }: Dependencies): AnyRoute[] {
  async function findVisible(principal: Principal, id: string): Promise<Pipeline> {
    const [pipeline] = await listPipelines(database.sql, { id });
    if (!pipeline) throw notFound('pipeline');
    if (!isAllowed(principal, recordKinds[pipeline.entity].read)) throw forbidden(`see ${pipeline.entity} boards`);
    return pipeline;
  }
  const filtersOf = (query: z.infer<typeof boardQuery>) => ({
    owner: query.owner === undefined ? undefined : [query.owner],
    team: query.team === undefined ? undefined : [query.team],
    source: query.source === undefined ? undefined : [query.source],
    segment: query.segment === undefined ? undefined : [query.segment],
    q: query.q || undefined,
    limit: query.limit,
    currency: config.currency,
  });

  return [
    defineRoute({
      method: 'get',
      path: '/pipelines',
      operationId: 'listPipelines',
      tag: 'Pipelines',
      summary: 'Pipelines with their stages, of the entities the asker may see',
      access: 'signed-in',
      query: z.strictObject({ entity: pipelineEntitySchema.optional() }),
      responses: { 200: pipelineListSchema },
      async handler({ principal, query }) {
        const visible = entities.filter((entity) => isAllowed(principal, recordKinds[entity].read));
        const pipelines = await listPipelines(database.sql, query.entity ? { entity: query.entity } : {});
        return { body: { items: pipelines.filter(({ entity }) => visible.includes(entity)), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/boards/:id',
      operationId: 'getBoard',
      tag: 'Boards',
      summary: 'The board of a pipeline: each stage with its totals and first cards',
      access: 'signed-in',
      params: idParams,
      query: boardQuery,
      responses: { 200: boardSchema },
      async handler({ principal, params, query }) {
        const pipeline = await findVisible(principal, params.id);
        const kind = recordKinds[pipeline.entity];
        const columns = await Promise.all(
          pipeline.stages.map((stage) =>
            readColumn(database.sql, kind, principal, stage, { ...filtersOf(query), after: null }),
          ),
        );
        const head = JSON.stringify({ id: pipeline.id, entity: pipeline.entity, name: pipeline.name });
        return {
          json: `{"pipeline":${head},"columns":[${columns.join(',')}],"asOf":${JSON.stringify(clock().toISOString())}}`,
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/boards/:id/columns/:stageId',
      operationId: 'getBoardColumn',
      tag: 'Boards',
      summary: 'Further cards of one column',
      access: 'signed-in',
      params: columnParams,
      query: boardColumnQuery,
      responses: { 200: boardColumnSchema },
      async handler({ principal, params, query }) {
        const pipeline = await findVisible(principal, params.id);
        const stage = pipeline.stages.find(({ id }) => id === params.stageId);
        if (!stage) throw notFound('stage');
        const position = decodeCursor(query.cursor, COLUMN_ORDER, 2);
        const after = position ? { position: String(position[0]), id: String(position[1]) } : null;
        return {
          json: await readColumn(database.sql, recordKinds[pipeline.entity], principal, stage, {
            ...filtersOf(query),
            after,
          }),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/fields',
      operationId: 'listCustomFields',
      tag: 'Pipelines',
      summary: "The administrator's own fields",
      access: 'signed-in',
      query: z.strictObject({ entity: z.enum(['lead', 'opportunity', 'account', 'contact']).optional() }),
      responses: { 200: customFieldListSchema },
      async handler({ query }) {
        return { body: { items: await listCustomFields(database.sql, query.entity ?? null), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/fields',
      operationId: 'createCustomField',
      tag: 'Pipelines',
      summary: 'Add a custom field',
      access: 'field.manage',
      body: customFieldCreateSchema,
      responses: { 201: customFieldSchema },
      async handler({ actor, body }) {
        try {
          const created = await database.transaction(async (tx) => {
            const { id } = await createCustomField(tx, body);
            await recordAudit(tx.sql, actor, { action: 'field.created', entity: 'field', entityId: id, after: body });
            return { id, ...body };
          });
          return { status: 201, body: created };
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
          throw new ProblemError('conflict', `There is already a field ${body.key} on ${body.entity}.`, {
            errors: [{ pointer: '/key', message: 'is taken' }],
          });
        }
      },
    }),
  ];
}
