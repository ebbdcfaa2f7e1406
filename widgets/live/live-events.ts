import type { Session } from '../base/session-types.ts';
import { readEvents } from './read-events.ts';

/** What an element hears of as it happens. */
export interface LiveListener {
  /** An event of `GET events`, such as `record`. */
  event(type: string, data: unknown): void;
  /** The stream was away for a while: events may be missing, so the state is worth a look. */
  reopened(): void;
}

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
/** A page out of sight gives its connection back: browsers allow six to a server, over all tabs. */
const hiddenMs = 20_000;

/** One stream for all elements of a page that share a session. */
class LiveStream {
  readonly #session: Session;
  readonly #listeners = new Set<LiveListener>();
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitMs = firstWaitMs;
  #hasOpened = false;

  constructor(session: Session) {
    this.#session = session;
  }

  add(listener: LiveListener): () => void {
    if (this.#listeners.size === 0) {
      document.addEventListener('visibilitychange', this.#onVisibility);
      if (document.visibilityState === 'visible') this.#open();
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      document.removeEventListener('visibilitychange', this.#onVisibility);
      this.#close();
      this.#hasOpened = false;
    };
  }

  readonly #onVisibility = (): void => {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden') this.#timer = setTimeout(() => this.#close(), hiddenMs);
    else if (!this.#abort) {
      this.#waitMs = firstWaitMs;
      this.#open();
    }
  };

  #close(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = undefined;
  }

  async #open(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const mayRetry = await this.#read(abort.signal).catch(() => true);
    if (abort.signal.aborted) return;
    this.#abort = undefined;
    if (!mayRetry || document.visibilityState === 'hidden') return;
    // Spread out, so that all pages of a company don't come back in the same moment.
    this.#timer = setTimeout(() => void this.#open(), this.#waitMs * (0.5 + Math.random()));
    this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
  }

  /** Reads until the stream ends. False where asking again is of no use. */
  async #read(signal: AbortSignal): Promise<boolean> {
    const response = await this.#session.fetch('events', { headers: { Accept: 'text/event-stream' }, signal });
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (!response.ok || !isStream || !response.body)
      return response.status === 429 || response.status >= 500 || (response.ok && isStream === true);
    this.#waitMs = firstWaitMs;
    if (this.#hasOpened) for (const listener of this.#listeners) listener.reopened();
    this.#hasOpened = true;
    await readEvents(response.body, (type, data) => {
      for (const listener of this.#listeners) listener.event(type, data);
    });
    return true;
  }
}

const streams = new WeakMap<Session, LiveStream>();

/** Calls `listener` with what happens, in the name of the session's person. Returns how to stop. */
export function listenLive(session: Session, listener: LiveListener): () => void {
  const stream = streams.get(session) ?? new LiveStream(session);
  streams.set(session, stream);
  return stream.add(listener);
}
