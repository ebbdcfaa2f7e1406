import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type LoadState<T> =
  | { kind: 'loading'; data: null; error: null }
  | { kind: 'ready'; data: T; error: null }
  | { kind: 'error'; data: null; error: unknown };

/** Loads one thing and remembers how that went; a newer load drops the answer to an older one. */
export class Loader<T> implements ReactiveController {
  state: LoadState<T> = { kind: 'loading', data: null, error: null };
  readonly #host: ReactiveControllerHost;
  #abort: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
  }

  get data(): T | null {
    return this.state.data;
  }

  /** Loads; what was there stays until the answer is in, except after an error. */
  async load(ask: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    if (this.state.kind === 'error') this.#set({ kind: 'loading', data: null, error: null });
    try {
      const data = await ask(abort.signal);
      if (!abort.signal.aborted) this.#set({ kind: 'ready', data, error: null });
    } catch (error) {
      if (!abort.signal.aborted) this.#set({ kind: 'error', data: null, error });
    }
  }

  /** Shows data that came with the answer to a write. */
  put(data: T): void {
    this.#abort?.abort();
    this.#set({ kind: 'ready', data, error: null });
  }

  #set(state: LoadState<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
