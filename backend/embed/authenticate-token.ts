import type { IncomingMessage } from 'node:http';
import type { Permission, Principal } from '../access/index.ts';
import { hashToken } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { ProblemError } from '../http/index.ts';
import { CACHE_MS, createShortCache, type Identity } from '../identity/index.ts';
import type { AccessClaims, AccessTokens } from './access-token.ts';
import { findLiveSession } from './session.repository.ts';

const MAX_CACHED = 5000;

/**
 * What a page of another site can be used for. Administration happens in the console: it never gets this far, whoever
 * looks at the page. Each permission is named, so that none that comes later is let through by oversight.
 */
const EMBEDDABLE: Readonly<Record<Permission, boolean>> = {
  'lead.read': true,
  'lead.write': true,
  'lead.delete': true,
  'opportunity.read': true,
  'opportunity.write': true,
  'opportunity.delete': true,
  'account.read': true,
  'account.write': true,
  'account.delete': true,
  'contact.read': true,
  'contact.write': true,
  'contact.delete': true,
  'task.read': true,
  'task.write': true,
  'sale.read': true,
  'product.read': true,
  'spend.read': true,
  'analytics.read': true,
  'user.read': true,
  'view.share': true,
  'target.manage': false,
  'import.run': false,
  'user.manage': false,
  'role.read': false,
  'role.manage': false,
  'team.manage': false,
  'audit.read': false,
  'api-key.manage': false,
  'embed.manage': false,
  'field.manage': false,
  'pipeline.manage': false,
  'automation.manage': false,
  'settings.manage': false,
};

/** Elements that show records and no figures. */
const WITHOUT_FIGURES: ReadonlySet<string> = new Set(['salespulse-kanban', 'salespulse-record', 'salespulse-tasks']);

export interface TokenAuthenticator {
  /** Who a bearer token stands for; null without one. Rights are read live. @throws ProblemError */
  authenticate(req: IncomingMessage): Promise<Principal | null>;
  /** Forgets what is remembered about sessions and clients. */
  forgetAll(): void;
}

export function createTokenAuthenticator(
  { database, clock }: Dependencies,
  identity: Pick<Identity, 'loadPrincipal'>,
  tokens: AccessTokens,
): TokenAuthenticator {
  const options = { ttlMs: CACHE_MS, maxEntries: MAX_CACHED, clock };
  const claimsOf = createShortCache<AccessClaims>(options);
  const sessionOf = createShortCache<Awaited<ReturnType<typeof findLiveSession>>>(options);

  return {
    async authenticate(req) {
      const token = bearerToken(req);
      if (token === null) return null;
      const claims = await claimsOf.get(hashToken(token).toString('base64'), () => tokens.read(token));
      if (clock().getTime() >= claims.exp * 1000) throw ended('The access token has run out.');
      const { origin } = req.headers;
      if (origin !== undefined && origin !== claims.org) {
        throw new ProblemError('origin_not_allowed', 'This access token was made for a page of another origin.');
      }
      const session = await sessionOf.get(claims.sid, () => findLiveSession(database.sql, claims.sid));
      const isLive = session !== undefined && session.clientId === claims.cid && session.origin === claims.org;
      const principal = isLive ? await identity.loadPrincipal(session.userId, 'embed', claims.sid) : null;
      if (!principal) throw ended('Access was withdrawn.');
      return forElements(withoutAdministration(principal), claims.cmp);
    },
    forgetAll: () => sessionOf.clear(),
  };
}

/** The token of `Authorization: Bearer`; another scheme is no credential here. */
function bearerToken(req: IncomingMessage): string | null {
  const match = /^Bearer +([\w.~+/=-]{1,4096})$/i.exec(req.headers.authorization ?? '');
  return match?.[1] ?? null;
}

function withoutAdministration(principal: Principal): Principal {
  const kept = Object.entries(principal.permissions).filter(([name]) => EMBEDDABLE[name as Permission] === true);
  return { ...principal, permissions: Object.fromEntries(kept) };
}

/** A page that may show nothing but such elements asks for no figures. Naming none stands for all elements. */
function forElements(principal: Principal, components: readonly string[]): Principal {
  if (components.length === 0 || !components.every((name) => WITHOUT_FIGURES.has(name))) return principal;
  const { 'analytics.read': _, ...permissions } = principal.permissions;
  return { ...principal, permissions };
}

const ended = (reason: string): ProblemError => new ProblemError('session_ended', reason);
