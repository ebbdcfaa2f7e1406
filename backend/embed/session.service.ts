import { randomToken } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import type { Identity } from '../identity/index.ts';
import { type AccessTokens, TOKEN_LIFE_SECONDS } from './access-token.ts';
import { type AssertionVerifier, refused } from './assertion.ts';
import { findClient } from './client.repository.ts';
import { insertClientSecret, insertEmbedSession, spendClientSecret, useAssertion } from './session.repository.ts';
import { resolveVisitor } from './visitor.ts';

const SECRET_LIFE_MS = 60_000;

export interface EmbedSessions {
  /** For the host's back end: a valid assertion becomes a one-time secret for the page. */
  open(clientId: string, assertion: string): Promise<{ clientSecret: string; expiresAt: string }>;
  /** For the page: the secret becomes an access token, if the page is where the host said it would be. */
  trade(clientSecret: string, origin: string | undefined): Promise<{ accessToken: string; expiresIn: number }>;
}

export function createEmbedSessions(
  { database, clock, logger }: Dependencies,
  identity: Pick<Identity, 'loadPrincipal'>,
  verifier: AssertionVerifier,
  tokens: AccessTokens,
): EmbedSessions {
  return {
    async open(clientId, assertion) {
      try {
        const client = await findClient(database.sql, clientId);
        if (!client?.isActive) throw refused('there is no such client, or it is switched off');
        const visitor = await verifier.verify(client, assertion);
        const now = clock();
        const expiresAt = new Date(now.getTime() + SECRET_LIFE_MS);
        const { oneTimeId: tokenId, rememberUntil, origin, components, record } = visitor;
        // By itself, so that it stays spent even if the visitor is refused below.
        const isFirstUse = await useAssertion(database.sql, { clientId, tokenId, expiresAt: rememberUntil, now });
        if (!isFirstUse) throw refused('it was used before');
        const clientSecret = randomToken();
        await database.transaction(async (tx) => {
          const userId = await resolveVisitor(tx.sql, client, visitor, now);
          const visit = { clientId, userId, origin, components, record };
          await insertClientSecret(tx.sql, { token: clientSecret, visit, expiresAt, now });
        });
        return { clientSecret, expiresAt: expiresAt.toISOString() };
      } catch (error) {
        if (error instanceof ProblemError) logger.warn({ clientId, reason: error.message }, 'embed session refused');
        throw error;
      }
    },
    async trade(clientSecret, origin) {
      const now = clock();
      const visit = await spendClientSecret(database.sql, clientSecret, now);
      if (!visit) {
        throw new ProblemError('invalid_client_secret', 'The client secret is unknown, was used before or is too old.');
      }
      if (origin !== visit.origin) {
        throw new ProblemError('origin_not_allowed', 'This client secret was made for a page of another origin.');
      }
      const client = await findClient(database.sql, visit.clientId);
      const person = await identity.loadPrincipal(visit.userId, 'embed', null);
      if (!client?.isActive || !client.allowedOrigins.includes(visit.origin) || !person) {
        throw new ProblemError('session_ended', 'Access was withdrawn.');
      }
      const expiresAt = new Date(now.getTime() + TOKEN_LIFE_SECONDS * 1000);
      const sid = await insertEmbedSession(database.sql, visit, now, expiresAt);
      const accessToken = await tokens.issue({ sid, cid: visit.clientId, cmp: visit.components, org: visit.origin });
      return { accessToken, expiresIn: TOKEN_LIFE_SECONDS };
    },
  };
}
