import type { Carry } from '../carry.ts';
import type { Beyond } from '../lane-seat.ts';
import { columnAt, edgePull, gapAt } from '../model/drop-target.ts';
import type { Spot } from '../model/keyboard.ts';
import type { Point } from './press.ts';

/** How far outside the board a card may be let go and still falls into it, px. */
const marginPx = 48;
const pullZonePx = 64;
const pullPxPerMs = 1;
/** A frame that took longer, e.g. in a hidden page, doesn't make up for it by a leap. */
const longestFrameMs = 50;

export interface FlightOptions {
  root: ShadowRoot;
  card: HTMLElement;
  start: Point;
  pitch: number;
  /** How many cards column `column` has beside the dragged one. */
  others: (column: number) => number;
  /** Called with the place under the card whenever it changes; null: outside the board. */
  over: (spot: Spot | null) => void;
  /** What takes the card beyond its board; and which card that is. */
  beyond: Beyond | undefined;
  carry: Carry;
}

/** The columns of the board within `root`. */
export const columnsOf = (root: ShadowRoot): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-column]')];

/** The place of a board below a card whose centre is at `centreY`; null: more than `margin` px outside the board. */
export function spotAt(
  root: ShadowRoot,
  { point, centreY, pitch, margin }: { point: Point; centreY: number; pitch: number; margin: number },
  others: (column: number) => number,
): Spot | null {
  const columns = columnsOf(root);
  const boardBox = root.querySelector('.board')?.getBoundingClientRect();
  if (!boardBox) return null;
  const boxes = columns.map((column) => column.getBoundingClientRect());
  const column = columnAt(boxes, boardBox, point, margin);
  const rows = columns[column]?.querySelector('ul')?.getBoundingClientRect();
  return rows ? { column, row: gapAt(centreY - rows.top, pitch, others(column)) } : null;
}

/**
 * A card on its way under the pointer: moves its likeness, finds the place below it and scrolls column and
 * board at their edges. Reads the layout once a frame, then writes.
 */
export class Flight {
  readonly #options: FlightOptions;
  readonly #ghost: HTMLElement;
  readonly #grab: Point;
  readonly #height: number;
  readonly #sky: Element | null;
  #point: Point;
  #frame = 0;
  #frameAt = performance.now();
  #spot: Spot | null | undefined;

  constructor(options: FlightOptions) {
    this.#options = options;
    const box = options.card.getBoundingClientRect();
    this.#point = options.start;
    this.#grab = { x: options.start.x - box.left, y: options.start.y - box.top };
    this.#height = box.height;
    this.#ghost = options.card.cloneNode(true) as HTMLElement;
    this.#ghost.removeAttribute('data-card');
    this.#ghost.classList.add('ghost');
    this.#ghost.style.inlineSize = `${box.width}px`;
    this.#ghost.style.blockSize = `${box.height}px`;
    this.#sky = options.beyond?.sky ?? options.root.querySelector('.sky');
    this.#sky?.append(this.#ghost);
    this.#tick();
  }

  moveTo(point: Point): void {
    this.#point = point;
  }

  /** Takes the last position into account at once, ends, and answers where the card is. */
  land(point: Point): Spot | null {
    this.#point = point;
    const spot = this.#find();
    this.end();
    return spot;
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#ghost.remove();
  }

  readonly #tick = (): void => {
    const sky = this.#sky?.getBoundingClientRect();
    const spot = this.#find();
    const board = this.#options.root.querySelector<HTMLElement>('.board');
    const boardBox = board?.getBoundingClientRect();
    const list = spot ? columnsOf(this.#options.root)[spot.column]?.querySelector<HTMLElement>('.list') : undefined;
    const listBox = list?.getBoundingClientRect();
    // All reading is done: from here on only writes.
    const now = performance.now();
    const pull = pullPxPerMs * Math.min(longestFrameMs, now - this.#frameAt);
    this.#frameAt = now;
    const x = this.#point.x - this.#grab.x - (sky?.left ?? 0);
    const y = this.#point.y - this.#grab.y - (sky?.top ?? 0);
    this.#ghost.style.transform = `translate(${x}px,${y}px)`;
    if (list && listBox) list.scrollTop += edgePull(this.#point.y, listBox.top, listBox.bottom, pullZonePx, pull);
    if (spot && board && boardBox)
      board.scrollLeft += edgePull(this.#point.x, boardBox.left, boardBox.right, pullZonePx, pull);
    const before = this.#spot;
    if (before === undefined || spot?.column !== before?.column || spot?.row !== before?.row) {
      this.#spot = spot;
      this.#options.over(spot);
    }
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #find(): Spot | null {
    const { root, pitch, others, beyond, carry } = this.#options;
    const point = this.#point;
    const centreY = point.y - this.#grab.y + this.#height / 2;
    if (beyond?.over(carry, point, centreY)) return null;
    return spotAt(root, { point, centreY, pitch, margin: marginPx }, others);
  }
}
