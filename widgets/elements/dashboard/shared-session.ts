import type { Session } from '../../base/session-types.ts';

/** How long an answer stands for the same question of another panel. */
const LIFE_MS = 5_000;

interface Kept {
  text: Promise<{ body: string; status: number; headers: Headers }>;
  until: number;
}

const isShared = (path: string, init?: RequestInit): boolean =>
  /^\/?(analytics|dashboards)\b/.test(path) && /^get$/i.test(init?.method ?? 'GET');

/** Rejects when the asker leaves; the request goes on for the others. */
function orAborted<T>(answer: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}

/**
 * A session for elements that stand side by side: what several of them ask at once, or within a few seconds, is asked
 * once. Failed answers are not kept. `now` in ms.
 */
export function sharedSession(session: Session, now: () => number = () => performance.now()): Session {
  const known = new Map<string, Kept>();
  const forget = (path: string, kept: Kept) => {
    if (known.get(path) === kept) known.delete(path);
  };
  const ask = (path: string, init?: RequestInit): Kept => {
    const { signal: _own, ...others } = init ?? {};
    const text = session.fetch(path, others).then(async (response) => ({
      body: await response.text(),
      status: response.status,
      headers: response.headers,
    }));
    const kept: Kept = { text, until: now() + LIFE_MS };
    text.then(
      ({ status }) => {
        if (status >= 400) forget(path, kept);
      },
      () => forget(path, kept),
    );
    known.set(path, kept);
    return kept;
  };
  return {
    kind: session.kind,
    server: session.server,
    onEnded: (listener) => session.onEnded(listener),
    end: () => session.end(),
    async fetch(path, init) {
      if (!isShared(path, init)) return session.fetch(path, init);
      for (const [other, kept] of known) if (kept.until <= now()) forget(other, kept);
      const { text } = known.get(path) ?? ask(path, init);
      const { body, status, headers } = await orAborted(text, init?.signal);
      return new Response(status === 204 ? null : body, { status, headers });
    },
  };
}
