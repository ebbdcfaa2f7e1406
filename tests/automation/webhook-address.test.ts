import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, webhookProblem } from '../../backend/automation/webhooks/address.ts';
import { CallError, call } from '../../backend/automation/webhooks/call.ts';
import { signedHeaders, webhookSecret } from '../../backend/automation/webhooks/sign.ts';

const problem = (address: string, allowed: string[] = []) => webhookProblem(new URL(address), allowed);

describe('where webhooks may go', () => {
  it.each([
    'http://hooks.example.com/',
    'https://localhost/',
    'https://app.localhost/',
    'https://intranet/',
    'https://metadata.google.internal/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[2002:7f00:1::]/',
    'https://user:word@hooks.example.com/',
  ])('not to %s', (address) => {
    expect(problem(address)).not.toBeNull();
  });

  it('to the open internet, and to the hosts that are allowed by name', () => {
    expect(problem('https://hooks.example.com/in?x=1')).toBeNull();
    expect(problem('https://8.8.8.8/')).toBeNull();
    expect(problem('http://intranet/', ['intranet'])).toBeNull();
    expect(problem('http://127.0.0.1:99/', ['127.0.0.1:99'])).toBeNull();
    expect(problem('http://127.0.0.1:98/', ['127.0.0.1:99'])).not.toBeNull();
  });

  it('knows addresses of nobody’s from those of the open internet', () => {
    expect(['8.8.8.8', '2606:4700::1111'].every(isPublicAddress)).toBe(true);
    expect(['100.64.0.1', '192.168.1.1', '224.0.0.1', 'fe80::1', '2001:db8::1', 'nonsense'].some(isPublicAddress)).toBe(
      false,
    );
  });

  it('not to a name that leads inside', async () => {
    const options = { headers: {}, body: '{}', allowedHosts: [] };
    const refused = await call(new URL('https://localhost.localdomain/'), options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CallError);
  });

  it('are signed so that the receiver can check it', () => {
    const secret = webhookSecret(Buffer.alloc(32, 7));
    const at = new Date('2026-03-01T00:00:00Z');
    const headers = signedHeaders(secret, 'call-1', at, '{"a":1}');
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', key)
      .update(`call-1.${at.getTime() / 1000}.{"a":1}`)
      .digest('base64');
    expect(headers).toEqual({
      'webhook-id': 'call-1',
      'webhook-timestamp': String(at.getTime() / 1000),
      'webhook-signature': `v1,${expected}`,
    });
  });
});
