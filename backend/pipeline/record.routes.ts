import { z } from 'zod';
import { idParams } from '../contracts/common.ts';
import { stageEventSchema, stageMoveSchema } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { readHistory } from './history.repository.ts';
import type { MoveService } from './move.service.ts';
import type { RecordListQuery } from './record.repository.ts';
import type { RecordService } from './record.service.ts';
import type { RecordKind } from './record-kind.ts';

/** What differs in the wire of a kind of record. */
export interface RecordContract<Create, Update> {
  /** plural, as in the path */
  path: 'leads' | 'opportunities';
  /** as in operation ids: Lead, Opportunity */
  noun: string;
  tag: string;
  record: z.ZodType;
  page: z.ZodType;
  listQuery: z.ZodType<RecordListQuery>;
  create: z.ZodType<Create>;
  update: z.ZodType<Update>;
}

/** The endpoints that leads and opportunities have alike. */
export function recordRoutes<Create, Update>(
  { database }: Dependencies,
  kind: RecordKind,
  contract: RecordContract<Create, Update>,
  service: RecordService<Create, Update>,
  moves: MoveService,
): AnyRoute[] {
  const { path, noun, tag, record } = contract;
  const name = kind.entity;
  return [
    defineRoute({
      method: 'get',
      path: `/${path}`,
      operationId: `list${tag}`,
      tag,
      summary: `${tag} within the asker's scope`,
      access: kind.read,
      query: contract.listQuery,
      responses: { 200: contract.page },
      handler: async ({ principal, query }) => ({ json: await service.list(principal, query) }),
    }),
    defineRoute({
      method: 'post',
      path: `/${path}`,
      operationId: `create${noun}`,
      tag,
      summary: `Create a ${name}`,
      access: kind.write,
      body: contract.create,
      responses: { 201: record },
      async handler({ actor, body }) {
        const { json, version, id } = await database.transaction((tx) => service.createIn(tx, actor, body));
        return { status: 201, json, version, headers: { Location: `/api/v1/${path}/${id}` } };
      },
    }),
    defineRoute({
      method: 'get',
      path: `/${path}/:id`,
      operationId: `get${noun}`,
      tag,
      summary: `One ${name}`,
      access: kind.read,
      params: idParams,
      responses: { 200: record },
      handler: ({ principal, params }) => service.get(principal, params.id),
    }),
    defineRoute({
      method: 'patch',
      path: `/${path}/:id`,
      operationId: `update${noun}`,
      tag,
      summary: `Change fields of a ${name}`,
      access: kind.write,
      params: idParams,
      body: contract.update,
      responses: { 200: record },
      handler: ({ actor, params, body, ifMatch }) => service.update(actor, params.id, body, ifMatch),
    }),
    defineRoute({
      method: 'delete',
      path: `/${path}/:id`,
      operationId: `delete${noun}`,
      tag,
      summary: `Delete a ${name}`,
      access: kind.remove,
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await service.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/stage`,
      operationId: `move${noun}`,
      tag,
      summary: `Move a ${name} to a stage, or within it`,
      access: kind.write,
      params: idParams,
      body: stageMoveSchema,
      responses: { 200: record },
      handler: ({ actor, params, body, ifMatch }) => moves.move(actor, { id: params.id, move: body, version: ifMatch }),
    }),
    defineRoute({
      method: 'get',
      path: `/${path}/:id/history`,
      operationId: `get${noun}History`,
      tag,
      summary: 'Every stage it has been in, newest first',
      access: kind.read,
      params: idParams,
      responses: { 200: z.object({ items: z.array(stageEventSchema), nextCursor: z.null() }) },
      async handler({ principal, params }) {
        await service.get(principal, params.id);
        return { json: `{"items":${await readHistory(database.sql, kind, params.id)},"nextCursor":null}` };
      },
    }),
  ];
}
