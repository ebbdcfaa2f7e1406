import {
  acceptInvitationSchema,
  invitationQuestionSchema,
  invitationSchema,
  passwordQuestionSchema,
  passwordStrengthSchema,
  signedInSchema,
  signInOptionsSchema,
} from '../../contracts/account.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import type { SignInSettingsService } from '../../settings/index.ts';
import { judgePassword } from '../password-policy.ts';
import { assertSameOrigin, clientAddress } from '../request-origin.ts';
import type { Throttle } from '../throttle.ts';
import type { Invitations } from './acceptance.service.ts';
import { listSignInProviders } from './options.repository.ts';

const tag = 'Signing in';
const NO_STORE = { 'Cache-Control': 'no-store' };

interface Parts {
  settings: SignInSettingsService;
  throttle: Throttle;
  invitations: Invitations;
}

/** What the sign-in page offers, how good a password is, and invitations. */
export function entranceRoutes(
  { config, database }: Dependencies,
  { settings, throttle, invitations }: Parts,
): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/auth/options',
      operationId: 'getSignInOptions',
      tag,
      summary: 'What the sign-in page offers',
      access: 'public',
      responses: { 200: signInOptionsSchema },
      async handler() {
        const { registration, registrationDomains } = await settings.current();
        const providers = await listSignInProviders(database.sql);
        const canMail = config.mail !== null;
        return { body: { registration, registrationDomains, providers, canMail }, headers: NO_STORE };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/password/strength',
      operationId: 'judgePassword',
      tag,
      summary: 'How hard a password would be to guess, and what to do about it; nothing is kept',
      holdsSecret: true,
      access: 'public',
      body: passwordQuestionSchema,
      responses: { 200: passwordStrengthSchema },
      async handler({ req, body: { password, ...owner } }) {
        assertSameOrigin(req, config);
        await throttle.attempt('check', '', clientAddress(req, config));
        return { body: await judgePassword(password, owner), headers: NO_STORE };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/invitation',
      operationId: 'getInvitation',
      tag,
      summary: 'Whom a mailed invitation is for; the link stays good',
      holdsSecret: true,
      access: 'public',
      body: invitationQuestionSchema,
      responses: { 200: invitationSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        return { body: await invitations.question(req, body.token), headers: NO_STORE };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/invitation/accept',
      operationId: 'acceptInvitation',
      tag,
      summary: 'Choose a password for the account of an invitation; the answer sets the session cookie',
      holdsSecret: true,
      access: 'public',
      body: acceptInvitationSchema,
      responses: { 201: signedInSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        const { user, cookie } = await invitations.accept(req, body, requestId);
        return { status: 201, body: { user }, headers: { 'Set-Cookie': cookie, ...NO_STORE } };
      },
    }),
  ];
}
