import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Principal } from '../access/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import type { Identity } from '../identity/index.ts';
import { createAccessTokens } from './access-token.ts';
import { createAssertionVerifier } from './assertion.ts';
import { createTokenAuthenticator } from './authenticate-token.ts';
import { clientRoutes } from './client.routes.ts';
import { createClients } from './client.service.ts';
import { createCors } from './cors.ts';
import { embedRoutes } from './embed.routes.ts';
import { createEmbedSessions } from './session.service.ts';
import { createSigningKeys } from './signing-keys.ts';

/** Elements in pages of other sites: what the rest of the server asks of this module. */
export interface Embed {
  routes: AnyRoute[];
  /** Who a bearer token stands for; null without one. Cookies are not looked at. @throws ProblemError */
  authenticateToken(req: IncomingMessage): Promise<Principal | null>;
  /** CORS for /api/v1: exact origins of active clients, without credentials. */
  cors: RequestHandler;
}

export function createEmbed(deps: Dependencies, identity: Pick<Identity, 'loadPrincipal'>): Embed {
  const tokens = createAccessTokens(deps, createSigningKeys(deps));
  const authenticator = createTokenAuthenticator(deps, identity, tokens);
  const cors = createCors(deps);
  const clients = createClients(deps, () => {
    authenticator.forgetAll();
    cors.forget();
  });
  const sessions = createEmbedSessions(deps, identity, createAssertionVerifier(deps), tokens);
  return {
    routes: [...clientRoutes(clients), ...embedRoutes(sessions)],
    authenticateToken: (req) => authenticator.authenticate(req),
    cors: cors.handler,
  };
}
