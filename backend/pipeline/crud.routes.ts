import { idParams, type RecordType } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { CrudContract, CrudKind, CrudService } from './crud-contract.ts';
import { exportRoute } from './export.routes.ts';
import { RECOVERABLE_DAYS } from './shared-filters.ts';

/** List, create, read, change and delete. */
export function crudRoutes<Query, Create, Update>(
  deps: Dependencies,
  kind: CrudKind & { readonly entity: RecordType },
  contract: CrudContract<Query, Create, Update>,
  service: CrudService<Query, Create, Update>,
): AnyRoute[] {
  const { database } = deps;
  const { path, noun, tag, record } = contract;
  const name = kind.entity;
  return [
    exportRoute(deps, kind, contract, service),
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
      path: `/${path}/:id/restore`,
      operationId: `restore${noun}`,
      tag,
      summary: `Bring back a ${name} that was deleted in the last ${RECOVERABLE_DAYS} days`,
      access: kind.remove,
      params: idParams,
      responses: { 200: record },
      handler: ({ actor, params }) => service.restore(actor, params.id),
    }),
  ];
}
