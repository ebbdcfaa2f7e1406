import type { Board, BoardColumn, Card } from '../../../../backend/contracts/boards.ts';
import type { Format } from '../../../base/format.ts';
import type { Variables } from '../../../base/i18n.ts';
import type { Carry } from '../carry.ts';
import type { Crossing } from '../model/board.ts';

/** What a card can show below its title. */
export const cardFields = ['value', 'owner', 'score', 'age', 'due'] as const;
export type CardField = (typeof cardFields)[number];

const shownByDefault: readonly CardField[] = ['value', 'owner', 'score', 'age'];

/** The further fields that it names, such as `source` or `custom.budget`. */
export const furtherFields = (attribute: string | null | undefined): string[] =>
  (attribute ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && !cardFields.includes(name as CardField))
    .slice(0, 8);

/** The fields an attribute such as `value, owner` names; those shown by default where it isn't set. */
export function parseCardFields(attribute: string | null | undefined): ReadonlySet<CardField> {
  if (attribute === null || attribute === undefined) return new Set(shownByDefault);
  const named = attribute.split(',').map((name) => name.trim());
  return new Set(cardFields.filter((field) => named.includes(field)));
}

/** A card's open menu and the button or card it hangs on. */
export interface OpenMenu {
  card: Card;
  stageId: string;
}

/** What is fetched once the board is on screen adds this to it. */
export interface ViewExtras {
  /** Beside a column's total. */
  column(view: BoardView, column: BoardColumn): unknown;
  /** Below a card's own lines: the fields that were asked for. */
  details(view: BoardView, card: Card): unknown;
  /** What else keys do. */
  readonly help: string;
  /** In a card's menu, below the stages. */
  menu(open: OpenMenu, choose: (stageId: string, crossing: Crossing) => void): unknown;
}

/** What the parts of the board need to draw themselves. */
export interface BoardView {
  t(key: string, variables?: Variables): string;
  readonly format: Format;
  readonly board: Board;
  readonly fields: ReadonlySet<CardField>;
  readonly carry: Carry | null;
  /** Height of a card with the gap below it, px. */
  readonly pitch: number;
  /** Height of what is seen of a column's list, px. */
  readonly listHeight: number;
  /** The moment of drawing, ms since 1970, and the reader's day, `YYYY-MM-DD`. */
  readonly now: number;
  readonly today: string;
  /** It shows one lane of a board: limits are the whole column's. */
  readonly isLane: boolean;
  readonly extras: ViewExtras | undefined;
  readonly pages: ReadonlyMap<string, 'loading' | 'failed'>;
  scrollTop(stageId: string): number;
  /** The card of a column that Tab reaches. */
  tabStop(stageId: string): string | undefined;
  onScroll(event: Event): void;
  loadMore(stageId: string): void;
}
