import { loginRequestSchema, loginResponseSchema, meSchema, setupRequestSchema } from '../contracts/auth.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { describeMe } from './me.ts';
import { assertSameOrigin } from './request-origin.ts';
import { clearedSessionCookie } from './session-cookie.ts';
import { setUpFirstAdministrator } from './setup.service.ts';
import type { SignIn } from './sign-in.service.ts';

const tag = 'Signing in';

/** Signing in and out, the first administrator, and who am I. */
export function authRoutes(deps: Dependencies, signIn: SignIn): AnyRoute[] {
  const { config, database } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/auth/login',
      operationId: 'login',
      tag,
      summary: 'Sign in with e-mail and password; the answer sets the session cookie',
      access: 'public',
      body: loginRequestSchema,
      responses: { 200: loginResponseSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        const { user, cookie } = await signIn.withPassword(req, body, requestId);
        return { body: { user }, headers: { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/logout',
      operationId: 'logout',
      tag,
      summary: 'End the session (or the embed session) of this request',
      access: 'signed-in',
      responses: { 204: null },
      async handler({ actor }) {
        await signIn.signOut(actor);
        return actor.principal.via === 'session'
          ? { status: 204, headers: { 'Set-Cookie': clearedSessionCookie(config) } }
          : { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/setup',
      operationId: 'setUpFirstAdministrator',
      tag,
      summary: 'Make the first administrator with the one-time link that the first start printed',
      access: 'public',
      body: setupRequestSchema,
      responses: { 201: loginResponseSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        const { user, cookie } = await setUpFirstAdministrator(deps, signIn, req, body, requestId);
        return { status: 201, body: { user }, headers: { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/me',
      operationId: 'getMe',
      tag,
      summary: 'The signed-in person with role, team and rights',
      access: 'signed-in',
      responses: { 200: meSchema },
      async handler({ principal }) {
        return { body: await describeMe(database.sql, config, principal), headers: { 'Cache-Control': 'no-store' } };
      },
    }),
  ];
}
