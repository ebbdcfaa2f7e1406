import { idParams } from '../contracts/common.ts';
import { userCreateSchema, userListQuery, userPageSchema, userSchema, userUpdateSchema } from '../contracts/users.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../http/index.ts';
import type { Users } from './user.service.ts';

const tag = 'People';

/** The people of this installation. */
export function userRoutes(users: Users): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/users',
      operationId: 'listUsers',
      tag,
      summary: 'People by name, as far as the caller may see them',
      access: 'user.read',
      query: userListQuery,
      responses: { 200: userPageSchema },
      handler: async ({ actor, query }) => ({ body: await users.list(actor, query) }),
    }),
    defineRoute({
      method: 'get',
      path: '/users/:id',
      operationId: 'getUser',
      tag,
      summary: 'One person',
      access: 'user.read',
      params: idParams,
      responses: { 200: userSchema },
      handler: async ({ actor, params }) => versioned(await users.get(actor, params.id)),
    }),
    defineRoute({
      method: 'post',
      path: '/users',
      operationId: 'createUser',
      tag,
      summary: 'Invite a person by mail; or, with a password, add one who can sign in at once',
      holdsSecret: true,
      access: 'user.manage',
      body: userCreateSchema,
      responses: { 201: userSchema },
      handler: async ({ actor, body }) => created('/users', await users.create(actor, body)),
    }),
    defineRoute({
      method: 'patch',
      path: '/users/:id',
      operationId: 'updateUser',
      tag,
      summary: 'Change name, role, team or status; deactivating ends all sessions of the person',
      access: 'user.manage',
      params: idParams,
      body: userUpdateSchema,
      responses: { 200: userSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await users.update(actor, params.id, ifMatch, body)),
    }),
  ];
}
