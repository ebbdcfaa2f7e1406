import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import type { Config } from '../../config.ts';

/** 32 letters and digits that are not mistaken for one another: no 0, 1, I, O. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const GROUPS = 6;
const GROUP_LENGTH = 4;
const CODES = 10;

const group = (): string => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Ten codes of 120 random bits, as `ABCD-EFGH-JKLM-NPQR-STUV-WXYZ`: too many for a copy of the database to be searched. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: CODES }, () => Array.from({ length: GROUPS }, group).join('-'));

/** What is kept of a code: HMAC-SHA-256 under a key from SECRET_KEY, bound to the person. Case and separators don't count. */
export function hashRecoveryCode(config: Pick<Config, 'secret'>, userId: string, code: string): Buffer {
  const pepper = Buffer.from(hkdfSync('sha256', config.secret, 'salespulse', 'recovery-code-pepper', 32));
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHmac('sha256', pepper).update(`${userId} ${plain}`).digest();
}
