import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { createSecretBox } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import type { ClientWithKey } from './client.repository.ts';
import { CLIENT_BOX } from './client.service.ts';
import { readPublicKey } from './public-key.ts';

/** An assertion is for right now: the host signs one for each visit. */
const MAX_LIFE_SECONDS = 120;
const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'Ed25519'];
const JWKS_OPTIONS = { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/** One line that the database can store. */
const line = (min: number, max: number) =>
  z
    .string()
    .min(min, `must have at least ${min} characters`)
    .max(max, `must have at most ${max} characters`)
    .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value), 'must be one line of valid text');
const oneTimeId = line(8, 200);
const claimsSchema = z
  .object({
    sub: line(1, 200),
    iat: z.number().int(),
    exp: z.number().int(),
    jti: oneTimeId.optional(),
    nonce: oneTimeId.optional(),
    origin: z.string().max(300),
    email: z.email().max(254).optional(),
    email_verified: z.boolean().optional(),
    name: line(1, 200).optional(),
    components: z
      .array(z.string().regex(/^salespulse-[a-z]{1,40}$/, 'must be the tag of an element'))
      .max(30)
      .optional(),
    record: line(1, 200).optional(),
  })
  .refine((claims) => claims.jti !== undefined || claims.nonce !== undefined, {
    path: ['jti'],
    message: 'is missing (nonce will do as well)',
  });

/** What a host says about its visitor, checked. */
export interface Assertion {
  hostUserId: string;
  /** null unless the host says that it verified it */
  verifiedEmail: string | null;
  name: string | null;
  origin: string;
  components: string[];
  record: string | null;
  oneTimeId: string;
  /** until when `oneTimeId` must be remembered */
  rememberUntil: Date;
}

/** Checks host assertions. Everything that is refused is 401 invalid_assertion with the reason. */
export interface AssertionVerifier {
  verify(client: ClientWithKey, assertion: string): Promise<Assertion>;
}

export const refused = (reason: string, cause?: unknown): ProblemError =>
  new ProblemError('invalid_assertion', `The assertion is refused: ${reason}.`, { cause });

export function createAssertionVerifier({ config, clock }: Dependencies): AssertionVerifier {
  const box = createSecretBox(config.secret, CLIENT_BOX);
  const keySets = new Map<string, JWTVerifyGetKey>();

  function remoteKeys(url: string): JWTVerifyGetKey {
    const known = keySets.get(url) ?? createRemoteJWKSet(new URL(url), JWKS_OPTIONS);
    keySets.set(url, known);
    return known;
  }

  /** The algorithm is pinned by the kind of key that the administrator registered; the token has no say. */
  async function signedClaims(client: ClientWithKey, assertion: string): Promise<JWTPayload> {
    const options = {
      audience: config.publicUrl,
      ...(client.issuer === null ? {} : { issuer: client.issuer }),
      currentDate: clock(),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      maxTokenAge: MAX_LIFE_SECONDS,
      requiredClaims: ['sub', 'iat', 'exp', 'origin'],
    };
    switch (client.keyKind) {
      case 'hs256': {
        const secret = new TextEncoder().encode(openSecret(client));
        return (await jwtVerify(assertion, secret, { ...options, algorithms: ['HS256'] })).payload;
      }
      case 'public-key': {
        const { key, algorithms } = readPublicKey(client.publicKey ?? '');
        return (await jwtVerify(assertion, key, { ...options, algorithms })).payload;
      }
      case 'jwks': {
        const keys = remoteKeys(client.jwksUrl ?? '');
        return (await jwtVerify(assertion, keys, { ...options, algorithms: JWKS_ALGORITHMS })).payload;
      }
      default:
        return client.keyKind satisfies never;
    }
  }

  function openSecret(client: ClientWithKey): string {
    try {
      return box.open(Buffer.from(client.secretSealed ?? '', 'hex'));
    } catch (cause) {
      throw refused("this server's SECRET_KEY has changed since the client was made; register the host again", cause);
    }
  }

  return {
    async verify(client, assertion) {
      const payload = await signedClaims(client, assertion).catch((error: unknown) => {
        throw asRefusal(error, config.publicUrl);
      });
      const parsed = claimsSchema.safeParse(payload);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw refused(`the claim ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
      }
      const claims = parsed.data;
      if (claims.exp - claims.iat > MAX_LIFE_SECONDS) throw refused(`it lives longer than ${MAX_LIFE_SECONDS} seconds`);
      if (!client.allowedOrigins.includes(claims.origin)) {
        throw refused(`${JSON.stringify(claims.origin)} is not an origin of this client`);
      }
      return {
        hostUserId: claims.sub,
        verifiedEmail: claims.email_verified === true ? (claims.email?.toLowerCase() ?? null) : null,
        name: claims.name ?? null,
        origin: claims.origin,
        components: allowedComponents(client.components, claims.components),
        record: claims.record ?? null,
        oneTimeId: claims.jti ?? claims.nonce ?? '',
        rememberUntil: new Date((claims.exp + CLOCK_TOLERANCE_SECONDS + 1) * 1000),
      };
    },
  };
}

/** What the assertion asks for within what the client may show; an empty client list allows everything. */
function allowedComponents(ofClient: readonly string[], asked: readonly string[] | undefined): string[] {
  if (asked === undefined || asked.length === 0) return [...ofClient];
  const foreign = ofClient.length === 0 ? undefined : asked.find((name) => !ofClient.includes(name));
  if (foreign !== undefined) throw refused(`this client may not show ${JSON.stringify(foreign)}`);
  return [...asked];
}

/** jose's word in ours, for the developer of the host. */
function asRefusal(error: unknown, audience: string): unknown {
  if (error instanceof ProblemError) return error;
  if (error instanceof errors.JWTExpired) return refused('it has expired', error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return refused(`its audience must be ${audience}`, error);
    return refused(`its claim ${error.claim} is missing or wrong`, error);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refused("its algorithm does not fit the client's key", error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return refused('its signature does not fit', error);
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return refused("its key is not among the client's keys", error);
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || isUnreachable(error)) {
    return new ProblemError('unavailable', "The client's key set cannot be read just now.", { cause: error });
  }
  if (error instanceof errors.JOSEError || error instanceof TypeError) return refused('it is not a signed JWT', error);
  return error;
}

/** jose has no class of its own for "the JWKS address answered something else than 200"; fetch throws TypeError. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && (error.constructor === errors.JOSEError || error.message === 'fetch failed');
