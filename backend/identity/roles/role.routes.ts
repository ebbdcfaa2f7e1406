import { permissionCatalogueSchema, roleCreateSchema, roleUpdateSchema } from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import { roleListSchema, roleSchema } from '../../contracts/users.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../../http/index.ts';
import type { Roles } from './role.service.ts';
import { permissionCatalogue } from './role-catalogue.ts';

const tag = 'Roles';

/** What people may do. */
export function roleRoutes(roles: Roles): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/roles',
      operationId: 'listRoles',
      tag,
      summary: 'All roles with their permissions',
      access: 'role.read',
      responses: { 200: roleListSchema },
      handler: async () => ({ body: { items: await roles.list(), nextCursor: null } }),
    }),
    defineRoute({
      method: 'get',
      path: '/roles/catalogue',
      operationId: 'getPermissionCatalogue',
      tag,
      summary: 'What a role can allow, in words, and how far the caller may give it',
      access: 'signed-in',
      responses: { 200: permissionCatalogueSchema },
      handler: async ({ principal }) => ({ body: permissionCatalogue(principal) }),
    }),
    defineRoute({
      method: 'get',
      path: '/roles/:id',
      operationId: 'getRole',
      tag,
      summary: 'One role',
      access: 'role.read',
      params: idParams,
      responses: { 200: roleSchema },
      handler: async ({ params }) => versioned(await roles.get(params.id)),
    }),
    defineRoute({
      method: 'post',
      path: '/roles',
      operationId: 'createRole',
      tag,
      summary: 'Create a role; it can allow no more than the caller may do',
      access: 'role.manage',
      body: roleCreateSchema,
      responses: { 201: roleSchema },
      handler: async ({ actor, body }) => created('/roles', await roles.create(actor, body)),
    }),
    defineRoute({
      method: 'patch',
      path: '/roles/:id',
      operationId: 'updateRole',
      tag,
      summary: 'Change a role; holds for everybody who has it within five seconds',
      access: 'role.manage',
      params: idParams,
      body: roleUpdateSchema,
      responses: { 200: roleSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await roles.update(actor, params.id, ifMatch, body)),
    }),
    defineRoute({
      method: 'delete',
      path: '/roles/:id',
      operationId: 'deleteRole',
      tag,
      summary: 'Delete a role that nobody holds',
      access: 'role.manage',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await roles.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}
