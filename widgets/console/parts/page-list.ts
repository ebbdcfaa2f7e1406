import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { ApiClient, Query } from '../../base/api.ts';

/** Where a list stands. `items` stay while more of them, or newer ones, are on the way. */
export interface ListState<T> {
  kind: 'loading' | 'ready' | 'error';
  items: readonly T[];
  total: number | null;
  hasMore: boolean;
  isRefreshing: boolean;
  error: unknown;
}

const nothingYet = {
  kind: 'loading',
  items: [],
  total: null,
  hasMore: false,
  isRefreshing: false,
  error: null,
} as const;

/** Pages through a list of the API by its cursors; a newer question drops the answer to an older one. */
export class PageList<T> implements ReactiveController {
  state: ListState<T> = nothingYet;
  readonly #host: ReactiveControllerHost;
  readonly #api: () => ApiClient;
  #path = '';
  #query: Query = {};
  #cursor: string | null = null;
  #abort: AbortController | null = null;

  constructor(host: ReactiveControllerHost, api: () => ApiClient) {
    this.#host = host;
    this.#api = api;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#abort?.abort();
  }

  /** Asks a new question from its first page on. */
  async load(path: string, query: Query = {}): Promise<void> {
    const isSameList = path === this.#path;
    this.#path = path;
    this.#query = query;
    this.#set(isSameList && this.state.items.length > 0 ? { ...this.state, isRefreshing: true } : nothingYet);
    await this.#fetch(null);
  }

  /** The same question once more. */
  reload = (): Promise<void> => this.load(this.#path, this.#query);

  /** The next page, added at the end. */
  more = async (): Promise<void> => {
    if (!this.#cursor || this.state.isRefreshing) return;
    this.#set({ ...this.state, isRefreshing: true, error: null });
    await this.#fetch(this.#cursor);
  };

  /** Puts a changed record in its place without asking again. */
  replace(isIt: (item: T) => boolean, item: T): void {
    this.#set({ ...this.state, items: this.state.items.map((old) => (isIt(old) ? item : old)) });
  }

  async #fetch(cursor: string | null): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const query = cursor === null ? this.#query : { ...this.#query, cursor };
      const page = await this.#api().get<Page<T>>(this.#path, query, { signal: abort.signal });
      if (abort.signal.aborted) return;
      this.#cursor = page.nextCursor;
      this.#set({
        kind: 'ready',
        items: cursor === null ? page.items : [...this.state.items, ...page.items],
        total: page.total ?? (cursor === null ? null : this.state.total),
        hasMore: page.nextCursor !== null,
        isRefreshing: false,
        error: null,
      });
    } catch (error) {
      if (abort.signal.aborted) return;
      // A failed first page is an error of the list; a failed further page leaves what is there, with a note.
      const kind = cursor === null ? 'error' : 'ready';
      this.#set({ ...this.state, kind, isRefreshing: false, error });
    }
  }

  #set(state: ListState<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
