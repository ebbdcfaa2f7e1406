import { permissionCatalogueSchema, roleCreateSchema, roleUpdateSchema } from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import { roleListSchema, roleSchema } from '../../contracts/users.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
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
      async handler({ params }) {
        const role = await roles.get(params.id);
        return { body: role, version: role.version };
      },
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
      async handler({ actor, body }) {
        const role = await roles.create(actor, body);
        return { status: 201, body: role, version: role.version, headers: { Location: `/api/v1/roles/${role.id}` } };
      },
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
      async handler({ actor, params, body, ifMatch }) {
        const role = await roles.update(actor, params.id, ifMatch, body);
        return { body: role, version: role.version };
      },
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
