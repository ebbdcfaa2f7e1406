import {
  identityProviderCreateSchema,
  identityProviderListSchema,
  identityProviderSchema,
  identityProviderTestSchema,
  identityProviderUpdateSchema,
} from '../../contracts/administration.ts';
import { idParams } from '../../contracts/common.ts';
import { type AnyRoute, created, defineRoute, versioned } from '../../http/index.ts';
import type { Providers } from './provider.service.ts';

const tag = 'Administration';

/** The company's OpenID Connect providers. */
export function providerRoutes(providers: Providers): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/identity-providers',
      operationId: 'listIdentityProviders',
      tag,
      summary: 'Providers that people may sign in with',
      access: 'settings.manage',
      responses: { 200: identityProviderListSchema },
      handler: async () => ({ body: { items: await providers.list(), nextCursor: null } }),
    }),
    defineRoute({
      method: 'post',
      path: '/identity-providers',
      operationId: 'createIdentityProvider',
      tag,
      summary: 'Add a provider; takes somebody who holds all that an administrator holds',
      holdsSecret: true,
      access: 'settings.manage',
      body: identityProviderCreateSchema,
      responses: { 201: identityProviderSchema },
      handler: async ({ actor, body }) => created('/identity-providers', await providers.create(actor, body)),
    }),
    defineRoute({
      method: 'get',
      path: '/identity-providers/:id',
      operationId: 'getIdentityProvider',
      tag,
      summary: 'One provider; its client secret is never answered',
      access: 'settings.manage',
      params: idParams,
      responses: { 200: identityProviderSchema },
      handler: async ({ params }) => versioned(await providers.get(params.id)),
    }),
    defineRoute({
      method: 'patch',
      path: '/identity-providers/:id',
      operationId: 'updateIdentityProvider',
      tag,
      summary: 'Change a provider; the secret stays unless a new one is given; switching it off ends its sessions',
      holdsSecret: true,
      access: 'settings.manage',
      params: idParams,
      body: identityProviderUpdateSchema,
      responses: { 200: identityProviderSchema },
      handler: async ({ actor, params, body, ifMatch }) =>
        versioned(await providers.update(actor, params.id, ifMatch, body)),
    }),
    defineRoute({
      method: 'delete',
      path: '/identity-providers/:id',
      operationId: 'deleteIdentityProvider',
      tag,
      summary: 'Remove a provider that nobody depends on',
      access: 'settings.manage',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await providers.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/identity-providers/:id/test',
      operationId: 'testIdentityProvider',
      tag,
      summary: 'Ask the provider whether it can do what signing in needs',
      access: 'settings.manage',
      params: idParams,
      responses: { 200: identityProviderTestSchema },
      handler: async ({ params }) => ({ body: await providers.test(params.id) }),
    }),
  ];
}
