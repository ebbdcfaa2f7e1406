import { z } from 'zod';
import { idParams } from '../contracts/common.ts';
import { stageMoveOf } from '../contracts/moves.ts';
import { stageEventSchema } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { crudRoutes } from './crud.routes.ts';
import type { CrudContract } from './crud-contract.ts';
import { readHistory } from './history.repository.ts';
import type { MoveService } from './move.service.ts';
import type { RecordListQuery } from './record.repository.ts';
import type { RecordService } from './record.service.ts';
import type { RecordKind } from './record-kind.ts';

/** The endpoints that leads and opportunities have alike. */
export function recordRoutes<Create, Update extends object>(
  deps: Dependencies,
  kind: RecordKind,
  contract: CrudContract<RecordListQuery, Create, Update>,
  service: RecordService<Create, Update>,
  moves: MoveService,
): AnyRoute[] {
  const { path, noun, tag, record } = contract;
  const name = kind.entity;
  return [
    ...crudRoutes(deps, kind, contract, service),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/stage`,
      operationId: `move${noun}`,
      tag,
      summary: `Move a ${name} to a stage, or within it`,
      access: kind.write,
      params: idParams,
      body: stageMoveOf(contract.update),
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
        return { json: `{"items":${await readHistory(deps.database.sql, kind, params.id)},"nextCursor":null}` };
      },
    }),
  ];
}
