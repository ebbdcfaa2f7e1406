import { idParams } from '../../contracts/common.ts';
import {
  archiveSchema,
  pipelineCreateSchema,
  pipelineUpdateSchema,
  pipelineUsageSchema,
} from '../../contracts/pipeline-settings.ts';
import { pipelineSchema } from '../../contracts/pipelines.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../../http/index.ts';
import { createPipelineService } from './pipeline.service.ts';

const shared = { tag: 'Pipelines', access: 'pipeline.manage' } as const;

/** What an administrator does with whole pipelines. */
export function settingsRoutes(deps: Dependencies): AnyRoute[] {
  const pipelines = createPipelineService(deps);
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines',
      operationId: 'createPipeline',
      summary: 'Create a pipeline, with the usual stages or with one’s own',
      body: pipelineCreateSchema,
      responses: { 201: pipelineSchema },
      handler: async ({ actor, body }) => created('/pipelines', await pipelines.create(actor, body)),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/pipelines/:id',
      operationId: 'updatePipeline',
      summary: 'Rename a pipeline, make it the default, or ask for reasons when records are lost',
      params: idParams,
      body: pipelineUpdateSchema,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await pipelines.update(actor, { id: params.id, version: ifMatch }, body)),
    }),
    defineRoute({
      ...shared,
      method: 'get',
      path: '/pipelines/:id/usage',
      operationId: 'getPipelineUsage',
      summary: 'How many records stand in each stage, whoever owns them',
      params: idParams,
      responses: { 200: pipelineUsageSchema },
      handler: async ({ params }) => ({ body: await pipelines.usage(params.id) }),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines/:id/archive',
      operationId: 'archivePipeline',
      summary: 'Take a pipeline out of use; its open records go to another one, won and lost ones stay where they are',
      params: idParams,
      body: archiveSchema,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await pipelines.archive(actor, { id: params.id, version: ifMatch }, body.moveTo)),
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/pipelines/:id/restore',
      operationId: 'restorePipeline',
      summary: 'Take an archived pipeline into use again',
      params: idParams,
      responses: { 200: pipelineSchema },
      handler: async ({ actor, params, ifMatch }) =>
        versioned(await pipelines.restore(actor, { id: params.id, version: ifMatch })),
    }),
  ];
}
