import { html, nothing } from 'lit';
import type { BoardLanes, Card, LaneKind } from '../../../../backend/contracts/boards.ts';
import type { MadeMove } from '../board-store.ts';
import { type Carry, gapsOf, moveOf } from '../carry.ts';
import { spotAt } from '../drag/flight.ts';
import type { Point } from '../drag/press.ts';
import type { ExtrasHost } from '../extras.ts';
import type { KeyIntent } from '../keys.ts';
import type { LaneBoard, LaneSeat } from '../lane-seat.ts';
import { type CardMove, type Crossing, findCard, needsServerTotals } from '../model/board.ts';
import { edgePull } from '../model/drop-target.ts';
import { isStepKey, type Spot, step } from '../model/keyboard.ts';

export type Lane = BoardLanes['items'][number];

/** The lanes as a card that changes its lane sees them. */
export interface LaneOrder {
  /** the whole board */
  readonly host: ExtrasHost;
  readonly kind: LaneKind;
  readonly items: readonly Lane[];
  t(key: string, variables?: Record<string, string | number>): string;
  name(lane: Lane): string;
  /** Shows the board of a lane that was closed. */
  open(key: string): void;
  /** The lanes' totals are others now. */
  changed(): void;
}

/** A card over a lane that isn't its own. `spot`: its place there; null: the lane shows no cards. */
interface Aim {
  readonly from: string;
  readonly to: string;
  readonly carry: Carry;
  readonly column: number;
  readonly spot: Spot | null;
}

const pullZonePx = 56;
const pullPxPerFrame = 12;

/** The fields that put a record into a lane; null: nothing does, as what the lane is made of is calculated. */
function fieldsOf(kind: LaneKind, key: string): object | null {
  switch (kind) {
    case 'owner':
      return { ownerId: key === 'nobody' ? null : key };
    case 'segment':
      return { segment: key || null };
    case 'score':
      return null;
    default:
      return kind satisfies never;
  }
}

/** Cards on their way from lane to lane: by pointer, by keyboard, by menu, and back. */
export class LaneCrossing {
  readonly #lanes: LaneOrder;
  readonly #boards = new Map<string, LaneBoard>();
  readonly #seats = new Map<string, LaneSeat>();
  #aim: Aim | undefined;

  constructor(lanes: LaneOrder) {
    this.#lanes = lanes;
  }

  /** Somebody holds a card: lanes must not come or go. */
  get isHolding(): boolean {
    return [...this.#boards.values()].some(({ element, hands }) => element.isConnected && hands?.carry);
  }

  /** How a lane shows that a card is over it. */
  tone(key: string): 'target' | 'refuses' | '' {
    if (this.#aim?.to !== key) return '';
    return fieldsOf(this.#lanes.kind, key) ? 'target' : 'refuses';
  }

  /** Other lanes are coming. */
  clear(): void {
    this.#aim = undefined;
    this.#boards.clear();
    this.#seats.clear();
  }

  seat(key: string): LaneSeat {
    const known = this.#seats.get(key);
    if (known) return known;
    const { host } = this.#lanes;
    const seat: LaneSeat = {
      toasts: host.toasts,
      get sky() {
        return host.root.querySelector('.sky');
      },
      join: (board) => this.#boards.set(key, board),
      over: (carry, point, centreY) => this.#over(key, carry, point, centreY),
      key: (event, carry) => this.#key(key, event, carry),
      drop: () => this.#drop(),
      leave: () => this.#point(undefined),
      made: (made) => this.#made(key, made),
      settled: (made, patch) => this.#settled(key, made, patch),
      menu: (open, choose) => this.#menu(key, (lane) => choose(open.stageId, lane)),
    };
    this.#seats.set(key, seat);
    return seat;
  }

  #board(key: string): LaneBoard | undefined {
    const board = this.#boards.get(key);
    return board?.element.isConnected && board.store.board ? board : undefined;
  }

  #section(key: string): HTMLElement | null {
    return this.#lanes.host.root.querySelector<HTMLElement>(`[data-lane="${CSS.escape(key)}"]`);
  }

  #crossing(key: string): Crossing {
    return { lane: key, fields: fieldsOf(this.#lanes.kind, key) ?? {} };
  }

  #over(from: string, carry: Carry, point: Point, centreY: number): boolean {
    const scroller = this.#lanes.host.root.querySelector<HTMLElement>('.lanes');
    const view = scroller?.getBoundingClientRect();
    const isWithin = (box: DOMRect | undefined) => box && point.y >= box.top && point.y < box.bottom;
    const sections = isWithin(view) ? [...(scroller?.querySelectorAll<HTMLElement>('[data-lane]') ?? [])] : [];
    const to = sections.find((section) => isWithin(section.getBoundingClientRect()))?.dataset.lane;
    const home = this.#board(from)?.store.board;
    const column = (home && findCard(home, carry.cardId)?.column) ?? 0;
    const there = to === undefined ? undefined : this.#board(to);
    const spot = there ? this.#spotAt(there, point, centreY) : null;
    this.#point(
      to === undefined || to === from ? undefined : { from, to, carry, column: spot?.column ?? column, spot },
    );
    if (scroller && view) scroller.scrollTop += edgePull(point.y, view.top, view.bottom, pullZonePx, pullPxPerFrame);
    return this.#aim !== undefined;
  }

  #spotAt({ root, scene, store }: LaneBoard, point: Point, centreY: number): Spot | null {
    const count = (column: number) => store.board?.columns[column]?.cards.length ?? 0;
    return spotAt(root, { point, centreY, pitch: scene?.pitch ?? 1, margin: Number.POSITIVE_INFINITY }, count);
  }

  /** Shows the held card over a lane, or (undefined) over none. */
  #point(aim: Aim | undefined): void {
    const now = this.#aim;
    if (now?.to === aim?.to && now?.spot?.row === aim?.spot?.row && now?.spot?.column === aim?.spot?.column) return;
    if (now && now.to !== aim?.to) this.#board(now.to)?.hands?.hold(null);
    this.#aim = aim;
    const carry = aim && this.tone(aim.to) === 'target' && this.#guestOf(aim);
    if (carry) this.#board(aim.to)?.hands?.hold(carry);
    this.#lanes.host.element.requestUpdate();
  }

  #guestOf({ from, carry, spot }: Aim): Carry | null {
    const store = this.#board(from)?.store;
    const place = store?.board && findCard(store.board, carry.cardId);
    const stage = place && store?.stage(place.stageId);
    return stage ? { ...carry, to: spot, guest: { card: place.card, stage } } : null;
  }

  #drop(): CardMove | null {
    const aim = this.#aim;
    if (!aim) return null;
    const { host, kind, t } = this.#lanes;
    const carry = this.#guestOf(aim);
    const there = this.#board(aim.to)?.store.board;
    this.#point(undefined);
    if (!fieldsOf(kind, aim.to)) {
      host.toasts.show({ tone: 'problem', text: t('fixedLanes') });
      return null;
    }
    const stageId = this.#board(aim.from)?.store.board?.columns[aim.column]?.stage.id;
    const move = there && carry ? moveOf(there, carry) : null;
    if (!move && !stageId) return null;
    return { ...(move ?? { cardId: aim.carry.cardId, stageId: stageId ?? '' }), crossing: this.#crossing(aim.to) };
  }

  /** Arrow up on top and arrow down at the bottom lead into the next lane, with Alt from anywhere. */
  #key(from: string, { key, altKey, ctrlKey, metaKey }: KeyboardEvent, carry: Carry): KeyIntent | null {
    const aim = this.#aim;
    if (carry.by !== 'keyboard' || ctrlKey || metaKey || !isStepKey(key)) return null;
    const here = this.#board(aim?.to ?? from);
    const spot = aim ? aim.spot : carry.to;
    const held = aim ? this.#guestOf(aim) : carry;
    const board = here?.store.board;
    if (board && spot && held && !altKey) {
      const page = Math.floor((here.scene?.listHeight ?? 0) / (here.scene?.pitch ?? 1));
      const to = step(key, spot, gapsOf(board, held), page);
      const moves = to.row !== spot.row || to.column !== spot.column;
      if (moves) return aim ? this.#carryOver({ ...aim, spot: to, column: to.column }) : null;
    }
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
    return this.#next(from, carry, key === 'ArrowDown' ? 1 : -1, altKey);
  }

  /** Carries a card on into the lane below or above. */
  #next(from: string, carry: Carry, by: 1 | -1, atTop: boolean): KeyIntent | null {
    const { items, kind, t } = this.#lanes;
    const aim = this.#aim;
    const lane = items[items.findIndex(({ key }) => key === (aim?.to ?? from)) + by];
    if (!lane) return null;
    if (!fieldsOf(kind, lane.key)) return { kind: 'beyond', to: carry.to, text: t('fixedLanes') };
    const column = aim?.column ?? carry.to?.column ?? 0;
    const board = this.#board(lane.key)?.store.board;
    const last = (board && gapsOf(board, carry)[column]) ?? 1;
    const spot = board ? { column, row: by > 0 || atTop ? 0 : last - 1 } : null;
    if (lane.key !== from) return this.#carryOver({ from, to: lane.key, carry, column, spot });
    this.#point(undefined);
    this.#section(from)?.scrollIntoView({ block: 'nearest' });
    if (spot) this.#board(from)?.scene?.reveal(spot);
    return { kind: 'beyond', to: spot, text: this.#placeText(from, column, spot) };
  }

  #carryOver(aim: Aim): KeyIntent {
    this.#point(aim);
    this.#section(aim.to)?.scrollIntoView({ block: 'nearest' });
    if (aim.spot) this.#board(aim.to)?.scene?.reveal(aim.spot);
    return { kind: 'beyond', to: null, text: this.#placeText(aim.to, aim.column, aim.spot) };
  }

  #placeText(key: string, column: number, spot: Spot | null): string {
    const { host, t } = this.#lanes;
    const there = this.#board(key)?.store.board?.columns[column];
    const stage = (there ?? host.store.board?.columns[column])?.stage.name ?? '';
    const place = { lane: this.#nameOf(key), stage };
    return spot && there
      ? t('over.lane', { ...place, row: spot.row + 1, rows: there.count + 1 })
      : t('over.closed', place);
  }

  #nameOf(key: string): string {
    const lane = this.#lanes.items.find((one) => one.key === key);
    return lane ? this.#lanes.name(lane) : '';
  }

  /** The card is in its new lane on screen, and there is a way back. */
  #made(from: string, made: MadeMove): void {
    const { host, t, open } = this.#lanes;
    const { card, move, back, key } = made;
    const to = move.crossing?.lane ?? '';
    const there = this.#board(to);
    open(to);
    there?.store.receive(key, { ...move, arriving: card }, this.#patch(made));
    const stage = host.store.stage(move.stageId);
    const { title } = card;
    const isBack = move.crossing?.isBack;
    const text = isBack
      ? host.element.t('undone', { title, stage: stage?.name ?? '' })
      : t('crossed', { title, stage: stage?.name ?? '', lane: this.#nameOf(to) });
    // A converted lead stays converted.
    const isFinal = host.element.entity === 'lead' && stage?.kind === 'won' && move.stageId !== back.stageId;
    const run = () => void there?.move({ ...back, crossing: { ...this.#crossing(from), isBack: true } });
    const action = there && !isBack && !isFinal ? { action: { label: host.element.t('undo'), run } } : {};
    host.toasts.show({ tone: 'done', text, ...action });
    const reader = (there ?? this.#board(from))?.hands;
    if (reader) reader.announcement = text;
    there?.hands?.focus(card.id);
  }

  /** What is known to change with the lane. */
  #patch({ card, move, back }: MadeMove): Partial<Card> {
    const { kind, items } = this.#lanes;
    const key = move.crossing?.lane ?? '';
    const name = items.find((lane) => lane.key === key)?.name;
    const details =
      card.details && 'segment' in card.details ? { ...card.details, segment: key || null } : card.details;
    return {
      ...(move.stageId === back.stageId ? {} : { stageSince: new Date().toISOString() }),
      ...(kind === 'owner' ? { owner: name ? { id: key, name } : null } : {}),
      ...(kind === 'segment' && details ? { details } : {}),
    };
  }

  #settled(from: string, { key, card, move }: MadeMove, patch?: Partial<Card>): void {
    const there = this.#board(move.crossing?.lane ?? '');
    there?.store.settle(key, patch);
    if (!patch) {
      this.#board(from)?.hands?.focus(card.id);
      return;
    }
    this.#lanes.changed();
    const board = there?.store.board;
    if (board && (!findCard(board, card.id) || needsServerTotals(board, card))) void there.element.refresh();
  }

  #menu(from: string, choose: (lane: Crossing) => void) {
    const { kind, items, t, name } = this.#lanes;
    const others = fieldsOf(kind, from) ? items.filter(({ key }) => key !== from) : [];
    if (others.length === 0) return nothing;
    return html`<div role="group" aria-label=${t(`lanes.${kind}`)}>
      <div class="menu-title" aria-hidden="true">${t(`lanes.${kind}`)}</div>
      ${others.map(
        (lane) => html`<button type="button" role="menuitem" tabindex="-1"
          @click=${() => choose(this.#crossing(lane.key))}><span class="dot into"></span>${name(lane)}</button>`,
      )}
    </div>`;
  }
}
