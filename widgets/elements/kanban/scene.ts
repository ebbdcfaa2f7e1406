import type { Board, Card } from '../../../backend/contracts/boards.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { findCard } from './model/board.ts';
import type { Spot } from './model/keyboard.ts';
import { rowOf, scrollToShow } from './model/windowing.ts';

/** Heights before the first measuring, px: a usual card with its gap, a usual list. */
const guess = { pitch: 120, listHeight: 600 };

/** What the element knows of its own layout: sizes, scroll positions, which card Tab reaches. */
export class Scene {
  pitch = guess.pitch;
  listHeight = guess.listHeight;
  readonly #root: ShadowRoot;
  readonly #changed: () => void;
  readonly #scrollTops = new Map<string, number>();
  readonly #tabStops = new Map<string, string>();
  readonly #observer: ResizeObserver;
  #observed: Element | null = null;

  constructor(root: ShadowRoot, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
    this.#observer = new ResizeObserver(() => this.#measure());
  }

  /** Watches the board that is rendered now. Its ruler is a card of natural height. */
  observe(): void {
    const ruler = this.#root.querySelector('.ruler .card');
    if (ruler === this.#observed) return;
    this.#observer.disconnect();
    this.#observed = ruler;
    const board = this.#root.querySelector('.board');
    if (!ruler || !board) return;
    this.#observer.observe(ruler);
    this.#observer.observe(board);
  }

  disconnect(): void {
    this.#observer.disconnect();
    this.#observed = null;
  }

  #measure(): void {
    const ruler = this.#root.querySelector<HTMLElement>('.ruler .card');
    const list = this.#root.querySelector<HTMLElement>('.list');
    if (!ruler || !list) return;
    const pitch = ruler.offsetHeight + Number.parseFloat(getComputedStyle(ruler).marginBlockEnd);
    // Hidden (display: none) has no sizes; what was known stays.
    if (ruler.offsetHeight === 0 || (pitch === this.pitch && list.clientHeight === this.listHeight)) return;
    this.pitch = pitch;
    this.listHeight = list.clientHeight;
    this.#changed();
  }

  readonly scrollTop = (stageId: string): number => this.#scrollTops.get(stageId) ?? 0;

  /** Takes note of a list's scroll position; true when that shows other rows than before. */
  noteScroll(list: HTMLElement): boolean {
    const stageId = list.dataset.stage ?? '';
    const before = Math.floor(this.scrollTop(stageId) / this.pitch);
    this.#scrollTops.set(stageId, list.scrollTop);
    return before !== Math.floor(list.scrollTop / this.pitch);
  }

  /** Whether the end of the loaded cards is at most two screens below what is seen. */
  isNearEnd(list: HTMLElement): boolean {
    return list.scrollTop + 3 * list.clientHeight >= list.scrollHeight;
  }

  readonly tabStop = (stageId: string): string | undefined => this.#tabStops.get(stageId);

  setTabStop(stageId: string, cardId: string): void {
    this.#tabStops.set(stageId, cardId);
  }

  /** The id of the card that has the focus. */
  get focusedCard(): string | undefined {
    return this.#root.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card;
  }

  cardElement(cardId: string): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>(`[data-card="${CSS.escape(cardId)}"]`);
  }

  /** Scrolls column and board so that row `row` of a column is seen. */
  reveal({ column, row }: Spot): void {
    const element = this.#root.querySelectorAll<HTMLElement>('[data-column]')[column];
    const list = element?.querySelector<HTMLElement>('.list');
    const board = this.#root.querySelector<HTMLElement>('.board');
    if (!element || !list || !board) return;
    list.scrollTop = scrollToShow(row, { scrollTop: list.scrollTop, height: list.clientHeight, pitch: this.pitch });
    this.noteScroll(list);
    const box = element.getBoundingClientRect();
    const view = board.getBoundingClientRect();
    if (box.left < view.left) board.scrollLeft += box.left - view.left;
    else if (box.right > view.right) board.scrollLeft += Math.min(box.right - view.right, box.left - view.left);
  }

  /** Focuses a card wherever it is; `rendered` resolves once what was scrolled to is drawn. */
  async focusCard(board: Board, cardId: string, rendered: () => Promise<unknown>): Promise<void> {
    const place = findCard(board, cardId);
    if (!place) return;
    this.setTabStop(place.stageId, cardId);
    this.reveal({ column: place.column, row: rowOf(place.index, { lifted: -1, gap: -1 }) });
    this.#changed();
    await rendered();
    this.cardElement(cardId)?.querySelector<HTMLElement>('.open')?.focus({ preventScroll: true });
  }
}

/** A card that shows every field, to measure by. */
export const rulerCard: { card: Card; stage: Pick<Stage, 'kind' | 'rottingDays'> } = {
  card: {
    id: '',
    title: 'M',
    subtitle: 'M',
    value: null,
    owner: { id: '', name: 'M' },
    score: 1,
    position: 0,
    stageSince: '2000-01-01T00:00:00Z',
    dueOn: '2000-01-01',
    version: 0,
    canMove: false,
  },
  stage: { kind: 'open', rottingDays: null },
};
