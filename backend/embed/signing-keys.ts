import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  importPKCS8,
  type JWK,
} from 'jose';
import { createSecretBox, type SecretBox, type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { createShortCache } from '../identity/index.ts';

export const ALGORITHM = 'EdDSA';
/** Chosen once; every replica of a database must agree on it. */
const KEY_LOCK = 7_203_114_005;
/** How long a retired key, or one that another process made, goes unnoticed. */
const CACHE_MS = 1000;

type VerifyKey = Awaited<ReturnType<typeof importJWK>>;

export interface SigningKey {
  id: string;
  privateKey: CryptoKey;
}

/** The keys that access tokens are signed with. Made at first use; the private half is sealed in the database. */
export interface SigningKeys {
  current(): Promise<SigningKey>;
  /** Undefined for a key that is not ours or was retired. */
  verifier(id: string): Promise<VerifyKey | undefined>;
}

interface KeyRow {
  id: string;
  publicJwk: JWK;
  /** hex */
  sealed: string;
}

export function createSigningKeys({ config, database }: Pick<Dependencies, 'config' | 'database'>): SigningKeys {
  const box = createSecretBox(config.secret, 'signing-key');
  // The real time: how long other processes may be waited for has nothing to do with the business clock.
  const rows = createShortCache<KeyRow[]>({ ttlMs: CACHE_MS, maxEntries: 1, clock: () => new Date() });
  const privateKeys = new Map<string, CryptoKey>();
  const publicKeys = new Map<string, VerifyKey>();
  const listRows = () => rows.get('all', () => selectKeys(database.sql));

  async function usable(row: KeyRow): Promise<SigningKey | undefined> {
    const known = privateKeys.get(row.id);
    if (known) return { id: row.id, privateKey: known };
    const pem = openOrNull(box, row.sealed);
    if (pem === null) return undefined;
    const privateKey = await importPKCS8(pem, ALGORITHM);
    privateKeys.set(row.id, privateKey);
    return { id: row.id, privateKey };
  }

  async function firstUsable(list: KeyRow[]): Promise<SigningKey | undefined> {
    for (const row of list) {
      const key = await usable(row);
      if (key) return key;
    }
    return undefined;
  }

  return {
    async current() {
      const known = await firstUsable(await listRows());
      if (known) return known;
      const made = await database.transaction(async (tx) => {
        await tx.sql.rows(sql`select pg_advisory_xact_lock(${KEY_LOCK}::bigint)::text as locked`);
        const other = await firstUsable(await selectKeys(tx.sql));
        return other ?? usable(await insertKey(tx.sql, box));
      });
      rows.clear();
      if (!made) throw new Error('A signing key that was just sealed cannot be opened.');
      return made;
    },
    async verifier(id) {
      const row = (await listRows()).find((candidate) => candidate.id === id);
      if (!row) return undefined;
      const known = publicKeys.get(id) ?? (await importJWK(row.publicJwk, ALGORITHM));
      publicKeys.set(id, known);
      return known;
    },
  };
}

/** Null when SECRET_KEY has changed since: such a key verifies what it signed, but signs no more. */
function openOrNull(box: SecretBox, sealedHex: string): string | null {
  try {
    return box.open(Buffer.from(sealedHex, 'hex'));
  } catch {
    return null;
  }
}

const selectKeys = (runner: SqlRunner): Promise<KeyRow[]> =>
  runner.rows<KeyRow>(sql`
    select id, public_jwk as "publicJwk", encode(private_sealed, 'hex') as sealed
    from signing_key where retired_at is null and algorithm = ${ALGORITHM} order by created_at desc, id`);

async function insertKey(runner: SqlRunner, box: SecretBox): Promise<KeyRow> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const id = await calculateJwkThumbprint(publicJwk);
  const sealed = Buffer.from(box.seal(await exportPKCS8(privateKey))).toString('hex');
  await runner.rows(sql`
    insert into signing_key (id, algorithm, public_jwk, private_sealed)
    values (${id}, ${ALGORITHM}, ${JSON.stringify(publicJwk)}::jsonb, decode(${sealed}, 'hex'))`);
  return { id, publicJwk, sealed };
}
