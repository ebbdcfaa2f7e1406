import { createHmac, hkdfSync } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { Config } from '../config.ts';

const COST = 12;

/** What passwords depend on. `passwordCost`: bcrypt's cost, 12 unless a test lowers it. */
export type PasswordConfig = Pick<Config, 'secret'> & Partial<Pick<Config, 'passwordCost'>>;

const costOf = ({ passwordCost = COST }: PasswordConfig): number => passwordCost;

/**
 * What bcrypt is given: base64(HMAC-SHA-384(pepper, password)), 64 characters. bcrypt ignores everything
 * past 72 bytes and stops at NUL; after this every byte of the password counts. The pepper comes from
 * SECRET_KEY, so that a copy of the database alone can't be attacked offline.
 */
function peppered(config: PasswordConfig, password: string): string {
  const pepper = Buffer.from(hkdfSync('sha256', config.secret, 'salespulse', 'password-pepper', 32));
  // NFC: the same password typed on two keyboards may arrive composed or decomposed.
  return createHmac('sha384', pepper).update(password.normalize('NFC'), 'utf8').digest('base64');
}

/** A bcrypt hash (cost 12, about a quarter of a second off the main thread) to keep for this password. */
export function hashPassword(config: PasswordConfig, password: string): Promise<string> {
  return bcrypt.hash(peppered(config, password), costOf(config));
}

/** Was the hash made with other parameters than today's? Then make a new one once the password proved right. */
export const needsRehash = (config: PasswordConfig, hash: string): boolean =>
  !hash.startsWith(`$2b$${String(costOf(config)).padStart(2, '0')}$`);

const impossibleHashes = new WeakMap<object, Promise<string>>();

/** A well-formed hash that no password matches, so that an unknown e-mail takes as long as a wrong password. */
function impossibleHash(config: PasswordConfig): Promise<string> {
  let hash = impossibleHashes.get(config);
  if (!hash) {
    hash = bcrypt.hash('no HMAC in base64 looks like this', costOf(config));
    impossibleHashes.set(config, hash);
  }
  return hash;
}

/** Does the password belong to the hash? `null` (no such account) is refused after the same work. */
export async function verifyPassword(config: PasswordConfig, password: string, hash: string | null): Promise<boolean> {
  const isMatch = await bcrypt.compare(peppered(config, password), hash ?? (await impossibleHash(config)));
  return isMatch && hash !== null;
}
