import type { Config } from './config.ts';
import { embedSession } from './embed-session.ts';
import { EndedListeners } from './ended-listeners.ts';
import { SessionError } from './session-error.ts';
import { apiUrl, type Session } from './session-types.ts';

export type { Session } from './session-types.ts';

/**
 * The console's session: the cookie of the same origin. A 401 tells the listeners once (not for `auth/...`,
 * where it answers a wrong password); the next accepted request makes it live again.
 */
export function cookieSession(server = location.origin): Session {
  const listeners = new EndedListeners();
  return {
    kind: 'cookie',
    server,
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers);
      const isWrite = !/^(GET|HEAD)$/i.test(init.method ?? 'GET');
      if (isWrite) headers.set('X-SalesPulse-Request', '1');
      const response = await fetch(apiUrl(server, path), { ...init, headers, credentials: 'same-origin' });
      if (response.status !== 401) listeners.revive();
      else if (!/^\/?auth\//.test(path)) listeners.end();
      return response;
    },
    onEnded: (listener) => listeners.add(listener),
    end: () => listeners.end(),
  };
}

/** Stands in until the page has said how to sign in: requests wait a moment for `init`, then fail clearly. */
function pendingSession(server: string): Session {
  return {
    kind: 'embed',
    server,
    fetch: (_path, init) =>
      new Promise((_resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(
              new SessionError('not_configured', 'Call SalesPulse.init({ fetchClientSecret }) or set session-url.'),
            ),
          3000,
        );
        init?.signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          reject(init.signal?.reason);
        });
      }),
    onEnded: () => () => {},
    end: () => {},
  };
}

const cookieSessions = new Map<string, Session>();
const pendingSessions = new Map<string, Session>();
const embedSessions = new Map<string, WeakMap<() => Promise<string>, Session>>();

const shared = (sessions: Map<string, Session>, server: string, make: (server: string) => Session) => {
  const session = sessions.get(server) ?? make(server);
  sessions.set(server, session);
  return session;
};

const isSameOrigin = (server: string) => new URL(server, location.href).origin === location.origin;

/**
 * The session a configuration asks for: a given one, an embed session shared by all elements with the same
 * server and `fetchClientSecret`, or the cookie where page and server share their origin. An ended embed
 * session is forgotten, so asking again starts a fresh one.
 */
export function sessionFor({ session, server, fetchClientSecret }: Config): Session {
  if (session) return session;
  if (!fetchClientSecret)
    return isSameOrigin(server)
      ? shared(cookieSessions, server, cookieSession)
      : shared(pendingSessions, server, pendingSession);
  const ofServer = embedSessions.get(server) ?? new WeakMap<() => Promise<string>, Session>();
  embedSessions.set(server, ofServer);
  let known = ofServer.get(fetchClientSecret);
  if (!known) {
    known = embedSession({ server, fetchClientSecret });
    known.onEnded(() => ofServer.delete(fetchClientSecret));
    ofServer.set(fetchClientSecret, known);
  }
  return known;
}
