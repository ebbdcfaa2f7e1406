import { scopeOf } from '../access/index.ts';
import { personListSchema, roleListSchema, teamListSchema } from '../contracts/users.ts';
import type { Database } from '../db/index.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { listPeople, listRoles, listTeams } from './directory.repository.ts';

const tag = 'People';

/** Roles, teams, and the people a record can be given to. */
export function directoryRoutes(database: Database): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/roles',
      operationId: 'listRoles',
      tag,
      summary: 'All roles with their permissions',
      access: 'role.read',
      responses: { 200: roleListSchema },
      handler: async () => ({ body: { items: await listRoles(database.sql), nextCursor: null } }),
    }),
    defineRoute({
      method: 'get',
      path: '/teams',
      operationId: 'listTeams',
      tag,
      summary: 'All teams; parentId makes them a tree',
      access: 'user.read',
      responses: { 200: teamListSchema },
      handler: async () => ({ body: { items: await listTeams(database.sql), nextCursor: null } }),
    }),
    defineRoute({
      method: 'get',
      path: '/people',
      operationId: 'listPeople',
      tag,
      summary: 'People the caller may give records to',
      access: 'signed-in',
      responses: { 200: personListSchema },
      handler: async ({ principal }) => ({
        body: { items: await listPeople(database.sql, scopeOf(principal, 'lead.write')), nextCursor: null },
      }),
    }),
  ];
}
