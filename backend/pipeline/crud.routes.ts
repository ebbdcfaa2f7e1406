import type { z } from 'zod';
import type { Actor, Permission, Principal } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { RecordJson } from './record.repository.ts';

/** A kind of record, as far as its five everyday endpoints must know it. */
export interface CrudKind {
  readonly entity: string;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
}

/** What differs in the wire of a kind of record. */
export interface CrudContract<Query, Create, Update> {
  /** plural, as in the path */
  path: string;
  /** as in operation ids: Lead, Opportunity */
  noun: string;
  tag: string;
  record: z.ZodType;
  page: z.ZodType;
  listQuery: z.ZodType<Query>;
  create: z.ZodType<Create>;
  update: z.ZodType<Update>;
}

/** Reading and writing records of a kind, within the asker's scope; records and pages are JSON text. */
export interface CrudService<Query, Create, Update> {
  get(principal: Principal, id: string): Promise<RecordJson>;
  list(principal: Principal, query: Query): Promise<string>;
  /** inside a transaction of the caller's */
  createIn(tx: Tx, actor: Actor, input: Create): Promise<RecordJson & { id: string }>;
  /** `version`: the one the caller read; null: any */
  update(actor: Actor, id: string, input: Update, version: number | null): Promise<RecordJson>;
  remove(actor: Actor, id: string, version: number | null): Promise<void>;
}

/** List, create, read, change and delete. */
export function crudRoutes<Query, Create, Update>(
  { database }: Dependencies,
  kind: CrudKind,
  contract: CrudContract<Query, Create, Update>,
  service: CrudService<Query, Create, Update>,
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
  ];
}
