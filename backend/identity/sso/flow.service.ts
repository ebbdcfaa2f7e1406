import type { IncomingMessage } from 'node:http';
import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier } from 'openid-client';
import { z } from 'zod';
import { recordAudit } from '../../access/index.ts';
import type { SsoProblem } from '../../contracts/account.ts';
import { createSecretBox, hashToken, randomToken } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import { createToken, spendToken } from '../one-time-token.repository.ts';
import { clientAddress } from '../request-origin.ts';
import type { SignIn } from '../sign-in.service.ts';
import type { Throttle } from '../throttle.ts';
import { admit } from './arrival.ts';
import { browserCookie, FLOW_LIFE_MS, readBrowserCookie } from './browser-cookie.ts';
import { exchangeCode, type Visitor } from './exchange.ts';
import { asRefusal, SsoRefusal } from './failures.ts';
import { findProvider, type ProviderWithSecret } from './provider.repository.ts';
import { redirectUriOf } from './provider.service.ts';
import type { ProviderClients } from './provider-client.ts';
import { returnAddress } from './return-to.ts';

/** What is remembered between the way out and the way back, sealed. */
const flowSchema = z.strictObject({
  providerId: z.string(),
  /** hash of the cookie of the browser that began */
  browser: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});
type Flow = z.infer<typeof flowSchema>;
const payloadSchema = z.strictObject({ sealed: z.string() });

/** Where the browser goes next, and the cookies it takes along. */
export interface Redirection {
  location: string;
  cookies: string[];
}

export interface SsoFlow {
  /** To the provider; to the sign-in page with a problem code when that can't be. */
  start(
    req: IncomingMessage,
    providerId: string,
    returnTo: string | undefined,
    requestId: string,
  ): Promise<Redirection>;
  /** Back from the provider: signed in to where the person wanted to go, or to the sign-in page with a problem code. */
  finish(req: IncomingMessage, providerId: string, state: string | undefined, requestId: string): Promise<Redirection>;
}

interface FlowParts {
  clients: ProviderClients;
  throttle: Throttle;
  complete: SignIn['complete'];
  /** called after a sign-in was committed that may have changed a role */
  onChanged(): void;
}

const hashed = (token: string): string => hashToken(token).toString('base64url');

export function createSsoFlow(deps: Dependencies, { clients, throttle, complete, onChanged }: FlowParts): SsoFlow {
  const { config, database, clock } = deps;
  const box = createSecretBox(config.secret, 'sso-flow');
  const seal = (flow: Flow) => ({ sealed: Buffer.from(box.seal(JSON.stringify(flow))).toString('base64') });
  const unseal = (payload: unknown): Flow =>
    flowSchema.parse(JSON.parse(box.open(new Uint8Array(Buffer.from(payloadSchema.parse(payload).sealed, 'base64')))));

  return {
    async start(req, providerId, returnTo, requestId) {
      const browser = readBrowserCookie(req, config) ?? randomToken();
      try {
        await throttle.attempt('link', hashed(browser), clientAddress(req, config));
        const provider = await activeProvider(providerId);
        const flow: Flow = {
          providerId,
          browser: hashed(browser),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
          returnTo: returnAddress(returnTo),
        };
        const state = await createToken(database.sql, {
          purpose: 'sso',
          userId: null,
          payload: seal(flow),
          lifeMs: FLOW_LIFE_MS,
          now: clock(),
        });
        const challenge = await calculatePKCECodeChallenge(flow.verifier);
        const address = await overWire(async () =>
          buildAuthorizationUrl((await clients.of(provider)).configurations[0], {
            redirect_uri: redirectUriOf(config, providerId),
            scope: provider.scopes.join(' '),
            state,
            nonce: flow.nonce,
            code_challenge: challenge,
            code_challenge_method: 'S256',
          }),
        );
        return { location: address.href, cookies: [browserCookie(config, browser)] };
      } catch (error) {
        return failed(error, providerId, requestId);
      }
    },
    async finish(req, providerId, state, requestId) {
      const address = clientAddress(req, config);
      const browser = readBrowserCookie(req, config);
      let provider: ProviderWithSecret | null = null;
      let visitor: Visitor | null = null;
      try {
        await throttle.attempt('link', hashed(browser ?? ''), address);
        const flow = await takeFlow(providerId, state, browser);
        provider = await activeProvider(providerId);
        visitor = await askProvider(provider, req, flow, state ?? '');
        const cookie = await signIn(req, provider, visitor, requestId, flow);
        onChanged();
        return { location: flow.returnTo, cookies: [cookie] };
      } catch (error) {
        const refusal = asExpected(error);
        if (provider && refusal) {
          await recordAudit(database.sql, null, {
            action: 'user.sso-sign-in-failed',
            entity: 'user',
            entityId: refusal.userId,
            after: {
              provider: provider.name,
              problem: refusal.problem,
              reason: refusal.message,
              email: visitor?.email?.address,
              subject: visitor?.subject,
              address,
              requestId,
            },
          });
        }
        return failed(error, providerId, requestId);
      }
    },
  };

  async function activeProvider(id: string): Promise<ProviderWithSecret> {
    const provider = await findProvider(database.sql, id);
    if (!provider?.isActive) throw new SsoRefusal('provider-off', 'There is no such provider, or it is switched off.');
    return provider;
  }

  /** Spent by the first who brings it, whoever that is: an address that got into other hands is worth nothing. */
  async function takeFlow(providerId: string, state: string | undefined, browser: string | null): Promise<Flow> {
    const token = state === undefined ? undefined : await spendToken(database.sql, 'sso', state, clock());
    if (!token) throw new SsoRefusal('expired', 'No sign-in is under way: begun too long ago, or ended before.');
    const flow = unseal(token.payload);
    if (browser === null || hashed(browser) !== flow.browser) {
      throw new SsoRefusal('expired', 'The sign-in was begun in another browser.');
    }
    if (flow.providerId !== providerId) throw new SsoRefusal('expired', 'The sign-in was begun with another provider.');
    return flow;
  }

  async function askProvider(
    provider: ProviderWithSecret,
    req: IncomingMessage,
    flow: Flow,
    state: string,
  ): Promise<Visitor> {
    const callback = new URL(redirectUriOf(config, provider.id));
    callback.search = new URL(req.url ?? '/', config.publicUrl).search;
    const expected = { state, nonce: flow.nonce, verifier: flow.verifier };
    return overWire(async () => exchangeCode(await clients.of(provider), provider, callback, expected, clock()));
  }

  async function overWire<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw asRefusal(error);
    }
  }

  /** Answers the session's `Set-Cookie`. */
  function signIn(
    req: IncomingMessage,
    provider: ProviderWithSecret,
    visitor: Visitor,
    requestId: string,
    flow: Flow,
  ): Promise<string> {
    return database.transaction(async (tx) => {
      const userId = await admit({ runner: tx.sql, provider, requestId, now: clock() }, visitor);
      await throttle.succeeded(tx.sql, 'link', flow.browser, clientAddress(req, config));
      const { cookie } = await complete(tx.sql, req, userId, requestId, 'sso');
      return cookie;
    });
  }

  /** What may happen, told from what must not. */
  function asExpected(error: unknown): SsoRefusal | null {
    if (error instanceof SsoRefusal) return error;
    if (error instanceof ProblemError && error.code === 'too_many_requests') {
      return new SsoRefusal('too-many-tries', error.message);
    }
    return null;
  }

  function failed(error: unknown, providerId: string, requestId: string): Redirection {
    const refusal = asExpected(error);
    if (refusal) {
      const { problem, message: reason } = refusal;
      deps.logger.warn({ requestId, provider: providerId, problem, reason }, 'single sign-on refused');
    } else {
      deps.logger.error({ err: error, requestId, provider: providerId }, 'single sign-on failed');
    }
    const problem: SsoProblem = refusal?.problem ?? 'failed';
    return { location: `/sign-in?problem=${problem}`, cookies: [] };
  }
}
