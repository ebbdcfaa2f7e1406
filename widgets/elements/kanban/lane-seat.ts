import type { Card } from '../../../backend/contracts/boards.ts';
import type { BoardStore, MadeMove } from './board-store.ts';
import type { Carry } from './carry.ts';
import type { Point } from './drag/press.ts';
import type { KeyIntent } from './keys.ts';
import type { CardMove, Crossing } from './model/board.ts';
import type { Scene } from './scene.ts';
import type { OpenMenu } from './view/board-view.ts';
import type { ToastRack } from './view/toast.ts';

/** Where a card that is held goes beyond its own board. */
export interface Beyond {
  /** Where the likeness of a dragged card floats: above all lanes. */
  readonly sky: Element | null;
  /** Takes note of where a dragged card is, its centre at `centreY`; true: over another lane. */
  over(carry: Carry, point: Point, centreY: number): boolean;
  /** What a key means for a card that the keyboard carries, where it leads into another lane or out of it. */
  key(event: KeyboardEvent, carry: Carry): KeyIntent | null;
  /** Letting go now: the move into the lane that the card is over; null where there is none, or it refuses. */
  drop(): CardMove | null;
  /** Nothing is held any more. */
  leave(): void;
}

/** The board of a lane, as the other lanes know it. */
export interface LaneBoard {
  readonly element: { readonly isConnected: boolean; refresh(): Promise<void> };
  readonly root: ShadowRoot;
  readonly store: BoardStore;
  readonly scene: Scene | undefined;
  readonly hands:
    | {
        readonly carry: Carry | null;
        announcement: string;
        hold(carry: Carry | null): void;
        focus(cardId: string): void;
      }
    | undefined;
  move(move: CardMove): MadeMove | null;
}

/** A lane's place among the lanes of a board. */
export interface LaneSeat extends Beyond {
  /** Messages of all lanes are shown once, where the whole board shows them. */
  readonly toasts: ToastRack;
  /** The lane's board has all that it can do. */
  join(board: LaneBoard): void;
  /** The lane's board gave a card to another lane, on screen. */
  made(made: MadeMove): void;
  /** That is through, with what changed of the card, or refused. */
  settled(made: MadeMove, patch?: Partial<Card>): void;
  /** Below the stages of a card's menu: the other lanes. */
  menu(open: OpenMenu, choose: (stageId: string, crossing: Crossing) => void): unknown;
}
