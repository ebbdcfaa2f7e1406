import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals and opens secrets kept in the database (AES-256-GCM under a key derived from SECRET_KEY). */
export interface SecretBox {
  seal(plain: string): Uint8Array<ArrayBuffer>;
  /** @throws when the bytes were changed or sealed under another SECRET_KEY */
  open(sealed: Uint8Array): string;
}

/** `purpose` separates keys, so that one kind of secret can't be passed off as another. */
export function createSecretBox(secret: Buffer, purpose: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, 'salespulse', purpose, 32));
  return {
    seal(plain) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body]));
    },
    open(sealed) {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}

/** 256 random bits for a cookie, a link or a one-time secret. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of such a token: enough to recognise it, useless to a reader of the database. */
export const hashToken = (token: string): Buffer<ArrayBuffer> => hash('sha256', token, 'buffer') as Buffer<ArrayBuffer>;
