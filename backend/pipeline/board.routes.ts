import { z } from 'zod';
import {
  boardCardsQuery,
  boardCardsSchema,
  boardColumnQuery,
  boardColumnSchema,
  boardLanesQuery,
  boardLanesSchema,
  boardQuery,
  boardSchema,
} from '../contracts/boards.ts';
import { idParams, idSchema } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { createBoardService } from './board.service.ts';

const columnParams = z.object({ id: idSchema, stageId: idSchema });

/** Boards: a pipeline's cards by stage, as they are and as they were. */
export function boardRoutes(deps: Dependencies): AnyRoute[] {
  const boards = createBoardService(deps);
  return [
    defineRoute({
      method: 'get',
      path: '/boards/:id',
      operationId: 'getBoard',
      tag: 'Boards',
      summary:
        'The board of a pipeline: each stage with its totals and first cards; with asOf, as it stood on that day',
      access: 'signed-in',
      params: idParams,
      query: boardQuery,
      responses: { 200: boardSchema },
      handler: async ({ principal, params, query }) => ({ json: await boards.read(principal, params.id, query) }),
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
      handler: async ({ principal, params, query }) => ({ json: await boards.readColumn(principal, params, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/boards/:id/cards',
      operationId: 'getBoardCards',
      tag: 'Boards',
      summary: 'Some cards of the board and the totals of all columns, as they are now',
      access: 'signed-in',
      params: idParams,
      query: boardCardsQuery,
      responses: { 200: boardCardsSchema },
      handler: async ({ principal, params, query }) => ({ json: await boards.readSome(principal, params.id, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/boards/:id/lanes',
      operationId: 'getBoardLanes',
      tag: 'Boards',
      summary: 'The swim lanes of the board, by owner, segment or score band, with their totals',
      access: 'signed-in',
      params: idParams,
      query: boardLanesQuery,
      responses: { 200: boardLanesSchema },
      handler: async ({ principal, params, query }) => ({ body: await boards.readLanes(principal, params.id, query) }),
    }),
  ];
}
