import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type ApiClient, ApiError, isAbort } from './api.ts';

/** What an element has to show. `loading` keeps the data of the question before, if there was any. */
export type DataState<T> =
  | { kind: 'idle'; data?: undefined; error?: undefined }
  | { kind: 'loading'; data?: T; error?: undefined }
  | { kind: 'ready'; data: T; error?: undefined }
  | { kind: 'empty'; data: T; error?: undefined }
  /** Old data on screen because refreshing it failed. */
  | { kind: 'stale'; data: T; error: ApiError }
  | { kind: 'error'; data?: undefined; error: ApiError };

export interface DataHost
  extends ReactiveControllerHost,
    Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> {
  readonly api: ApiClient;
  /** Hears of every settled load. */
  dataSettled?(state: DataState<unknown>): void;
  /** Takes a fresh session after one has ended. */
  reconnect?(): void;
}

export interface DataOptions<T> {
  /** Names the question; a new key loads anew, `null` means there is nothing to ask yet. */
  key: () => string | null;
  load: (api: ApiClient, signal: AbortSignal) => Promise<T>;
  isEmpty?: (data: T) => boolean;
  /** Refreshes when the person comes back to the page after five minutes or more. */
  refreshOnReturn?: boolean;
}

const restMs = 5 * 60_000;

const asApiError = (error: unknown) =>
  error instanceof ApiError
    ? error
    : new ApiError({ status: 0, code: 'unexpected', detail: String(error) }, { cause: error });

/**
 * Loads what an element shows: when it is connected, when the key or the session changes, and on `refresh()`.
 * Only the newest answer counts; leaving the page aborts.
 */
export class DataController<T> implements ReactiveController {
  state: DataState<T> = { kind: 'idle' };
  readonly #host: DataHost;
  readonly #options: DataOptions<T>;
  #abort: AbortController | undefined;
  #key: string | null = null;
  #api: ApiClient | undefined;
  #loadedAt = 0;
  readonly #onReturn = () => {
    if (!document.hidden && this.state.data !== undefined && performance.now() - this.#loadedAt > restMs)
      void this.refresh();
  };

  constructor(host: DataHost, options: DataOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Another request found that the session is over: what is on screen says so, too. */
  readonly #onEnded = ({ target }: { target: unknown }) => {
    if (target === this.#host && this.state.data !== undefined && !this.state.error) void this.#load(true);
  };

  hostConnected(): void {
    this.#host.addEventListener?.('salespulse-session-ended', this.#onEnded);
    if (this.#options.refreshOnReturn) document.addEventListener('visibilitychange', this.#onReturn);
  }

  hostUpdate(): void {
    const key = this.#options.key();
    const { api } = this.#host;
    if (key === this.#key && api === this.#api) return;
    this.#key = key;
    this.#api = api;
    if (key === null) this.#cancel({ kind: 'idle' });
    else void this.#load(false);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener?.('salespulse-session-ended', this.#onEnded);
    document.removeEventListener('visibilitychange', this.#onReturn);
    this.#cancel();
    // Connected again, the element asks again.
    this.#key = null;
  }

  /** Loads the same question again; what is on screen stays until the answer is there. */
  refresh(): Promise<void> {
    if (this.#key === null) return Promise.resolve();
    if (this.state.error?.code === 'session_ended' || this.state.error?.status === 401) this.#host.reconnect?.();
    this.#api = this.#host.api;
    return this.#load(true);
  }

  /** Shows `data` at once, e.g. after an own change; a load under way is dropped. */
  set(data: T): void {
    this.#cancel();
    this.#show(this.#shown(data));
  }

  #shown(data: T): DataState<T> {
    return { kind: this.#options.isEmpty?.(data) ? 'empty' : 'ready', data };
  }

  #show(state: DataState<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }

  #cancel(state?: DataState<T>): void {
    this.#abort?.abort();
    this.#abort = undefined;
    if (state) this.#show(state);
  }

  async #load(isRefresh: boolean): Promise<void> {
    this.#cancel();
    const abort = new AbortController();
    this.#abort = abort;
    const { data } = this.state;
    if (!isRefresh || data === undefined)
      this.#show(data === undefined ? { kind: 'loading' } : { kind: 'loading', data });
    let state: DataState<T>;
    try {
      state = this.#shown(await this.#options.load(this.#host.api, abort.signal));
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      const problem = asApiError(error);
      state =
        isRefresh && data !== undefined ? { kind: 'stale', data, error: problem } : { kind: 'error', error: problem };
    }
    if (abort.signal.aborted) return;
    this.#abort = undefined;
    this.#loadedAt = performance.now();
    this.#show(state);
    this.#host.dataSettled?.(state);
  }
}
