import { teamCreateSchema, teamUpdateSchema } from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import { teamListSchema, teamSchema } from '../../contracts/users.ts';
import { type AnyRoute, defineRoute, versioned } from '../../http/index.ts';
import type { Teams } from './team.service.ts';

const tag = 'Teams';

/** The company's teams. */
export function teamRoutes(teams: Teams): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/teams',
      operationId: 'listTeams',
      tag,
      summary: 'All teams; parentId makes them a tree',
      access: 'user.read',
      responses: { 200: teamListSchema },
      handler: async () => ({ body: { items: await teams.list(), nextCursor: null } }),
    }),
    defineRoute({
      method: 'post',
      path: '/teams',
      operationId: 'createTeam',
      tag,
      summary: 'Create a team, at the top or below another one',
      access: 'team.manage',
      body: teamCreateSchema,
      responses: { 201: teamSchema },
      // No Location: a team has no address of its own to be read at.
      handler: async ({ actor, body }) => ({ ...versioned(await teams.create(actor, body)), status: 201 }),
    }),
    defineRoute({
      method: 'patch',
      path: '/teams/:id',
      operationId: 'updateTeam',
      tag,
      summary: 'Rename a team, change its region, or move it with all teams below it',
      access: 'team.manage',
      params: idParams,
      body: teamUpdateSchema,
      responses: { 200: teamSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await teams.update(actor, params.id, ifMatch, body)),
    }),
    defineRoute({
      method: 'delete',
      path: '/teams/:id',
      operationId: 'deleteTeam',
      tag,
      summary: 'Delete a team that nothing belongs to',
      access: 'team.manage',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await teams.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
