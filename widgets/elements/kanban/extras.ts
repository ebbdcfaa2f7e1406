import type { StageEntry } from '../../../backend/contracts/moves.ts';
import type { ApiError } from '../../base/api.ts';
import type { BoardElement } from './board-element.ts';
import type { BoardStore, MadeMove } from './board-store.ts';
import type { Hands } from './hands.ts';
import type { CardMove } from './model/board.ts';
import type { Scene } from './scene.ts';
import type { BoardView, ViewExtras } from './view/board-view.ts';
import type { ToastRack } from './view/toast.ts';

/** What the extras need of the board they are added to. */
export interface ExtrasHost {
  readonly element: BoardElement;
  readonly root: ShadowRoot;
  readonly store: BoardStore;
  readonly toasts: ToastRack;
  readonly hands: Hands | undefined;
  readonly scene: Scene | undefined;
  /** Makes a move as if by hand, with its message. */
  move(move: CardMove, key?: string): MadeMove | null;
  /** Whether somebody holds a card: nothing may jump then. */
  isBusy(): boolean;
}

/** What is fetched once a board is on screen: filters, lanes, further fields, the past, news as they happen. */
export interface Extras extends ViewExtras {
  /** Below the header: filters, lanes, fields, day. */
  bar(view: BoardView): unknown;
  /** In place of the columns, where the board falls into lanes; else undefined. */
  lanes(view: BoardView): unknown;
  /** Why the server refused a move, in words. */
  refusal(made: MadeMove, error: ApiError): string;
  /** Asks for what a stage requires; null when the person gives up. */
  askForEntry(made: MadeMove, error: ApiError): Promise<StageEntry | null>;
  /** The board is connected again. */
  start(): void;
  /** The board leaves the page. */
  stop(): void;
}
