import {
  mySecuritySchema,
  passkeyOptionsSchema,
  proofSchema,
  recoveryCodesSchema,
  totpConfirmSchema,
  totpSetupSchema,
} from '../../contracts/account.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import type { Proof } from './proof.service.ts';
import type { Protection } from './protection.service.ts';
import { describeSecurity } from './security.ts';

const tag = 'Own account';

/** How the own account is protected, a fresh proof of who is there, authenticator app and recovery codes. */
export function protectionRoutes(
  { database, clock }: Pick<Dependencies, 'database' | 'clock'>,
  { proof, protection }: { proof: Proof; protection: Protection },
): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/me/security',
      operationId: 'getMySecurity',
      tag,
      summary: 'How the own account is protected, and whether a fresh proof is needed to change that',
      access: 'session',
      responses: { 200: mySecuritySchema },
      handler: async ({ actor }) => ({ body: await describeSecurity(database.sql, actor, clock()) }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/proof',
      operationId: 'proveMe',
      tag,
      summary: 'Prove once more who is there, by password, code or passkey; replaces the cookie, good for 10 minutes',
      holdsSecret: true,
      access: 'session',
      body: proofSchema,
      responses: { 204: null },
      handler: async ({ req, actor, body }) => ({
        status: 204,
        headers: { 'Set-Cookie': await proof.give(req, actor, body) },
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/proof/passkey/options',
      operationId: 'proofPasskeyOptions',
      tag,
      summary: 'What to ask the browser for a proof by passkey (WebAuthn request options)',
      access: 'session',
      responses: { 200: passkeyOptionsSchema },
      handler: async ({ actor }) => ({ body: await proof.passkeyOptions(actor) }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/totp',
      operationId: 'startTotp',
      tag,
      summary: 'A new secret for an authenticator app; it counts once confirmed',
      holdsSecret: true,
      access: 'session',
      responses: { 201: totpSetupSchema },
      handler: async ({ actor }) => ({ status: 201, body: await protection.startTotp(actor) }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/totp/confirm',
      operationId: 'confirmTotp',
      tag,
      summary: 'Turn the authenticator app on by its first code; answers recovery codes where there were none',
      holdsSecret: true,
      access: 'session',
      body: totpConfirmSchema,
      responses: { 200: recoveryCodesSchema },
      handler: async ({ actor, body }) => ({
        body: { recoveryCodes: await protection.confirmTotp(actor, body.code) },
      }),
    }),
    defineRoute({
      method: 'delete',
      path: '/me/totp',
      operationId: 'removeTotp',
      tag,
      summary: 'Turn the authenticator app off',
      access: 'session',
      responses: { 204: null },
      async handler({ actor }) {
        await protection.removeTotp(actor);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/me/recovery-codes',
      operationId: 'makeRecoveryCodes',
      tag,
      summary: 'Ten new recovery codes in the place of the old ones, shown once',
      holdsSecret: true,
      access: 'session',
      responses: { 201: recoveryCodesSchema },
      handler: async ({ actor }) => ({
        status: 201,
        body: { recoveryCodes: await protection.newRecoveryCodes(actor) },
      }),
    }),
  ];
}
