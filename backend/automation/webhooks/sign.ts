import { createHmac, hkdfSync } from 'node:crypto';

const PREFIX = 'whsec_';

/** The secret that receivers are given, derived from SECRET_KEY: the same as long as that is. */
export const webhookSecret = (secret: Buffer): string =>
  PREFIX + Buffer.from(hkdfSync('sha256', secret, 'salespulse', 'webhook', 32)).toString('base64');

/** Headers of a signed call, as https://www.standardwebhooks.com describes; `id` is the same at each try. */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
