import {
  emailOnlySchema,
  mailPromisedSchema,
  registerSchema,
  resetPasswordSchema,
  verifiedSchema,
  verifyEmailSchema,
} from '../../contracts/account.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import { assertSameOrigin } from '../request-origin.ts';
import type { Recovery } from './recovery.service.ts';
import type { Registration } from './registration.service.ts';

const tag = 'Signing in';
const NO_STORE = { 'Cache-Control': 'no-store' };
const promised = {
  status: 202,
  body: { message: 'If this address can be used, a mail with the next step is on its way to it.' },
  headers: NO_STORE,
};

/** Registering, verifying an address, and resetting a password. */
export function registrationRoutes(
  { config }: Pick<Dependencies, 'config'>,
  registration: Registration,
  recovery: Recovery,
): AnyRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/auth/register',
      operationId: 'register',
      tag,
      summary: 'Ask for an account; a mail with a link follows. The answer is the same for known addresses',
      holdsSecret: true,
      access: 'public',
      body: registerSchema,
      responses: { 202: mailPromisedSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        await registration.register(req, body);
        return promised;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/email/verify',
      operationId: 'verifyEmail',
      tag,
      summary: 'Make the account of a mailed link, which works once within 24 hours',
      holdsSecret: true,
      access: 'public',
      body: verifyEmailSchema,
      responses: { 200: verifiedSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        return { body: await registration.verify(req, body.token), headers: NO_STORE };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/email/resend',
      operationId: 'resendVerification',
      tag,
      summary: 'Ask for the mail of a registration once more',
      access: 'public',
      body: emailOnlySchema,
      responses: { 202: mailPromisedSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        await recovery.promise(req, 'verification', body.email);
        return promised;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/password/forgot',
      operationId: 'forgotPassword',
      tag,
      summary: 'Ask for a mail that leads to a new password. The answer is the same for unknown addresses',
      access: 'public',
      body: emailOnlySchema,
      responses: { 202: mailPromisedSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        await recovery.promise(req, 'password', body.email);
        return promised;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/password/reset',
      operationId: 'resetPassword',
      tag,
      summary: 'Set the password of a mailed link, which works once within 10 minutes; ends all sessions',
      holdsSecret: true,
      access: 'public',
      body: resetPasswordSchema,
      responses: { 204: null },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        await recovery.reset(req, body, requestId);
        return { status: 204 };
      },
    }),
  ];
}
