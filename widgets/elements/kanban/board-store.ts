import type { Board, Card } from '../../../backend/contracts/boards.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { type ApiClient, ApiError, type Query } from '../../base/api.ts';
import { moveKey, readColumn, sendMove } from './board-source.ts';
import {
  appendPage,
  type CardMove,
  findCard,
  isNoMove,
  needsServerTotals,
  returnMove,
  withServerTotals,
} from './model/board.ts';
import {
  boardOf,
  confirmMove,
  type MoveLedger,
  markSending,
  nextToSend,
  openLedger,
  rebase,
  refuseMove,
  requestMove,
} from './model/move-ledger.ts';

/** A move that was made on screen. */
export interface MadeMove {
  key: string;
  card: Card;
  move: CardMove;
  /** What brings the card back to where it was. */
  back: CardMove;
}

/** What the store tells and asks its element. */
export interface StoreHost {
  readonly api: ApiClient;
  /** What narrows the board. */
  readonly query: Query;
  changed(): void;
  moved(made: MadeMove): void;
  /** It is through, and what changed of the card; or, without that, it was refused or never sent. */
  settled(made: MadeMove, patch?: Partial<Card>): void;
  refused(made: MadeMove, error: ApiError): void;
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError({ status: 0, code: 'unexpected', detail: String(error) }, { cause: error });

/** The board on screen: what the server said with the viewer's own moves on top, and further pages. */
export class BoardStore {
  readonly #host: StoreHost;
  readonly #made = new Map<string, MadeMove>();
  #ledger: MoveLedger | undefined;
  #shown: Board | undefined;
  /** Columns (stage ids) whose next page is on its way, or couldn't be had. */
  readonly pages = new Map<string, 'loading' | 'failed'>();

  constructor(host: StoreHost) {
    this.#host = host;
  }

  /** The board to show; undefined before the first one is loaded. */
  get board(): Board | undefined {
    if (this.#ledger) this.#shown ??= boardOf(this.#ledger);
    return this.#shown;
  }

  /** Whether no move is under way. */
  get isSettled(): boolean {
    return !this.#ledger?.entries.length;
  }

  /** The stage of this id, among those of the board. */
  stage(stageId: string): Stage | undefined {
    return this.board?.columns.find(({ stage }) => stage.id === stageId)?.stage;
  }

  /** Most cards loaded in one column. */
  get longest(): number {
    return Math.max(0, ...(this.board?.columns.map((column) => column.cards.length) ?? []));
  }

  /** Takes a board fresh from the server in place of everything. */
  replace(board: Board): void {
    this.pages.clear();
    this.#set(openLedger(board));
  }

  /** Changes what the server last said, such as by news of it; moves under way stay on top. */
  patch(change: (base: Board) => Board): void {
    if (this.#ledger) this.#set(rebase(this.#ledger, change));
  }

  /** Moves a card at once and tells the server. Null when the card is already there or unknown. */
  move(move: CardMove, key = moveKey()): MadeMove | null {
    const { board } = this;
    const place = board && findCard(board, move.cardId);
    const back = board && returnMove(board, move.cardId);
    if (!this.#ledger || !place || !back || isNoMove(board, move)) return null;
    const made = { key, card: place.card, move, back };
    this.#made.set(key, made);
    const patch = place.stageId === move.stageId ? {} : { stageSince: new Date().toISOString() };
    this.#set(requestMove(this.#ledger, key, move, patch));
    this.#sendNext();
    return made;
  }

  /** Shows a card that comes by a move of another board; `settle` ends it. */
  receive(key: string, move: CardMove, patch: Partial<Card>): void {
    if (this.#ledger) this.#set(markSending(requestMove(this.#ledger, key, move, patch), key));
  }

  /** A move is through, with what changed of the card, or refused: what built on it is given up, too. */
  settle(key: string, patch?: Partial<Card>): void {
    const ledger = this.#ledger;
    if (!ledger) return;
    this.#set(patch ? confirmMove(ledger, key, patch) : refuseMove(ledger, key));
    for (const given of patch ? [] : ledger.entries) {
      const made = this.#made.get(given.key);
      if (!made || given.key === key || this.#ledger?.entries.includes(given)) continue;
      this.#made.delete(given.key);
      this.#host.settled(made);
    }
    this.#sendNext();
  }

  /** Loads the next page of a column, unless it is on its way or there is none. */
  async loadMore(stageId: string): Promise<void> {
    const board = this.#ledger?.base;
    const cursor = board?.columns.find((column) => column.stage.id === stageId)?.nextCursor;
    if (!board || !cursor || this.pages.get(stageId) === 'loading') return;
    this.pages.set(stageId, 'loading');
    this.#host.changed();
    const cursorNow = () => this.#ledger?.base.columns.find((column) => column.stage.id === stageId)?.nextCursor;
    try {
      const page = await readColumn(this.#host.api, board, stageId, { ...this.#host.query, cursor });
      if (!this.#ledger || cursorNow() !== cursor) return;
      this.pages.delete(stageId);
      this.#set(rebase(this.#ledger, (base) => appendPage(base, page)));
    } catch {
      // Shown in the column, with a button that tries again.
      if (cursorNow() === cursor) this.pages.set(stageId, 'failed');
      this.#host.changed();
    }
  }

  #set(ledger: MoveLedger): void {
    this.#ledger = ledger;
    this.#shown = undefined;
    this.#host.changed();
  }

  #sendNext(): void {
    if (!this.#ledger) return;
    for (let next = nextToSend(this.#ledger); next; next = nextToSend(this.#ledger)) {
      const { entry, version } = next;
      this.#ledger = markSending(this.#ledger, entry.key);
      const made = this.#made.get(entry.key);
      if (made) void this.#send(made, version, this.#ledger.base);
    }
  }

  async #send(made: MadeMove, version: number, board: Board): Promise<void> {
    const { key, move } = made;
    try {
      const patch = await sendMove(this.#host.api, board.pipeline.entity, move, { key, version });
      this.#made.delete(key);
      this.settle(key, patch);
      this.#host.settled(made, patch);
      this.#host.moved(made);
      if (needsServerTotals(board, made.card)) await this.#readTotals(board, [made.back.stageId, move.stageId]);
    } catch (error) {
      this.#made.delete(key);
      this.settle(key);
      this.#host.settled(made);
      this.#host.refused(made, asApiError(error));
    }
  }

  async #readTotals(board: Board, stageIds: string[]): Promise<void> {
    const columns = await Promise.allSettled(
      stageIds.map((stageId) => readColumn(this.#host.api, board, stageId, { ...this.#host.query, limit: 1 })),
    );
    for (const column of columns) {
      // Totals that couldn't be had now come with the next refresh.
      if (column.status === 'fulfilled') this.patch((base) => withServerTotals(base, column.value));
    }
  }
}
