import { idParams, type RecordType } from '../contracts/common.ts';
import {
  myDayQuery,
  myDaySchema,
  recordTaskQuery,
  taskCreateSchema,
  taskListQuery,
  taskPageSchema,
  taskSchema,
  taskUpdateSchema,
} from '../contracts/tasks.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { recordPaths } from './record-paths.ts';
import { createTaskService } from './task.service.ts';

type TaskService = ReturnType<typeof createTaskService>;
const tag = 'Tasks';

/** Tasks of records, and everybody's own task list. */
export function taskRoutes(deps: Dependencies): AnyRoute[] {
  const tasks = createTaskService(deps);
  return [
    ...recordPaths.flatMap(([path, type, noun]) => taskRoutesOf(tasks, path, type, noun)),
    ...listRoutes(tasks),
    ...singleRoutes(tasks),
  ];
}

function taskRoutesOf(tasks: TaskService, path: string, type: RecordType, noun: string): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: `/${path}/:id/tasks`,
      operationId: `list${noun}Tasks`,
      tag,
      summary: `Tasks about the ${type}`,
      access: `${type}.read`,
      params: idParams,
      query: recordTaskQuery,
      responses: { 200: taskPageSchema },
      handler: async ({ principal, params, query }) => ({
        json: await tasks.listOfRecord(principal, type, params.id, query),
      }),
    }),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/tasks`,
      operationId: `create${noun}Task`,
      tag,
      summary: `Add a task about the ${type}`,
      access: `${type}.write`,
      params: idParams,
      body: taskCreateSchema,
      responses: { 201: taskSchema },
      async handler({ actor, params, body }) {
        const { json, version } = await tasks.create(actor, { type, id: params.id }, body);
        return { status: 201, json, version };
      },
    }),
  ];
}

function listRoutes(tasks: TaskService): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/tasks',
      operationId: 'listTasks',
      tag,
      summary: "Tasks within the asker's scope, by due moment",
      access: 'task.read',
      query: taskListQuery,
      responses: { 200: taskPageSchema },
      handler: async ({ principal, query }) => ({ json: await tasks.list(principal, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/tasks/my-day',
      operationId: 'getMyDay',
      tag,
      summary: 'What you have to do today: overdue, due today, within a week, some day, and what you have done',
      access: 'task.read',
      query: myDayQuery,
      responses: { 200: myDaySchema },
      handler: async ({ principal, query }) => ({ body: await tasks.myDay(principal, query.timeZone) }),
    }),
    defineRoute({
      method: 'post',
      path: '/tasks',
      operationId: 'createTask',
      tag,
      summary: 'Add a task about no record',
      access: 'task.write',
      body: taskCreateSchema,
      responses: { 201: taskSchema },
      async handler({ actor, body }) {
        const { json, version } = await tasks.create(actor, null, body);
        return { status: 201, json, version };
      },
    }),
  ];
}

function singleRoutes(tasks: TaskService): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/tasks/:id',
      operationId: 'getTask',
      tag,
      summary: 'One task',
      access: 'task.read',
      params: idParams,
      responses: { 200: taskSchema },
      handler: ({ principal, params }) => tasks.get(principal, params.id),
    }),
    defineRoute({
      method: 'patch',
      path: '/tasks/:id',
      operationId: 'updateTask',
      tag,
      summary: 'Change or complete a task; one that comes back bears its next occurrence then',
      access: 'task.write',
      params: idParams,
      body: taskUpdateSchema,
      responses: { 200: taskSchema },
      handler: ({ actor, params, body, ifMatch }) => tasks.update(actor, params.id, body, ifMatch),
    }),
    defineRoute({
      method: 'delete',
      path: '/tasks/:id',
      operationId: 'deleteTask',
      tag,
      summary: 'Delete a task; it can be restored for 30 days',
      access: 'task.write',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await tasks.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/tasks/:id/restore',
      operationId: 'restoreTask',
      tag,
      summary: 'Bring a deleted task back',
      access: 'task.write',
      params: idParams,
      responses: { 200: taskSchema },
      handler: ({ actor, params }) => tasks.restore(actor, params.id),
    }),
  ];
}
