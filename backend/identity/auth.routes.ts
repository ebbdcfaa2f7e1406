import { loginRequestSchema, loginResponseSchema, setupRequestSchema } from '../contracts/auth.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { signedInReply } from './mfa/signed-in-reply.ts';
import { assertSameOrigin } from './request-origin.ts';
import { clearedSessionCookie } from './session-cookie.ts';
import { setUpFirstAdministrator } from './setup.service.ts';
import type { SignIn } from './sign-in.service.ts';

const tag = 'Signing in';

/** Signing in and out, and the first administrator. */
export function authRoutes(deps: Dependencies, signIn: SignIn): AnyRoute[] {
  const { config } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/auth/login',
      operationId: 'login',
      tag,
      summary: 'Sign in with e-mail and password; the answer sets the session cookie, or asks for a second step',
      access: 'public',
      body: loginRequestSchema,
      responses: { 200: loginResponseSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        const outcome = await signIn.withPassword(req, body, requestId);
        return 'cookie' in outcome
          ? signedInReply(outcome)
          : { body: outcome, headers: { 'Cache-Control': 'no-store' } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/logout',
      operationId: 'logout',
      tag,
      summary: 'End the session (or the embed session) of this request',
      access: 'signed-in',
      opensWithoutSecondStep: true,
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
      path: '/auth/logout/everywhere',
      operationId: 'logoutEverywhere',
      tag,
      summary: 'End all sessions of the signed-in person, in the console and in host pages',
      access: 'session',
      responses: { 204: null },
      async handler({ actor }) {
        await signIn.signOutEverywhere(actor);
        return { status: 204, headers: { 'Set-Cookie': clearedSessionCookie(config) } };
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
        return { status: 201, ...signedInReply(await setUpFirstAdministrator(deps, signIn, req, body, requestId)) };
      },
    }),
  ];
}
