import { recordAudit } from '../access/index.ts';
import {
  activityCreateSchema,
  activityListQuery,
  activityPageSchema,
  activitySchema,
  taskCreateSchema,
  taskListQuery,
  taskPageSchema,
  taskSchema,
  taskUpdateSchema,
} from '../contracts/activities.ts';
import { idParams, type RecordType } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { insertActivity, listActivities } from './activity.repository.ts';
import { assertReadable, assertWritable } from './record-access.ts';
import { createTaskService } from './task.service.ts';

const recordPaths = [
  ['leads', 'lead', 'Lead'],
  ['opportunities', 'opportunity', 'Opportunity'],
  ['accounts', 'account', 'Account'],
] as const satisfies readonly (readonly [string, RecordType, string])[];

type TaskService = ReturnType<typeof createTaskService>;

/** The activity log and tasks of records, and everybody's own task list. */
export function activityRoutes(deps: Dependencies): AnyRoute[] {
  const tasks = createTaskService(deps);
  return [
    ...recordPaths.flatMap(([path, type, noun]) => [
      ...logRoutes(deps, path, type, noun),
      ...taskRoutesOf(tasks, path, type, noun),
    ]),
    ...ownTaskRoutes(tasks),
  ];
}

function logRoutes({ database, clock }: Dependencies, path: string, type: RecordType, noun: string): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: `/${path}/:id/activities`,
      operationId: `list${noun}Activities`,
      tag: 'Activities',
      summary: `What happened with the ${type}, newest first`,
      access: `${type}.read`,
      params: idParams,
      query: activityListQuery,
      responses: { 200: activityPageSchema },
      async handler({ principal, params, query }) {
        await assertReadable(database.sql, principal, type, params.id);
        return { json: await listActivities(database.sql, { type, id: params.id }, query) };
      },
    }),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/activities`,
      operationId: `log${noun}Activity`,
      tag: 'Activities',
      summary: 'Log a call, e-mail, meeting or note',
      access: `${type}.write`,
      params: idParams,
      body: activityCreateSchema,
      responses: { 201: activitySchema },
      async handler({ actor, params, body }) {
        const { json } = await database.transaction(async (tx) => {
          await assertWritable(tx.sql, actor.principal, type, params.id);
          const occurredAt = body.occurredAt ?? clock().toISOString();
          const created = await insertActivity(
            tx.sql,
            { type, id: params.id },
            actor.principal.userId,
            occurredAt,
            body,
          );
          await recordAudit(tx.sql, actor, {
            action: 'activity.logged',
            entity: type,
            entityId: params.id,
            after: JSON.parse(created.json),
          });
          return created;
        });
        return { status: 201, json };
      },
    }),
  ];
}

function taskRoutesOf(tasks: TaskService, path: string, type: RecordType, noun: string): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: `/${path}/:id/tasks`,
      operationId: `list${noun}Tasks`,
      tag: 'Tasks',
      summary: `Tasks about the ${type}`,
      access: `${type}.read`,
      params: idParams,
      query: activityListQuery,
      responses: { 200: taskPageSchema },
      handler: async ({ principal, params, query }) => ({
        json: await tasks.listOfRecord(principal, type, params.id, query),
      }),
    }),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/tasks`,
      operationId: `create${noun}Task`,
      tag: 'Tasks',
      summary: `Add a task about the ${type}`,
      access: `${type}.write`,
      params: idParams,
      body: taskCreateSchema,
      responses: { 201: taskSchema },
      async handler({ actor, params, body }) {
        return { status: 201, ...(await tasks.create(actor, { type, id: params.id }, body)) };
      },
    }),
  ];
}

function ownTaskRoutes(tasks: TaskService): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/tasks',
      operationId: 'listTasks',
      tag: 'Tasks',
      summary: "Tasks within the asker's scope, by due day",
      access: 'task.read',
      query: taskListQuery,
      responses: { 200: taskPageSchema },
      handler: async ({ principal, query }) => ({ json: await tasks.list(principal, query) }),
    }),
    defineRoute({
      method: 'post',
      path: '/tasks',
      operationId: 'createTask',
      tag: 'Tasks',
      summary: 'Add a task about no record',
      access: 'task.write',
      body: taskCreateSchema,
      responses: { 201: taskSchema },
      handler: async ({ actor, body }) => ({ status: 201, ...(await tasks.create(actor, null, body)) }),
    }),
    defineRoute({
      method: 'patch',
      path: '/tasks/:id',
      operationId: 'updateTask',
      tag: 'Tasks',
      summary: 'Change or complete a task',
      access: 'task.write',
      params: idParams,
      body: taskUpdateSchema,
      responses: { 200: taskSchema },
      handler: ({ actor, params, body, ifMatch }) => tasks.update(actor, params.id, body, ifMatch),
    }),
  ];
}
