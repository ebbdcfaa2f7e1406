import {
  passkeyCreatedSchema,
  passkeyCreateSchema,
  passkeyOptionsSchema,
  passkeyRenameSchema,
  passkeySchema,
} from '../../contracts/account.ts';
import { idParams } from '../../contracts/common.ts';
import { type AnyRoute, defineRoute } from '../../http/index.ts';
import type { OwnPasskeys } from './passkeys.service.ts';

const tag = 'Own account';

/** The own passkeys; GET me/security lists them. */
export function passkeyRoutes(passkeys: OwnPasskeys): AnyRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/me/passkeys/options',
      operationId: 'newPasskeyOptions',
      tag,
      summary: 'What to ask the browser to make a passkey (WebAuthn creation options)',
      access: 'session',
      responses: { 200: passkeyOptionsSchema },
      handler: async ({ actor }) => ({ body: await passkeys.options(actor) }),
    }),
    defineRoute({
      method: 'post',
      path: '/me/passkeys',
      operationId: 'addPasskey',
      tag,
      summary: 'Add the passkey that the browser made; answers recovery codes where there were none',
      holdsSecret: true,
      access: 'session',
      body: passkeyCreateSchema,
      responses: { 201: passkeyCreatedSchema },
      handler: async ({ actor, body }) => ({ status: 201, body: await passkeys.add(actor, body) }),
    }),
    defineRoute({
      method: 'patch',
      path: '/me/passkeys/:id',
      operationId: 'renamePasskey',
      tag,
      summary: 'Give a passkey another name',
      access: 'session',
      params: idParams,
      body: passkeyRenameSchema,
      responses: { 200: passkeySchema },
      handler: async ({ actor, params, body }) => ({ body: await passkeys.rename(actor, params.id, body.name) }),
    }),
    defineRoute({
      method: 'delete',
      path: '/me/passkeys/:id',
      operationId: 'removePasskey',
      tag,
      summary: 'Remove a passkey',
      access: 'session',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await passkeys.remove(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}
