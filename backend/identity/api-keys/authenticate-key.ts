import type { IncomingMessage } from 'node:http';
import type { Principal } from '../../access/index.ts';
import { hashToken } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import { narrowed } from '../grants.ts';
import { toPrincipal } from '../principal.repository.ts';
import { CACHE_MS } from '../session.service.ts';
import { createShortCache } from '../short-cache.ts';
import { findPresentedKey, type PresentedKey, touchKey } from './api-key.repository.ts';

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
    const person = toPrincipal(row, 'api-key', row.keyId);
    const limit = { permissions: row.keyPermissions, fieldGroups: row.keyFieldGroups };
    return { row, principal: person && narrowed(person, limit) };
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

const refused = (reason: string): ProblemError => new ProblemError('session_ended', reason);
