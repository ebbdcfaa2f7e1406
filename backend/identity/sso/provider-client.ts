import {
  allowInsecureRequests,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  type ServerMetadata,
} from 'openid-client';
import { createSecretBox } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { createShortCache } from '../short-cache.ts';
import type { ProviderWithSecret } from './provider.repository.ts';
import { safeFetch } from './safe-fetch.ts';

/** Separates the key that seals client secrets from other keys of ours. */
export const PROVIDER_BOX = 'sso-client-secret';

const CACHE_MS = 10 * 60_000;
const MAX_CACHED = 50;
/** Somebody waits in front of a white page: rather a clear word after five seconds. */
const TIMEOUT_SECONDS = 5;

/** We, as one provider knows us. */
export interface ProviderClient {
  metadata: ServerMetadata;
  /** one for each way to prove who we are, to be tried in this order; never empty */
  configurations: [Configuration, ...Configuration[]];
}

/** The provider's description of itself can't be used; the message says what to change. */
export class ProviderSettingsError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ProviderSettingsError';
  }
}

export interface ProviderClients {
  /** Reads the provider's description, at most every ten minutes. @throws what openid-client or fetch throw, ProviderSettingsError */
  of(provider: ProviderWithSecret): Promise<ProviderClient>;
  /** The same, asked anew. */
  fresh(provider: ProviderWithSecret): Promise<ProviderClient>;
}

export function createProviderClients({ config, clock }: Pick<Dependencies, 'config' | 'clock'>): ProviderClients {
  const box = createSecretBox(config.secret, PROVIDER_BOX);
  const cache = createShortCache<ProviderClient>({ ttlMs: CACHE_MS, maxEntries: MAX_CACHED, clock });
  const open = (sealed: string): string => {
    try {
      return box.open(new Uint8Array(Buffer.from(sealed, 'hex')));
    } catch (cause) {
      throw new ProviderSettingsError(
        'The client secret cannot be opened, as SECRET_KEY was changed: enter it again.',
        {
          cause,
        },
      );
    }
  };
  const load = async (provider: ProviderWithSecret): Promise<ProviderClient> =>
    discover(provider, provider.secretSealed === null ? null : open(provider.secretSealed));
  return {
    // The version in the key: whoever changed the settings, in whichever process, is not answered from memory.
    of: (provider) => cache.get(`${provider.id} ${provider.version}`, () => load(provider)),
    fresh: load,
  };
}

async function discover(provider: ProviderWithSecret, secret: string | null): Promise<ProviderClient> {
  const issuer = new URL(provider.issuer);
  const metadata = await describe(issuer, provider.clientId);
  const [first, ...others] = waysToAuthenticate(metadata, secret).map((way) => {
    const configuration = new Configuration(metadata, provider.clientId, undefined, way);
    configuration.timeout = TIMEOUT_SECONDS;
    configuration[customFetch] = safeFetch(issuer);
    if (issuer.protocol === 'http:') allowInsecureRequests(configuration);
    // Signatures are checked although the token comes straight from the provider: TLS may end at a proxy.
    enableNonRepudiationChecks(configuration);
    return configuration;
  });
  if (!first) {
    throw new ProviderSettingsError(
      'The provider takes a client secret neither as client_secret_basic nor as client_secret_post.',
    );
  }
  return { metadata, configurations: [first, ...others] };
}

async function describe(issuer: URL, clientId: string): Promise<ServerMetadata> {
  const found = await discovery(issuer, clientId, undefined, None(), {
    timeout: TIMEOUT_SECONDS,
    [customFetch]: safeFetch(issuer),
    ...(issuer.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
  }).catch((error: unknown) => {
    if (error instanceof ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
      throw new ProviderSettingsError(
        'The provider calls itself by another address: enter the "issuer" of its description exactly as it stands there.',
        { cause: error },
      );
    }
    throw error;
  });
  const metadata = found.serverMetadata();
  // openid-client lets Entra ID name other directories; which one is ours is said by its very address.
  if (new URL(metadata.issuer).href !== issuer.href) {
    throw new ProviderSettingsError(`The provider calls itself ${metadata.issuer}. Enter exactly that as its address.`);
  }
  return metadata;
}

/** Basic is what OpenID Connect takes for granted; many a client is registered for post alone, so both are kept. */
function waysToAuthenticate(metadata: ServerMetadata, secret: string | null): ClientAuth[] {
  if (secret === null) return [None()];
  const offered = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return [
    ...(offered.includes('client_secret_basic') ? [ClientSecretBasic(secret)] : []),
    ...(offered.includes('client_secret_post') ? [ClientSecretPost(secret)] : []),
  ];
}
