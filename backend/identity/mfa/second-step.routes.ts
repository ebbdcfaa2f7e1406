import type { Config } from '../../config.ts';
import {
  mfaChallengeSchema,
  mfaCodeSchema,
  passkeyAnswerSchema,
  passkeyOptionsSchema,
  signedInSchema,
} from '../../contracts/account.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import { assertSameOrigin } from '../request-origin.ts';
import type { PasskeySignIn } from './passkey-sign-in.service.ts';
import type { SecondStep } from './second-step.service.ts';
import { signedInReply } from './signed-in-reply.ts';

const tag = 'Signing in';

/** The second step of a sign-in, and signing in with a passkey alone. */
export function secondStepRoutes(
  config: Config,
  { secondStep, passkeySignIn }: { secondStep: SecondStep; passkeySignIn: PasskeySignIn },
): AnyRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/auth/mfa/totp',
      operationId: 'signInWithTotp',
      tag,
      summary: 'Second step: a code of the authenticator app; the answer sets the session cookie',
      access: 'public',
      body: mfaCodeSchema,
      responses: { 200: signedInSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        return signedInReply(await secondStep.withCode(req, 'totp', body, requestId));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/mfa/recovery',
      operationId: 'signInWithRecoveryCode',
      tag,
      summary: 'Second step: one of the recovery codes, which is used up by it',
      access: 'public',
      body: mfaCodeSchema,
      responses: { 200: signedInSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        return signedInReply(await secondStep.withCode(req, 'recovery', body, requestId));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/mfa/passkey/options',
      operationId: 'secondStepPasskeyOptions',
      tag,
      summary: 'Second step: what to ask the browser for a passkey (WebAuthn request options)',
      access: 'public',
      body: mfaChallengeSchema,
      responses: { 200: passkeyOptionsSchema },
      async handler({ req, body }) {
        assertSameOrigin(req, config);
        return { body: await secondStep.passkeyOptions(body.challenge) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/mfa/passkey',
      operationId: 'secondStepPasskey',
      tag,
      summary: 'Second step: the answer of a passkey',
      access: 'public',
      body: passkeyAnswerSchema,
      responses: { 200: signedInSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        return signedInReply(await secondStep.withPasskey(req, body, requestId));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/passkey/options',
      operationId: 'passkeySignInOptions',
      tag,
      summary: 'What to ask the browser to sign in with a passkey alone (WebAuthn request options)',
      access: 'public',
      responses: { 200: passkeyOptionsSchema },
      async handler({ req }) {
        assertSameOrigin(req, config);
        return { body: await passkeySignIn.options(req) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/passkey',
      operationId: 'signInWithPasskey',
      tag,
      summary: 'Sign in with a passkey alone; it must check the person by PIN, finger or face',
      access: 'public',
      body: passkeyAnswerSchema,
      responses: { 200: signedInSchema },
      async handler({ req, body, requestId }) {
        assertSameOrigin(req, config);
        return signedInReply(await passkeySignIn.finish(req, body, requestId));
      },
    }),
  ];
}
