import { describe, expect, it, onTestFinished } from 'vitest';
import { embedSession } from '../../../widgets/base/embed-session.ts';
import { SessionError } from '../../../widgets/base/session-error.ts';
import { tokenServer } from './token-server.ts';

async function setUp(fetchClientSecret: () => Promise<string> = async () => 'secret') {
  const server = await tokenServer();
  const clock = { now: 0 };
  let asked = 0;
  const session = embedSession({
    server: server.url,
    fetchClientSecret: () => {
      asked += 1;
      return fetchClientSecret();
    },
    now: () => clock.now,
  });
  // Ending also clears the renewal timer, so no test leaves one behind.
  onTestFinished(() => session.end());
  let ended = 0;
  session.onEnded(() => {
    ended += 1;
  });
  return { server, clock, session, asked: () => asked, ended: () => ended };
}

const tokenOf = async (response: Response) => ((await response.json()) as { token: string }).token;

describe('embed session', () => {
  it('trades one client secret for many requests at once and keeps it out of the address', async () => {
    const { server, session, asked } = await setUp();
    await Promise.all([session.fetch('leads'), session.fetch('/leads'), session.fetch('me')]);
    expect(asked()).toBe(1);
    expect(server.log.sort()).toEqual([
      'GET /api/v1/leads Bearer token-1',
      'GET /api/v1/leads Bearer token-1',
      'GET /api/v1/me Bearer token-1',
      'POST /api/v1/embed/token',
    ]);
  });

  it('renews ahead at 80% of the life while the old token still serves', async () => {
    const { server, clock, session } = await setUp();
    await session.fetch('me');
    clock.now = 600_000 * 0.79;
    await session.fetch('me');
    expect(server.trades).toBe(1);
    clock.now = 600_000 * 0.81;
    expect(await tokenOf(await session.fetch('me'))).toBe('token-1');
    await expect.poll(() => server.trades).toBe(2);
    await expect.poll(async () => tokenOf(await session.fetch('me'))).toBe('token-2');
  });

  it('waits for a new token once the old one has expired', async () => {
    const { clock, session } = await setUp();
    await session.fetch('me');
    clock.now = 600_001;
    expect(await tokenOf(await session.fetch('me'))).toBe('token-2');
  });

  it('renews by itself when nothing is asked', async () => {
    const { server, session } = await setUp();
    server.expiresIn = 0.1;
    await session.fetch('me');
    await expect.poll(() => server.trades).toBeGreaterThan(1);
  });

  it('replays a request once when its token was revoked', async () => {
    const { server, session, asked, ended } = await setUp();
    await session.fetch('me');
    server.accepted = new Set(['token-2']);
    expect(await tokenOf(await session.fetch('me', { method: 'POST', body: '{}' }))).toBe('token-2');
    expect(asked()).toBe(2);
    expect(ended()).toBe(0);
  });

  it('renews once for many requests refused together', async () => {
    const { server, session, asked } = await setUp();
    await session.fetch('me');
    server.accepted = new Set(['token-2']);
    const answers = await Promise.all([1, 2, 3, 4].map(() => session.fetch('me')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(asked()).toBe(2);
  });

  it('ends after one refused secret, tells it once and asks nothing more', async () => {
    const { server, session, asked, ended } = await setUp();
    server.tradeStatus = 401;
    const results = await Promise.allSettled([session.fetch('me'), session.fetch('leads')]);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(session.fetch('me')).rejects.toMatchObject({ code: 'session_ended' });
    expect([asked(), ended(), server.log.length]).toEqual([1, 1, 1]);
  });

  it('ends when a fresh token is refused too', async () => {
    const { server, session, ended } = await setUp();
    server.accepted = new Set();
    expect((await session.fetch('me')).status).toBe(401);
    expect(ended()).toBe(1);
  });

  it('ends when the host says no', async () => {
    const { session, ended } = await setUp(async () => {
      throw new Error('signed out');
    });
    await expect(session.fetch('me')).rejects.toBeInstanceOf(SessionError);
    expect(ended()).toBe(1);
  });

  it('pauses, longer each time, while the token endpoint is out of order, then goes on', async () => {
    const { server, clock, session, asked, ended } = await setUp();
    server.tradeStatus = 503;
    const refused = { code: 'session_unavailable' };
    await expect(session.fetch('me')).rejects.toMatchObject(refused);
    await expect(session.fetch('me')).rejects.toMatchObject(refused);
    expect(asked()).toBe(1);
    clock.now += 1000;
    await expect(session.fetch('me')).rejects.toMatchObject(refused);
    clock.now += 1999;
    await expect(session.fetch('me')).rejects.toMatchObject(refused);
    expect(asked()).toBe(2);
    clock.now += 1;
    server.tradeStatus = 200;
    expect((await session.fetch('me')).status).toBe(200);
    expect([asked(), ended()]).toEqual([3, 0]);
  });

  it('does not end when the host is out of reach', async () => {
    const { session, ended } = await setUp(async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(session.fetch('me')).rejects.toMatchObject({ code: 'session_unavailable' });
    expect(ended()).toBe(0);
  });
});
