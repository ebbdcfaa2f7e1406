import {
  authorizationCodeGrant,
  type Configuration,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { type ClaimedEmail, type Claims, claimedEmail, claimedName, claimValues } from './claims.ts';
import { SsoRefusal } from './failures.ts';
import type { ProviderWithSecret } from './provider.repository.ts';
import type { ProviderClient } from './provider-client.ts';

/** How far a provider's clock may be ahead of ours. */
const MAX_AHEAD_SECONDS = 60;
const MAX_SUBJECT = 255;

/** Whom a provider vouches for. */
export interface Visitor {
  /** the provider's own, lasting name for the person */
  subject: string;
  email: ClaimedEmail | null;
  name: string | null;
  /** values of the role claim; empty when there is none */
  roleValues: string[];
}

/** What was sent with the person on the way out, and must fit what comes back. */
interface Expected {
  state: string;
  nonce: string;
  verifier: string;
}

/**
 * Trades the code in the callback's address for the provider's word on who this is, checked: state, issuer, audience,
 * nonce, signature, algorithm, times. Asks the userinfo endpoint for what the ID token leaves out.
 *
 * @throws what openid-client throws; SsoRefusal
 */
export async function exchangeCode(
  { metadata, configurations }: ProviderClient,
  provider: ProviderWithSecret,
  callback: URL,
  { state, nonce, verifier }: Expected,
  now: Date,
): Promise<Visitor> {
  const [configuration, tokens] = await withEachWay(configurations, (one) =>
    authorizationCodeGrant(one, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    }),
  );
  const idToken = tokens.claims();
  if (!idToken) throw new SsoRefusal('answer-not-valid', 'The provider sent no ID token.');
  assertTimely(idToken, now);
  if (idToken.sub.length > MAX_SUBJECT || idToken.sub.includes('\0')) {
    throw new SsoRefusal('answer-not-valid', 'The provider names the person in a way that cannot be kept.');
  }
  const more =
    metadata.userinfo_endpoint !== undefined && leavesOut(idToken, provider)
      ? await fetchUserInfo(configuration, tokens.access_token, idToken.sub)
      : {};
  return visitorOf(idToken, more, provider);
}

/** Which way to prove ourselves is registered there, no provider says: a refused client is tried the other way. */
async function withEachWay<T>(
  configurations: readonly [Configuration, ...Configuration[]],
  run: (configuration: Configuration) => Promise<T>,
): Promise<[Configuration, T]> {
  const [first, ...others] = configurations;
  try {
    return [first, await run(first)];
  } catch (error) {
    const [next, ...rest] = others;
    if (!next || !isClientRefused(error)) throw error;
    return withEachWay([next, ...rest], run);
  }
}

const isClientRefused = (error: unknown): boolean =>
  (error instanceof ResponseBodyError && error.error === 'invalid_client') ||
  error instanceof WWWAuthenticateChallengeError;

function assertTimely({ iat }: IDToken, now: Date): void {
  if (iat > now.getTime() / 1000 + MAX_AHEAD_SECONDS) {
    throw new SsoRefusal('answer-not-valid', 'The ID token was issued in the future: one of the two clocks is wrong.');
  }
}

function leavesOut(claims: Claims, { roleClaim }: ProviderWithSecret): boolean {
  const isVerificationSaid = claims.email_verified !== undefined || claims.xms_edov !== undefined;
  return (
    claims.email === undefined ||
    !isVerificationSaid ||
    claimedName(claims) === null ||
    (roleClaim !== null && claimValues(claims, roleClaim).length === 0)
  );
}

function visitorOf(idToken: IDToken, more: Claims, { issuer, roleClaim }: ProviderWithSecret): Visitor {
  // Address and "verified" always from the same statement: one must not vouch for the other's.
  const emails = [idToken, more].map((claims) => claimedEmail(claims, issuer)).filter((email) => email !== null);
  const inToken = roleClaim === null ? [] : claimValues(idToken, roleClaim);
  return {
    subject: idToken.sub,
    email: emails.find((email) => email.isVerified) ?? emails[0] ?? null,
    name: claimedName(idToken) ?? claimedName(more),
    roleValues: roleClaim === null || inToken.length > 0 ? inToken : claimValues(more, roleClaim),
  };
}
