import {
  activityCorrectSchema,
  activityCreateSchema,
  activityListQuery,
  activityPageSchema,
  activityParams,
  activityRevisionListSchema,
  activitySchema,
  mentionableListSchema,
  mentionableQuery,
} from '../contracts/activities.ts';
import { idParams } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, versioned } from '../http/index.ts';
import { createActivityService } from './activity.service.ts';
import { type RecordPath, recordPaths } from './record-paths.ts';

/** The activity log of records. */
export function logRoutes(deps: Dependencies): AnyRoute[] {
  const service = createActivityService(deps);
  return recordPaths.flatMap((path) => [...writing(service, path), ...reading(service, path)]);
}

type Service = ReturnType<typeof createActivityService>;

function reading(service: Service, [path, type, noun]: RecordPath): AnyRoute[] {
  const shared = { method: 'get', tag: 'Activities', access: `${type}.read` } as const;
  return [
    defineRoute({
      ...shared,
      path: `/${path}/:id/activities`,
      operationId: `list${noun}Activities`,
      summary: `Calls, e-mails, meetings and notes of the ${type}, newest first`,
      params: idParams,
      query: activityListQuery,
      responses: { 200: activityPageSchema },
      handler: async ({ principal, params, query }) => ({
        body: await service.list(principal, { type, id: params.id }, query),
      }),
    }),
    defineRoute({
      ...shared,
      path: `/${path}/:id/activities/:activityId/revisions`,
      operationId: `list${noun}ActivityRevisions`,
      summary: 'How an activity stood before each correction, the original first',
      params: activityParams,
      responses: { 200: activityRevisionListSchema },
      handler: async ({ principal, params }) => ({
        body: {
          items: await service.revisions(principal, { type, id: params.id }, params.activityId),
          nextCursor: null,
        },
      }),
    }),
    defineRoute({
      ...shared,
      path: `/${path}/:id/mentionable`,
      operationId: `list${noun}Mentionable`,
      summary: `People who may see the ${type} and so can be mentioned, at most 20`,
      params: idParams,
      query: mentionableQuery,
      responses: { 200: mentionableListSchema },
      handler: async ({ principal, params, query }) => ({
        body: { items: await service.mentionable(principal, { type, id: params.id }, query), nextCursor: null },
      }),
    }),
  ];
}

function writing(service: Service, [path, type, noun]: RecordPath): AnyRoute[] {
  const shared = { tag: 'Activities', access: `${type}.write` } as const;
  return [
    defineRoute({
      ...shared,
      method: 'post',
      path: `/${path}/:id/activities`,
      operationId: `log${noun}Activity`,
      summary: 'Log a call, e-mail, meeting or note',
      params: idParams,
      body: activityCreateSchema,
      responses: { 201: activitySchema },
      handler: async ({ actor, params, body }) => ({
        ...versioned(await service.log(actor, { type, id: params.id }, body)),
        status: 201,
      }),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: `/${path}/:id/activities/:activityId`,
      operationId: `correct${noun}Activity`,
      summary: 'Correct an activity, take it back or put it back; how it stood before is kept',
      params: activityParams,
      body: activityCorrectSchema,
      responses: { 200: activitySchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await service.correct(actor, { type, id: params.id }, params.activityId, body, ifMatch)),
    }),
  ];
}
