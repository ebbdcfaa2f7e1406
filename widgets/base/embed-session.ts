import { EndedListeners } from './ended-listeners.ts';
import { SessionError } from './session-error.ts';
import { apiUrl, type FetchClientSecret, type Session } from './session-types.ts';

interface EmbedSessionOptions {
  server: string;
  fetchClientSecret: FetchClientSecret;
  /** Monotonic clock in milliseconds. */
  now?: () => number;
}

interface Token {
  value: string;
  renewAt: number;
  expiresAt: number;
}

const renewalShare = 0.8;
const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/**
 * A session for a page of another origin. The access token lives in this closure only and travels in the
 * Authorization header; it is renewed at 80% of its life, one renewal at a time. A refused client secret or a
 * token refused right after renewal ends the session for good; a server out of reach only pauses renewals,
 * longer each time.
 */
export function embedSession({
  server,
  fetchClientSecret,
  now = () => performance.now(),
}: EmbedSessionOptions): Session {
  const listeners = new EndedListeners();
  let token: Token | undefined;
  let renewal: Promise<Token> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = 0;
  let notBefore = 0;

  const ended = (cause?: unknown) => new SessionError('session_ended', 'The session has ended.', { cause });
  const end = () => {
    clearTimeout(timer);
    token = undefined;
    listeners.end();
  };

  function unavailable(cause: unknown): SessionError {
    pauseMs = Math.min(longestPauseMs, pauseMs ? pauseMs * 2 : firstPauseMs);
    notBefore = now() + pauseMs;
    return new SessionError('session_unavailable', 'The session could not be renewed just now.', { cause });
  }

  async function clientSecret(): Promise<string> {
    try {
      return await fetchClientSecret();
    } catch (error) {
      // fetch() reports a host out of reach as TypeError; anything else is the host saying no.
      if (error instanceof TypeError) throw unavailable(error);
      end();
      throw ended(error);
    }
  }

  async function trade(): Promise<Token> {
    const secret = await clientSecret();
    let response: Response;
    try {
      response = await fetch(apiUrl(server, 'embed/token'), {
        method: 'POST',
        credentials: 'omit',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ clientSecret: secret }),
      });
    } catch (error) {
      throw unavailable(error);
    }
    if (response.status === 429 || response.status >= 500) throw unavailable(`status ${response.status}`);
    if (!response.ok) {
      end();
      throw ended(`status ${response.status}`);
    }
    const { accessToken, expiresIn } = (await response.json()) as { accessToken: string; expiresIn: number };
    if (listeners.hasEnded) throw ended();
    const start = now();
    pauseMs = 0;
    token = {
      value: accessToken,
      renewAt: start + expiresIn * 1000 * renewalShare,
      expiresAt: start + expiresIn * 1000,
    };
    scheduleRenewal(expiresIn * 1000 * renewalShare);
    return token;
  }

  function renew(): Promise<Token> {
    if (listeners.hasEnded) return Promise.reject(ended());
    if (!renewal && now() < notBefore)
      return Promise.reject(new SessionError('session_unavailable', 'The session could not be renewed just now.'));
    renewal ??= trade().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  // A renewal ahead of time may fail quietly: the request that needs a new token meets the same failure aloud.
  const renewAhead = () => void renew().catch(() => scheduleRenewal(pauseMs));

  function scheduleRenewal(delayMs: number): void {
    clearTimeout(timer);
    if (listeners.hasEnded) return;
    // Hidden pages renew when they next ask for something, not for ever in the background.
    timer = setTimeout(() => {
      if (typeof document === 'undefined' || !document.hidden) renewAhead();
    }, delayMs);
  }

  async function currentToken(): Promise<Token> {
    if (!token || now() >= token.expiresAt) return renew();
    if (now() >= token.renewAt) renewAhead();
    return token;
  }

  return {
    kind: 'embed',
    server,
    async fetch(path, init = {}) {
      const send = (by: Token) => {
        const headers = new Headers(init.headers);
        headers.set('Authorization', `Bearer ${by.value}`);
        return fetch(apiUrl(server, path), { ...init, headers, credentials: 'omit' });
      };
      if (listeners.hasEnded) throw ended();
      const used = await currentToken();
      const response = await send(used);
      if (response.status !== 401) return response;
      const fresh = token && token !== used ? token : await renew();
      const second = await send(fresh);
      if (second.status === 401) end();
      return second;
    },
    onEnded: (listener) => listeners.add(listener),
    end,
  };
}
