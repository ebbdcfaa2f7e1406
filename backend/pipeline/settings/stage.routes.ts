import { z } from 'zod';
import { idParams, idSchema } from '../../contracts/common.ts';
import {
  archiveSchema,
  stageCreateSchema,
  stageOrderSchema,
  stageUpdateSchema,
} from '../../contracts/pipeline-settings.ts';
import { pipelineSchema } from '../../contracts/pipelines.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute, versioned } from '../../http/index.ts';
import { createStageService } from './stage.service.ts';

const shared = { tag: 'Pipelines', access: 'pipeline.manage' } as const;
const stageParams = z.object({ id: idSchema, stageId: idSchema });

/** The stages of a pipeline. Every answer is the whole pipeline, whose version guards all of them. */
export function stageRoutes(deps: Dependencies): AnyRoute[] {
  const stages = createStageService(deps);
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines/:id/stages',
      operationId: 'createStage',
      summary: 'Add a stage behind the last one of its kind',
      params: idParams,
      body: stageCreateSchema,
      responses: { 201: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) => ({
        ...versioned(await stages.create(actor, { id: params.id, version: ifMatch }, body)),
        status: 201,
      }),
    }),
    defineRoute({
      ...shared,
      method: 'put',
      path: '/pipelines/:id/stages',
      operationId: 'orderStages',
      summary: 'Put the stages of a pipeline in order',
      params: idParams,
      body: stageOrderSchema,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await stages.order(actor, { id: params.id, version: ifMatch }, body.stageIds)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/pipelines/:id/stages/:stageId',
      operationId: 'updateStage',
      summary: 'Change a stage: its name, limits, what it asks for and where cards go from it',
      params: stageParams,
      body: stageUpdateSchema,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await stages.update(actor, { ...params, version: ifMatch }, body)),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines/:id/stages/:stageId/archive',
      operationId: 'archiveStage',
      summary: 'Take a stage out of use; its records go to another one of the same kind',
      params: stageParams,
      body: archiveSchema,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await stages.archive(actor, { ...params, version: ifMatch }, body.moveTo)),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines/:id/stages/:stageId/restore',
      operationId: 'restoreStage',
      summary: 'Take an archived stage into use again, behind the others',
      params: stageParams,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, ifMatch }) =>
        versioned(await stages.restore(actor, { ...params, version: ifMatch })),
    }),
  ];
}
