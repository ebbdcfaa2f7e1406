import type { BoardCards } from '../../../../backend/contracts/boards.ts';
import type { RecordEvent, RecordsEvent } from '../../../../backend/contracts/live.ts';
import type { Session } from '../../../base/session-types.ts';
import { listenLive } from '../../../live/live-events.ts';
import type { ExtrasHost } from '../extras.ts';
import { boardQuery } from './board-query.ts';
import { withNews } from './news.ts';

/** News wait this long for others, and a little by chance: not all open boards ask in the same moment. */
const gatherMs = 80;
const spreadMs = 120;
/** Coming back to a page after this long, the board looks for news. */
const refreshAfterMs = 60_000;
/** More cards than this at once are read with the whole board. */
const mostCards = 100;

/** Keeps an open board up to date with what others do. */
export class LiveBoard {
  readonly #host: ExtrasHost;
  readonly #onChange: () => void;
  readonly #ids = new Set<string>();
  #wantsAll = false;
  #leftAt = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | undefined;
  #session: Session | undefined;

  /** `onChange` hears of every change that may concern the board. */
  constructor(host: ExtrasHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  start(): void {
    this.stop();
    this.#session = this.#host.element.api.session;
    this.#stop = listenLive(this.#session, {
      event: (type, data) => this.#hear(type, data),
      reopened: () => this.#soon(true),
    });
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('online', this.#onOnline);
  }

  /** Listens in the name of the session that the board has now. */
  follow(): void {
    if (this.#stop && this.#session !== this.#host.element.api.session) this.start();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('online', this.#onOnline);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Where there is no stream, coming back is the moment to look. */
  readonly #onVisibility = (): void => {
    if (document.visibilityState === 'hidden') this.#leftAt = Date.now();
    else if (Date.now() - this.#leftAt > refreshAfterMs) this.#soon(true);
  };

  readonly #onOnline = (): void => this.#soon(true);

  #hear(type: string, data: unknown): void {
    const pipeline = this.#host.store.board?.pipeline;
    if (!pipeline || this.#host.element.asOf) return;
    if (type === 'records') {
      if ((data as RecordsEvent).entity === pipeline.entity) this.#soon(true);
      return;
    }
    if (type !== 'record') return;
    const { entity, id, from, to } = data as RecordEvent;
    if (entity !== pipeline.entity) return;
    if (from?.pipelineId !== pipeline.id && to?.pipelineId !== pipeline.id) return;
    this.#ids.add(id);
    this.#soon(this.#ids.size > mostCards);
  }

  #soon(all: boolean): void {
    this.#wantsAll ||= all;
    this.#timer ??= setTimeout(() => void this.#catchUp(), gatherMs + Math.random() * spreadMs);
  }

  async #catchUp(): Promise<void> {
    this.#timer = undefined;
    const { element, store, isBusy } = this.#host;
    if (element.asOf) return;
    // Nothing moves under the hand that holds a card, and own moves are settled first.
    if (isBusy()) {
      this.#soon(false);
      return;
    }
    this.#onChange();
    const ids = new Set(this.#ids);
    this.#ids.clear();
    if (this.#wantsAll || element.lanes) {
      this.#wantsAll = false;
      await element.refresh();
      return;
    }
    const board = store.board;
    if (!board || ids.size === 0) return;
    try {
      const path = `boards/${board.pipeline.id}/cards`;
      const news = await element.api.get<BoardCards>(path, { ...boardQuery(element), ids: [...ids] });
      if (store.board?.pipeline.id === board.pipeline.id) store.patch((base) => withNews(base, ids, news));
    } catch {
      // A refresh says what is wrong, in sight.
      await element.refresh();
    }
  }
}
