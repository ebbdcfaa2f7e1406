import type { Board } from '../../../backend/contracts/boards.ts';
import type { BoardElement } from './board-element.ts';
import type { BoardStore, MadeMove } from './board-store.ts';
import { type Carry, gapsOf, moveOf, pickUp, shapeIn } from './carry.ts';
import { Flight } from './drag/flight.ts';
import { Press } from './drag/press.ts';
import { intentOf } from './keys.ts';
import { type CardMove, type Crossing, findCard } from './model/board.ts';
import type { Spot } from './model/keyboard.ts';
import type { Scene } from './scene.ts';
import type { OpenMenu } from './view/board-view.ts';

/** What the hands need of the element they work in. */
export interface HandsHost {
  readonly root: ShadowRoot;
  readonly scene: Scene;
  readonly element: BoardElement;
  readonly store: BoardStore;
  readonly outcomes: { locked(cardId: string): void; undo(): void };
  move(move: CardMove): MadeMove | null;
  open(cardId: string): void;
}

/** What people do on the board with mouse, finger and keyboard: carry cards, walk, open, choose from the menu. */
export class Hands {
  carry: Carry | null = null;
  menu: OpenMenu | null = null;
  /** Read out by the live region. */
  announcement = '';
  readonly press: Press;
  readonly #host: HandsHost;
  #flight: Flight | undefined;

  constructor(host: HandsHost) {
    this.#host = host;
    this.press = new Press({
      lift: (card, start) => this.#lift(card, start),
      move: (point) => this.#flight?.moveTo(point),
      drop: (point) => this.#land(point),
      cancel: () => this.#cancel(),
    });
  }

  get #board(): Board | undefined {
    return this.#host.store.board;
  }

  /** Lets go of everything, e.g. because the element leaves the page. */
  release(): void {
    this.press.cancel();
    this.#host.element.seat?.leave();
    this.#flight?.end();
    this.#flight = undefined;
    this.carry = null;
    this.menu = null;
  }

  readonly onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const cardId = target.closest<HTMLElement>('[data-card]')?.dataset.card;
    // Keyboard clicks (detail 0) never are the end of a drag.
    if (!cardId || (this.press.hasJustDragged && event.detail > 0)) return;
    if (target.closest('.more')) this.openMenu(cardId);
    else this.#host.open(cardId);
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const { scene } = this.#host;
    const board = this.#board;
    const cardId = scene.focusedCard;
    if (!board || !cardId) return;
    const page = Math.floor(scene.listHeight / scene.pitch);
    const beyond = this.carry && this.#host.element.seat?.key(event, this.carry);
    const intent = beyond ?? intentOf(event, { board, cardId, carry: this.carry, page });
    if (!intent) return;
    event.preventDefault();
    event.stopPropagation();
    switch (intent.kind) {
      case 'focus':
        void scene.focusCard(board, intent.cardId, () => this.#host.element.updateComplete);
        break;
      case 'pick':
        this.hold(intent.carry);
        this.#say('picked', intent.carry.to);
        break;
      case 'carry':
        this.hold(intent.carry);
        if (intent.carry.to) scene.reveal(intent.carry.to);
        this.#say('over', intent.carry.to);
        break;
      case 'beyond':
        this.announcement = intent.text;
        if (this.carry) this.hold({ ...this.carry, to: intent.to });
        break;
      case 'refuse':
        this.#host.outcomes.locked(cardId);
        break;
      case 'drop':
        this.#drop();
        break;
      case 'cancel':
        this.#cancel();
        break;
      case 'menu':
        this.openMenu(cardId);
        break;
      case 'undo':
        this.#host.outcomes.undo();
        break;
      default:
        intent satisfies never;
    }
  };

  readonly onFocusIn = (): void => {
    const { scene } = this.#host;
    const board = this.#board;
    const place = board && scene.focusedCard !== undefined && findCard(board, scene.focusedCard);
    if (!place || scene.tabStop(place.stageId) === place.card.id) return;
    scene.setTabStop(place.stageId, place.card.id);
    this.#host.element.requestUpdate();
  };

  /** A card held by the keyboard goes back when the focus goes elsewhere. */
  readonly onFocusOut = (): void => {
    if (this.carry?.by === 'keyboard') this.#cancel();
  };

  openMenu(cardId: string): void {
    const place = this.#board && findCard(this.#board, cardId);
    if (!place) return;
    if (!place.card.canMove) {
      this.#host.outcomes.locked(cardId);
      return;
    }
    this.menu = { card: place.card, stageId: place.stageId };
    this.#host.element.requestUpdate();
    void this.#host.element.updateComplete.then(() => {
      this.#placeMenu(cardId);
      this.#host.root.querySelector<HTMLElement>('.menu [role=menuitem]:not([aria-disabled])')?.focus();
    });
  }

  readonly chooseFromMenu = (stageId: string, crossing?: Crossing): void => {
    const cardId = this.menu?.card.id;
    this.menu = null;
    if (cardId) this.#make({ cardId, stageId, ...(crossing ? { crossing } : {}) });
  };

  readonly closeMenu = (refocus: boolean): void => {
    const cardId = this.menu?.card.id;
    this.menu = null;
    this.#host.element.requestUpdate();
    if (refocus && cardId) this.focus(cardId);
  };

  /** Beside the card's menu button, within the element. By CSSOM: a strict CSP forbids style attributes. */
  #placeMenu(cardId: string): void {
    const { root, scene } = this.#host;
    const menu = root.querySelector<HTMLElement>('.menu');
    const anchor = scene.cardElement(cardId)?.querySelector('.more')?.getBoundingClientRect();
    const shell = root.querySelector('.shell')?.getBoundingClientRect();
    if (!menu || !anchor || !shell) return;
    menu.style.maxBlockSize = `${shell.height}px`;
    const { width, height } = menu.getBoundingClientRect();
    const left = Math.min(anchor.right - shell.left - width, shell.width - width);
    const top = Math.min(anchor.bottom - shell.top, shell.height - height);
    menu.style.transform = `translate(${Math.max(0, left)}px,${Math.max(0, top)}px)`;
  }

  /** Shows a card as held, on this board or over it; null: none. */
  hold(carry: Carry | null): void {
    this.carry = carry;
    this.#host.element.requestUpdate();
  }

  #lift(card: HTMLElement, start: { x: number; y: number }): boolean {
    const { root, scene } = this.#host;
    const board = this.#board;
    const cardId = card.dataset.card ?? '';
    const carry = board && !this.carry ? pickUp(board, cardId, 'pointer') : null;
    if (!carry) {
      if (board && !this.carry) this.#host.outcomes.locked(cardId);
      return false;
    }
    this.menu = null;
    this.hold(carry);
    const others = (column: number) => Math.max(0, (this.#gaps()[column] ?? 1) - 1);
    const over = (to: Spot | null) => this.carry && this.hold({ ...this.carry, to });
    const beyond = this.#host.element.seat;
    this.#flight = new Flight({ root, card, start, pitch: scene.pitch, others, over, beyond, carry });
    return true;
  }

  #land(point: { x: number; y: number }): void {
    const to = this.#flight?.land(point) ?? null;
    this.#flight = undefined;
    if (this.carry) this.carry = { ...this.carry, to };
    this.#drop();
  }

  #drop(): void {
    const board = this.#board;
    const { carry } = this;
    if (!board || !carry) return;
    const move = moveOf(board, carry) ?? this.#host.element.seat?.drop();
    this.carry = null;
    this.#host.element.requestUpdate();
    if (move) this.#make(move);
    else this.#sayCancelled(carry.cardId);
  }

  #make(move: CardMove): void {
    const made = this.#host.move(move);
    const board = this.#board;
    const place = board && findCard(board, move.cardId);
    if (made && place) this.#say('dropped', { column: place.column, row: place.index }, made.card.title);
    else this.#sayCancelled(move.cardId);
    this.focus(move.cardId);
  }

  #cancel(): void {
    const cardId = this.carry?.cardId;
    this.#host.element.seat?.leave();
    this.#flight?.end();
    this.#flight = undefined;
    this.hold(null);
    if (cardId) this.#sayCancelled(cardId);
  }

  /** Brings the focus to a card of the board. */
  focus(cardId: string): void {
    const { scene } = this.#host;
    const board = this.#board;
    if (board) void scene.focusCard(board, cardId, () => this.#host.element.updateComplete);
  }

  #gaps(): number[] {
    const board = this.#board;
    return board && this.carry ? gapsOf(board, this.carry) : [];
  }

  #sayCancelled(cardId: string): void {
    const board = this.#board;
    const place = board && findCard(board, cardId);
    if (!place) return;
    const stage = board.columns[place.column]?.stage.name ?? '';
    this.announcement = this.#host.element.t('cancelled', { title: place.card.title, stage });
    this.#host.element.requestUpdate();
  }

  #say(key: string, at: Spot | null, title?: string): void {
    const board = this.#board;
    const column = at && board?.columns[at.column];
    if (!board || !at || !column) return;
    const held = this.carry && findCard(board, this.carry.cardId)?.card.title;
    const { lifted, gap } = shapeIn(board, this.carry, at.column);
    const rows = column.count - (lifted >= 0 ? 1 : 0) + (gap >= 0 ? 1 : 0);
    this.announcement = this.#host.element.t(key, {
      title: title ?? held ?? '',
      stage: column.stage.name,
      row: at.row + 1,
      rows,
    });
    this.#host.element.requestUpdate();
  }
}
