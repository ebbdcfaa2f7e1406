import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { SsoProblem } from '../../contracts/account.ts';
import { ProviderSettingsError } from './provider-client.ts';
import { UnsafeAddressError } from './safe-fetch.ts';

/** A sign-in that ends here. The code goes into the address of the sign-in page, the reason into log and audit. */
export class SsoRefusal extends Error {
  readonly problem: SsoProblem;
  /** whom it concerns, where that is known */
  readonly userId: string | null;

  constructor(problem: SsoProblem, reason: string, options: { userId?: string; cause?: unknown } = {}) {
    super(reason, { cause: options.cause });
    this.name = 'SsoRefusal';
    this.problem = problem;
    this.userId = options.userId ?? null;
  }
}

/** What a provider says in the person's or its own name (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6). */
const AUTHORIZATION_ERRORS: Readonly<Record<string, SsoProblem>> = {
  access_denied: 'denied',
  login_required: 'denied',
  consent_required: 'denied',
  interaction_required: 'denied',
  account_selection_required: 'denied',
  server_error: 'provider-unavailable',
  temporarily_unavailable: 'provider-unavailable',
};
const MAX_REASON = 300;

/**
 * What went wrong while talking to a provider, in our own words as far as they reach; never a token or a code.
 * Throws the error again when it is none of the provider's.
 */
export function asRefusal(error: unknown): SsoRefusal {
  if (error instanceof SsoRefusal) return error;
  const refuse = (problem: SsoProblem, reason: string) =>
    new SsoRefusal(problem, reason.replace(/\p{Cc}/gu, ' ').slice(0, MAX_REASON), { cause: error });
  if (error instanceof ProviderSettingsError) return refuse('provider-misconfigured', error.message);
  const unsafe = inChain(error, (one) => one instanceof UnsafeAddressError);
  if (unsafe)
    return refuse('provider-misconfigured', `The provider names an address we do not ask: ${unsafe.message}.`);
  if (error instanceof AuthorizationResponseError) {
    const problem = AUTHORIZATION_ERRORS[error.error] ?? 'provider-misconfigured';
    return refuse(problem, `The provider answered ${error.error}.`);
  }
  if (error instanceof ResponseBodyError) {
    const isUs = error.error !== 'invalid_grant' && error.status < 500;
    const problem = error.status >= 500 ? 'provider-unavailable' : isUs ? 'provider-misconfigured' : 'answer-not-valid';
    return refuse(problem, `The provider refused to trade the code: ${error.error}.`);
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return refuse('provider-misconfigured', `The provider refused us with status ${error.status}.`);
  }
  if (error instanceof ClientError) return ofClientError(error, refuse);
  // fetch tells everything that happens below HTTP as a TypeError.
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return refuse('provider-unavailable', `The provider cannot be reached (${causeOf(error)}).`);
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return refuse('provider-unavailable', 'The provider did not answer within 5 seconds.');
  }
  // openid-client's word for values that it cannot work with.
  if (error instanceof TypeError) {
    return refuse('answer-not-valid', `The provider's answer is not valid: ${messageOf(error)}.`);
  }
  throw error;
}

function ofClientError(error: ClientError, refuse: (problem: SsoProblem, reason: string) => SsoRefusal): SsoRefusal {
  switch (error.code) {
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_ABORT':
      return refuse('provider-unavailable', 'The provider did not answer within 5 seconds.');
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM': {
      const status = error.cause instanceof Response ? error.cause.status : 0;
      return status >= 500 || status === 429
        ? refuse('provider-unavailable', `The provider answered with status ${status}.`)
        : refuse('provider-misconfigured', `There is no provider at this address: it answered with status ${status}.`);
    }
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
    case 'OAUTH_PARSE_ERROR':
      return refuse('provider-misconfigured', 'There is no provider at this address: its answer is not JSON.');
    case 'OAUTH_MISSING_SERVER_METADATA':
    case 'OAUTH_INVALID_SERVER_METADATA':
    case 'OAUTH_HTTP_REQUEST_FORBIDDEN':
      return refuse(
        'provider-misconfigured',
        `The provider's description of itself lacks something: ${messageOf(error)}.`,
      );
    default:
      return inChain(error, (one) => one instanceof TypeError && one.message === 'fetch failed')
        ? refuse('provider-unavailable', `The provider cannot be reached (${causeOf(error)}).`)
        : refuse('answer-not-valid', `The provider's answer is not valid: ${messageOf(error)}.`);
  }
}

function inChain(error: unknown, isIt: (error: Error) => boolean): Error | null {
  for (let one = error; one instanceof Error; one = one.cause) if (isIt(one)) return one;
  return null;
}

/** The library's own sentences, of which the innermost says most; they never contain values. */
function messageOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : 'unknown';
}

function causeOf(error: unknown): string {
  const found = inChain(error, (one) => typeof (one as NodeJS.ErrnoException).code === 'string' && !('error' in one));
  return (found as NodeJS.ErrnoException | null)?.code ?? 'no connection';
}
