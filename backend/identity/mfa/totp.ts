import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';
import type { TotpSetup } from '../../contracts/account.ts';

/** RFC 6238 as authenticator apps know it. SHA-1 and 30 s are what all of them understand. */
const PERIOD_SECONDS = 30;
const OPTIONS = { algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS } as const;
const SECRET_BYTES = 20;
/** Steps before and after the present one whose code is taken too: clocks differ, typing takes time. */
const WINDOW = 1;

/** A new shared secret, base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/**
 * The time step whose code this is, by the clock `now`; null for a wrong code. Who takes it must see that no step
 * is taken twice.
 */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const totp = new TOTP({ ...OPTIONS, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** What an authenticator app needs: the secret to type, the address to open, and the address as a QR code. */
export function totpSetup(secret: string, account: string, issuer: string): TotpSetup {
  const uri = new TOTP({ ...OPTIONS, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();
  const { size, data } = encode(uri, { ecc: 'M', border: 0 });
  const rows = data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''));
  return { secret, uri, qr: { size, rows } };
}
