import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Config } from '../../../widgets/base/config.ts';
import { cookieSession, sessionFor } from '../../../widgets/base/session.ts';
import { tokenServer } from './token-server.ts';

const config = (own: Partial<Config>): Config => ({
  server: 'https://sales.example.com',
  fetchClientSecret: undefined,
  locale: 'en',
  timeZone: 'UTC',
  theme: 'auto',
  session: undefined,
  ...own,
});

function onPageOf(origin: string): void {
  vi.stubGlobal('location', new URL(origin));
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
}

describe('cookie session', () => {
  it('marks writes, and only writes', async () => {
    const server = await tokenServer();
    const session = cookieSession(server.url);
    await session.fetch('leads');
    await session.fetch('leads', { method: 'POST', body: '{}' });
    expect(server.headers.map((headers) => headers['x-salespulse-request'])).toEqual([undefined, '1']);
  });

  it('tells a 401 once, but not one that answers a wrong password', async () => {
    const server = await tokenServer();
    const session = cookieSession(server.url);
    let ended = 0;
    session.onEnded(() => {
      ended += 1;
    });
    await session.fetch('auth/login', { method: 'POST' });
    expect(ended).toBe(0);
    await session.fetch('me');
    await session.fetch('leads');
    expect(ended).toBe(1);
  });

  it('lives again after an accepted request', async () => {
    const server = await tokenServer();
    const session = cookieSession(server.url);
    let ended = 0;
    session.onEnded(() => {
      ended += 1;
    });
    await session.fetch('me');
    await session.fetch('me', { headers: { Authorization: 'Bearer any' } });
    await session.fetch('me');
    expect(ended).toBe(2);
  });
});

describe('choice of session', () => {
  it('takes the cookie on the own origin', () => {
    onPageOf('https://sales.example.com');
    expect(sessionFor(config({})).kind).toBe('cookie');
  });

  it('shares one embed session among elements with the same server and function', () => {
    onPageOf('https://intranet.example.com');
    const fetchClientSecret = async () => 'secret';
    const first = sessionFor(config({ fetchClientSecret }));
    expect(sessionFor(config({ fetchClientSecret }))).toBe(first);
    expect(sessionFor(config({ fetchClientSecret, server: 'https://other.example.com' }))).not.toBe(first);
    expect(sessionFor(config({ fetchClientSecret: async () => 'secret' }))).not.toBe(first);
  });

  it('starts afresh after an embed session has ended', () => {
    onPageOf('https://intranet.example.com');
    const fetchClientSecret = async () => 'secret';
    const first = sessionFor(config({ fetchClientSecret }));
    first.end();
    expect(sessionFor(config({ fetchClientSecret }))).not.toBe(first);
  });

  it('never uses a cookie on a foreign page, and stops waiting when asked to', async () => {
    onPageOf('https://intranet.example.com');
    const session = sessionFor(config({}));
    expect(session.kind).toBe('embed');
    const abort = new AbortController();
    const answer = session.fetch('me', { signal: abort.signal });
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});
