import { changePasswordSchema, meUpdateSchema, mySessionListSchema } from '../../contracts/account.ts';
import { meSchema } from '../../contracts/auth.ts';
import { idParams } from '../../contracts/common.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import { describeMe } from '../me.ts';
import { clearedSessionCookie } from '../session-cookie.ts';
import type { OwnAccount } from './account.service.ts';
import type { OwnSessions } from './own-sessions.service.ts';

const tag = 'Own account';
const uncached = { 'Cache-Control': 'no-store' };

/** Who am I, my name and password, and where I am signed in. */
export function meRoutes(
  { config, database }: Pick<Dependencies, 'config' | 'database'>,
  { account, ownSessions }: { account: OwnAccount; ownSessions: OwnSessions },
): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/me',
      operationId: 'getMe',
      tag,
      summary: 'The signed-in person with role, team and rights',
      access: 'signed-in',
      opensWithoutSecondStep: true,
      responses: { 200: meSchema },
      handler: async ({ principal }) => ({
        body: await describeMe(database.sql, config, principal),
        headers: uncached,
      }),
    }),
    defineRoute({
      method: 'patch',
      path: '/me',
      operationId: 'updateMe',
      tag,
      summary: 'Change own name, language and time zone',
      access: 'session',
      body: meUpdateSchema,
      responses: { 200: meSchema },
      handler: async ({ actor, body }) => ({ body: await account.update(actor, body), headers: uncached }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/password',
      operationId: 'changeMyPassword',
      tag,
      summary: 'Change the own password; ends all other sessions and replaces the cookie',
      holdsSecret: true,
      access: 'session',
      body: changePasswordSchema,
      responses: { 204: null },
      handler: async ({ req, actor, body }) => ({
        status: 204,
        headers: { 'Set-Cookie': await account.changePassword(req, actor, body) },
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/me/sessions',
      operationId: 'listMySessions',
      tag,
      summary: 'Where the person is signed in to the console',
      access: 'session',
      responses: { 200: mySessionListSchema },
      handler: async ({ actor }) => ({
        body: { items: await ownSessions.list(actor), nextCursor: null },
        headers: uncached,
      }),
    }),
    defineRoute({
      method: 'delete',
      path: '/me/sessions/:id',
      operationId: 'endMySession',
      tag,
      summary: 'End one of the own sessions',
      access: 'session',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await ownSessions.end(actor, params.id);
        const isOwn = params.id === actor.principal.sessionId;
        return { status: 204, ...(isOwn ? { headers: { 'Set-Cookie': clearedSessionCookie(config) } } : {}) };
      },
    }),
  ];
}
