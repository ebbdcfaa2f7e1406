import type { Board } from '../../../backend/contracts/boards.ts';
import type { Variables } from '../../base/i18n.ts';
import type { MadeMove } from './board-store.ts';
import { type Carry, gapsOf, moveOf, pickUp, shapeIn } from './carry.ts';
import { Flight } from './drag/flight.ts';
import { Press } from './drag/press.ts';
import { intentOf } from './keys.ts';
import { type CardMove, findCard } from './model/board.ts';
import type { Spot } from './model/keyboard.ts';
import type { Scene } from './scene.ts';
import type { OpenMenu } from './view/menu.ts';

/** What the hands need of the element they work in. */
export interface HandsHost {
  readonly root: ShadowRoot;
  readonly scene: Scene;
  readonly board: Board | undefined;
  t(key: string, variables?: Variables): string;
  changed(): void;
  rendered(): Promise<unknown>;
  move(move: CardMove): MadeMove | null;
  open(cardId: string): void;
  undo(): void;
  /** Says that a card can't be moved, in sight. */
  refuse(cardId: string): void;
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

  /** Lets go of everything, e.g. because the element leaves the page. */
  release(): void {
    this.press.cancel();
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
    const { board, scene } = this.#host;
    const cardId = scene.focusedCard;
    if (!board || !cardId) return;
    const page = Math.floor(scene.listHeight / scene.pitch);
    const intent = intentOf(event, { board, cardId, carry: this.carry, page });
    if (!intent) return;
    event.preventDefault();
    event.stopPropagation();
    switch (intent.kind) {
      case 'focus':
        void scene.focusCard(board, intent.cardId, () => this.#host.rendered());
        break;
      case 'pick':
        this.#hold(intent.carry);
        this.#say('picked', intent.carry.to);
        break;
      case 'carry':
        this.#hold(intent.carry);
        if (intent.carry.to) scene.reveal(intent.carry.to);
        this.#say('over', intent.carry.to);
        break;
      case 'refuse':
        this.#host.refuse(cardId);
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
        this.#host.undo();
        break;
      default:
        intent satisfies never;
    }
  };

  readonly onFocusIn = (): void => {
    const { board, scene } = this.#host;
    const place = board && scene.focusedCard !== undefined && findCard(board, scene.focusedCard);
    if (!place || scene.tabStop(place.stageId) === place.card.id) return;
    scene.setTabStop(place.stageId, place.card.id);
    this.#host.changed();
  };

  /** A card held by the keyboard goes back when the focus goes elsewhere. */
  readonly onFocusOut = (): void => {
    if (this.carry?.by === 'keyboard') this.#cancel();
  };

  openMenu(cardId: string): void {
    const place = this.#host.board && findCard(this.#host.board, cardId);
    if (!place) return;
    if (!place.card.canMove) {
      this.#host.refuse(cardId);
      return;
    }
    this.menu = { card: place.card, stageId: place.stageId };
    this.#host.changed();
    void this.#host.rendered().then(() => {
      this.#placeMenu(cardId);
      this.#host.root.querySelector<HTMLElement>('.menu [role=menuitem]:not([aria-disabled])')?.focus();
    });
  }

  readonly chooseFromMenu = (stageId: string): void => {
    const cardId = this.menu?.card.id;
    this.menu = null;
    if (cardId) this.#make({ cardId, stageId });
  };

  readonly closeMenu = (refocus: boolean): void => {
    const cardId = this.menu?.card.id;
    this.menu = null;
    this.#host.changed();
    if (refocus && cardId) this.#focus(cardId);
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

  #hold(carry: Carry | null): void {
    this.carry = carry;
    this.#host.changed();
  }

  #lift(card: HTMLElement, start: { x: number; y: number }): boolean {
    const { board, root, scene } = this.#host;
    const cardId = card.dataset.card ?? '';
    const carry = board && !this.carry ? pickUp(board, cardId, 'pointer') : null;
    if (!carry) {
      if (board && !this.carry) this.#host.refuse(cardId);
      return false;
    }
    this.menu = null;
    this.#hold(carry);
    const others = (column: number) => Math.max(0, (this.#gaps()[column] ?? 1) - 1);
    const over = (to: Spot | null) => this.carry && this.#hold({ ...this.carry, to });
    this.#flight = new Flight({ root, card, start, pitch: scene.pitch, others, over });
    return true;
  }

  #land(point: { x: number; y: number }): void {
    const to = this.#flight?.land(point) ?? null;
    this.#flight = undefined;
    if (this.carry) this.carry = { ...this.carry, to };
    if (to) this.#drop();
    else this.#cancel();
  }

  #drop(): void {
    const { board } = this.#host;
    const { carry } = this;
    if (!board || !carry) return;
    const move = moveOf(board, carry);
    this.carry = null;
    this.#host.changed();
    if (move) this.#make(move);
  }

  #make(move: CardMove): void {
    const made = this.#host.move(move);
    const { board } = this.#host;
    const place = board && findCard(board, move.cardId);
    if (made && place) this.#say('dropped', { column: place.column, row: place.index }, made.card.title);
    else this.#sayCancelled(move.cardId);
    this.#focus(move.cardId);
  }

  #cancel(): void {
    const cardId = this.carry?.cardId;
    this.#flight?.end();
    this.#flight = undefined;
    this.#hold(null);
    if (cardId) this.#sayCancelled(cardId);
  }

  #focus(cardId: string): void {
    const { board, scene } = this.#host;
    if (board) void scene.focusCard(board, cardId, () => this.#host.rendered());
  }

  #gaps(): number[] {
    const { board } = this.#host;
    return board && this.carry ? gapsOf(board, this.carry) : [];
  }

  #sayCancelled(cardId: string): void {
    const { board } = this.#host;
    const place = board && findCard(board, cardId);
    if (!place) return;
    const stage = board.columns[place.column]?.stage.name ?? '';
    this.announcement = this.#host.t('cancelled', { title: place.card.title, stage });
    this.#host.changed();
  }

  #say(key: string, at: Spot | null, title?: string): void {
    const { board } = this.#host;
    const column = at && board?.columns[at.column];
    if (!board || !at || !column) return;
    const held = this.carry && findCard(board, this.carry.cardId)?.card.title;
    const { lifted, gap } = shapeIn(board, this.carry, at.column);
    const rows = column.count - (lifted >= 0 ? 1 : 0) + (gap >= 0 ? 1 : 0);
    this.announcement = this.#host.t(key, {
      title: title ?? held ?? '',
      stage: column.stage.name,
      row: at.row + 1,
      rows,
    });
    this.#host.changed();
  }
}
