/** A mouse or pen drags after this many px; a finger may tremble as much while it holds. */
const slopPx = { mouse: 4, touch: 10 };
/** A finger that rests this long picks up instead of scrolling. */
const holdMs = 300;

export interface Point {
  x: number;
  y: number;
}

export interface PressHandlers {
  /** The press became a drag. False: this card can't be dragged. */
  lift(card: HTMLElement, start: Point): boolean;
  move(point: Point): void;
  drop(point: Point): void;
  cancel(): void;
}

/**
 * Tells a drag from a click and from scrolling, by pointer events alone. Mouse and pen drag by moving,
 * a finger by resting first: one that moves sooner scrolls the page as ever. Bind its listeners to the
 * element that contains all cards.
 */
export class Press {
  readonly #handlers: PressHandlers;
  #state: 'idle' | 'pressed' | 'dragging' = 'idle';
  #pointerId = -1;
  #start: Point = { x: 0, y: 0 };
  #card: HTMLElement | undefined;
  #surface: HTMLElement | undefined;
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  #isTouch = false;
  /** The last press was a drag: the click that the browser still sends for it means nothing. */
  hasJustDragged = false;

  constructor(handlers: PressHandlers) {
    this.#handlers = handlers;
  }

  readonly down = (event: PointerEvent): void => {
    this.hasJustDragged = false;
    const target = event.target as Element;
    const card = target.closest<HTMLElement>('[data-card]');
    if (this.#state !== 'idle' || !event.isPrimary || event.button !== 0 || !card || target.closest('.more')) return;
    this.#state = 'pressed';
    this.#pointerId = event.pointerId;
    this.#start = { x: event.clientX, y: event.clientY };
    this.#card = card;
    this.#surface = event.currentTarget as HTMLElement;
    this.#isTouch = event.pointerType === 'touch';
    if (this.#isTouch) this.#holdTimer = setTimeout(() => this.#lift(), holdMs);
  };

  readonly move = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointerId || this.#state === 'idle') return;
    const point = { x: event.clientX, y: event.clientY };
    const distance = Math.hypot(point.x - this.#start.x, point.y - this.#start.y);
    const isFar = distance >= slopPx[this.#isTouch ? 'touch' : 'mouse'];
    if (this.#state === 'dragging') this.#handlers.move(point);
    // Without a pressed button it was let go outside, where nobody told us; a finger that moves on scrolls.
    else if (event.buttons === 0 || (isFar && this.#isTouch)) this.#end();
    else if (isFar) this.#lift(point);
  };

  readonly up = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pointerId) return;
    const wasDragging = this.#state === 'dragging';
    this.#end();
    if (wasDragging) this.#handlers.drop({ x: event.clientX, y: event.clientY });
  };

  /** `pointercancel` and `lostpointercapture`: the browser took the pointer away. */
  readonly lost = (event: PointerEvent): void => {
    // A finger's pointer is first captured by the card it touched: losing that to us is no loss.
    if (event.type === 'lostpointercapture' && event.target !== this.#surface) return;
    if (event.pointerId === this.#pointerId) this.cancel();
  };

  /** Keeps the page from scrolling under a finger that drags. Listens actively, unlike the browser's default. */
  readonly touchMove = {
    handleEvent: (event: Event): void => {
      if (this.#state === 'dragging' && event.cancelable) event.preventDefault();
    },
    passive: false,
  };

  /** A finger that rests would otherwise open the browser's own menu. */
  readonly contextMenu = (event: Event): void => {
    if (this.#isTouch && this.#state !== 'idle') event.preventDefault();
  };

  /** Gives the drag up, as Escape does. */
  cancel(): void {
    const wasDragging = this.#state === 'dragging';
    this.#end();
    if (wasDragging) this.#handlers.cancel();
  }

  #lift(point?: Point): void {
    const card = this.#card;
    const surface = this.#surface;
    if (!card?.isConnected || !surface || !this.#handlers.lift(card, this.#start)) {
      this.#end();
      return;
    }
    this.#state = 'dragging';
    surface.setPointerCapture(this.#pointerId);
    window.addEventListener('keydown', this.#onKeyDown, true);
    if (point) this.#handlers.move(point);
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  };

  #end(): void {
    clearTimeout(this.#holdTimer);
    window.removeEventListener('keydown', this.#onKeyDown, true);
    this.hasJustDragged = this.#state === 'dragging';
    this.#state = 'idle';
    if (this.hasJustDragged && this.#surface?.hasPointerCapture(this.#pointerId))
      this.#surface.releasePointerCapture(this.#pointerId);
    this.#pointerId = -1;
    this.#card = undefined;
    this.#surface = undefined;
  }
}
