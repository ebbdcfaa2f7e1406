import type { ServerMetadata } from 'openid-client';
import { z } from 'zod';
import type { IdentityProviderTest } from '../../contracts/administration.ts';
import { asRefusal } from './failures.ts';
import type { ProviderWithSecret } from './provider.repository.ts';
import type { ProviderClients } from './provider-client.ts';
import { addressProblem, safeFetch } from './safe-fetch.ts';

const TIMEOUT_MS = 5000;
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/**
 * Asks the provider for its description and keys and checks what a sign-in needs. Client id, secret and redirect
 * address show only when somebody signs in: no provider tells before.
 */
export async function testProvider(
  clients: ProviderClients,
  provider: ProviderWithSecret,
): Promise<IdentityProviderTest> {
  try {
    const { metadata } = await clients.fresh(provider);
    const issuer = new URL(provider.issuer);
    const problem = firstProblem(metadata, issuer);
    if (problem !== null) return { status: 'failed', detail: problem };
    const keys = await countKeys(metadata, issuer);
    if (keys === 0) return { status: 'failed', detail: 'The provider publishes no keys to check its signatures by.' };
    const pkce =
      metadata.code_challenge_methods_supported === undefined
        ? ' It does not say whether it checks PKCE; we send it all the same.'
        : '';
    return {
      status: 'ok',
      detail: `The provider answers and publishes ${keys === 1 ? 'one key' : `${keys} keys`}.${pkce} Sign in with it once to see that client id, secret and redirect address are right.`,
    };
  } catch (error) {
    return { status: 'failed', detail: asRefusal(error).message };
  }
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

function firstProblem(metadata: ServerMetadata, issuer: URL): string | null {
  for (const name of [...ENDPOINTS, 'userinfo_endpoint'] as const) {
    const address = metadata[name];
    if (address === undefined && name === 'userinfo_endpoint') continue;
    if (address === undefined || !URL.canParse(address)) return `The provider's description names no ${name}.`;
    const problem = addressProblem(new URL(address), issuer);
    if (problem !== null) return `The provider's ${name} ${problem}.`;
  }
  const { response_types_supported: types, code_challenge_methods_supported: challenges } = metadata;
  if (types !== undefined && !types.includes('code')) return 'The provider does not offer the authorization code flow.';
  if (challenges !== undefined && !challenges.includes('S256')) return 'The provider does not offer PKCE with S256.';
  const algorithms = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  if (!algorithms.some((name) => name !== 'none' && !name.startsWith('HS'))) {
    return 'The provider signs with no public key: RS256, PS256, ES256 or EdDSA is needed.';
  }
  return null;
}

async function countKeys(metadata: ServerMetadata, issuer: URL): Promise<number> {
  const response = await safeFetch(issuer)(metadata.jwks_uri ?? '', {
    method: 'GET',
    headers: { accept: 'application/json' },
    body: null,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const parsed = keySetSchema.safeParse(response.ok ? await response.json().catch(() => null) : null);
  return parsed.success ? parsed.data.keys.length : 0;
}
