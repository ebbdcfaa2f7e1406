import type { IncomingMessage } from 'node:http';
import type { Principal } from '../../access/index.ts';
import { hashToken } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import { narrowed } from '../grants.ts';
import { toPrincipal } from '../principal.repository.ts';
import { isInPerson } from '../rights.ts';
import { CACHE_MS } from '../session.service.ts';
import { createShortCache } from '../short-cache.ts';
import { findKeyById, findPresentedKey, type PresentedKey, touchKey } from './api-key.repository.ts';

const MAX_CACHED = 5000;
const TOUCH_EVERY_MS = 60_000;
const BEARER_KEY = /^Bearer +(spk_[\w-]{1,200})$/i;

export interface KeyAuthenticator {
  /** Who an API key stands for; null where the request brings none. @throws ProblemError session_ended */
  authenticate(req: IncomingMessage): Promise<Principal | null>;
  /** Forgets what is remembered about keys and the rights of their people. */
  forgetAll(): void;
}

interface KnownKey {
  row: PresentedKey;
  /** null while the person is not active */
  principal: Principal | null;
}

/** Reads keys of requests. Rights are the lesser of the key's and the person's, as of at most 3 s ago. */
export function createKeyAuthenticator({ database, clock }: Dependencies): KeyAuthenticator {
  const cache = createShortCache<KnownKey | null>({ ttlMs: CACHE_MS, maxEntries: MAX_CACHED, clock });

  const load = async (key: string): Promise<KnownKey | null> => {
    const row = await findPresentedKey(database.sql, key);
    if (!row) return null;
    return { row, principal: principalOf(row) };
  };

  return {
    async authenticate(req) {
      const key = BEARER_KEY.exec(req.headers.authorization ?? '')?.[1];
      if (key === undefined) return null;
      const known = await cache.get(hashToken(key).toString('base64'), () => load(key));
      if (!known) throw refused('This API key is not known.');
      const { row, principal } = known;
      const now = clock();
      if (row.isRevoked) throw refused('This API key was revoked.');
      if (now.getTime() >= row.keyExpiresAt) throw refused('This API key has run out.');
      if (!principal) throw refused('The person this API key acts for is not active any more.');
      if (now.getTime() - (row.keyLastUsedAt ?? 0) >= TOUCH_EVERY_MS) {
        row.keyLastUsedAt = now.getTime();
        await touchKey(database.sql, row.keyId, now);
      }
      return principal;
    },
    forgetAll: () => cache.clear(),
  };
}

/** The person with no more rights than the key has; null while they are not active. */
function principalOf(row: PresentedKey): Principal | null {
  const person = toPrincipal(row, 'api-key', row.keyId);
  // A key from before one of these was kept back holds it still.
  const given = Object.entries(row.keyPermissions).filter(([name]) => !isInPerson(name));
  return person && narrowed(person, { permissions: Object.fromEntries(given), fieldGroups: row.keyFieldGroups });
}

/** Who a job acts for that was asked for with a key: as when the key is presented now; null when it works no more. */
export async function loadKeyPrincipal({ database, clock }: Dependencies, keyId: string): Promise<Principal | null> {
  const row = await findKeyById(database.sql, keyId);
  if (!row || row.isRevoked || clock().getTime() >= row.keyExpiresAt) return null;
  return principalOf(row);
}

const refused = (reason: string): ProblemError => new ProblemError('session_ended', reason);
