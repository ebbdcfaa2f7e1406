import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../widgets/base/api.ts';
import type { Session } from '../../../widgets/base/session.ts';
import { sharedMessages } from '../../../widgets/console/messages.ts';
import { WaitError } from '../../../widgets/console/parts/wait-error.ts';
import { ask, secondsToWait } from '../../../widgets/console/sign-in/auth-request.ts';
import { passkeyProblem } from '../../../widgets/console/sign-in/passkey-ceremony.ts';
import { addMessages } from '../../../widgets/console/text.ts';

addMessages(sharedMessages);

const answering = (answer: () => Response): Session => ({
  kind: 'cookie',
  server: '',
  fetch: async () => answer(),
  onEnded: () => () => {},
  end: () => {},
});
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json(
    { code, detail: 'Said by the server.' },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );

describe('ask', () => {
  it('says how long to wait after too many attempts', async () => {
    const session = answering(() => problem(429, 'too_many_requests', { 'Retry-After': '7' }));
    const error = await ask(session, 'auth/login').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WaitError);
    expect((error as WaitError).seconds).toBe(7);
    expect((error as WaitError).detail).toBe('Too many attempts. You can try again in 7 seconds.');
  });

  it("passes the server's refusal on", async () => {
    const session = answering(() => problem(403, 'link_not_valid'));
    await expect(ask(session, 'auth/email/verify')).rejects.toMatchObject({
      code: 'link_not_valid',
      detail: 'Said by the server.',
    });
  });

  it('tells a lost connection from a refusal', async () => {
    const session = answering(() => {
      throw new TypeError('fetch failed');
    });
    const error = await ask(session, 'auth/login').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).code).toBe('network');
  });

  it('takes an answer without content', async () => {
    const session = answering(() => new Response(null, { status: 204 }));
    expect(await ask(session, 'auth/password/reset')).toBeUndefined();
  });
});

describe('secondsToWait', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  it.each([
    ['30', 30],
    ['0', 1],
    ['Sun, 01 Mar 2026 10:00:45 GMT', 45],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 1],
    ['soon', 60],
    [null, 60],
  ])('reads %s as %i', (header, seconds) => {
    expect(secondsToWait(header, now)).toBe(seconds);
  });
});

describe('passkeyProblem', () => {
  it.each([
    ['NotAllowedError', 'passkey.cancelled'],
    ['InvalidStateError', 'passkey.known'],
    ['SecurityError', 'passkey.address'],
    ['SomethingNew', 'passkey.failed'],
  ])('explains %s', (name, key) => {
    expect(passkeyProblem(Object.assign(new Error('refused'), { name }))).toBe(key);
  });
});
