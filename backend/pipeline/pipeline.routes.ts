import { isAllowed } from '../access/index.ts';
import { pipelineListQuery, pipelineListSchema } from '../contracts/pipelines.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { boardRoutes } from './board.routes.ts';
import { listPipelines } from './pipeline.repository.ts';
import { recordKinds } from './record-kind.ts';
import { lostReasonRoutes } from './settings/lost-reason.routes.ts';
import { settingsRoutes } from './settings/settings.routes.ts';
import { stageRoutes } from './settings/stage.routes.ts';

const entities = ['lead', 'opportunity'] as const;

/** Pipelines and boards. */
export function pipelineRoutes(deps: Dependencies): AnyRoute[] {
  const { database } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/pipelines',
      operationId: 'listPipelines',
      tag: 'Pipelines',
      summary: 'Pipelines with their stages, of the entities the asker may see',
      access: 'signed-in',
      query: pipelineListQuery,
      responses: { 200: pipelineListSchema },
      async handler({ principal, query }) {
        const visible = entities.filter((entity) => isAllowed(principal, recordKinds[entity].read));
        const pipelines = await listPipelines(database.sql, {
          ...(query.entity ? { entity: query.entity } : {}),
          withArchived: query.archived ?? false,
        });
        return { body: { items: pipelines.filter(({ entity }) => visible.includes(entity)), nextCursor: null } };
      },
    }),
    ...settingsRoutes(deps),
    ...stageRoutes(deps),
    ...lostReasonRoutes(deps),
    ...boardRoutes(deps),
  ];
}
