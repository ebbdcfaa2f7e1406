import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BoardLanes, LaneKind } from '../../../../backend/contracts/boards.ts';
import type { Query } from '../../../base/api.ts';
import type { Variables } from '../../../base/i18n.ts';
import type { ExtrasHost } from '../extras.ts';
import type { BoardView } from '../view/board-view.ts';
import { type Lane, LaneCrossing, type LaneOrder } from './lane-crossing.ts';

/** News of lanes' totals wait this long for others. */
const restMs = 1_000;

/**
 * The board in lanes: each is a board of its own, narrowed to the lane, so that whatever works on a board works in a
 * lane. Those out of sight are not loaded.
 */
export class Lanes {
  readonly #host: ExtrasHost;
  readonly #t: (key: string, variables?: Variables) => string;
  #question = '';
  #items: readonly Lane[] | undefined;
  #hasFailed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #closed = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #filters = new Map<string, Query>();
  readonly #observer: IntersectionObserver;
  readonly #crossing: LaneCrossing;

  constructor(host: ExtrasHost, t: (key: string, variables?: Variables) => string) {
    this.#host = host;
    this.#t = t;
    this.#crossing = new LaneCrossing(this.#order());
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          this.#seen.add((target as HTMLElement).dataset.lane ?? '');
          this.#observer.unobserve(target);
        }
        host.element.requestUpdate();
      },
      { rootMargin: '300px' },
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#observer.disconnect();
  }

  /** Something on the board changed: the totals of lanes, or which there are, may be others now. */
  note(): void {
    if (!this.#host.element.lanes) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // No lane comes or goes under a card that is held.
      if (this.#crossing.isHolding) this.note();
      else void this.#load();
    }, restMs);
  }

  view(view: BoardView, by: LaneKind): TemplateResult {
    const { element } = this.#host;
    const question = JSON.stringify([view.board.pipeline.id, by, element.owner, element.filters, element.asOf]);
    if (question !== this.#question) {
      this.#question = question;
      this.#items = undefined;
      this.#seen.clear();
      this.#filters.clear();
      this.#crossing.clear();
      void this.#load();
    }
    void element.updateComplete.then(() => this.#observe());
    if (this.#hasFailed) {
      return html`<p class="none" role="alert">${this.#t('lanesFailed')}
        <button type="button" @click=${() => void this.#load()}>${view.t('retry')}</button></p>`;
    }
    if (!this.#items) return html`<p class="none" role="status">${view.t('loading')}</p>`;
    if (this.#items.length === 0) return html`<p class="none">${this.#t('noLanes')}</p>`;
    return html`<div class="lanes">${repeat(
      this.#items,
      ({ key }) => key,
      (lane) => this.#lane(view, by, lane),
    )}</div><div class="sky" aria-hidden="true"></div>`;
  }

  #lane(view: BoardView, by: LaneKind, lane: Lane): TemplateResult {
    const isOpen = !this.#closed.has(lane.key);
    const name = this.#name(by, lane);
    const number = view.format.number(lane.count);
    const tone = this.#crossing.tone(lane.key);
    const toggle = () => {
      if (isOpen) this.#closed.add(lane.key);
      else this.#closed.delete(lane.key);
      this.#host.element.requestUpdate();
    };
    return html`<section class="lane ${tone}" data-lane=${lane.key} aria-label=${name}>
      <h3>
        <button type="button" aria-expanded=${String(isOpen)} @click=${toggle}>
          <span class="arrow" aria-hidden="true">${isOpen ? '▾' : '▸'}</span>
          <span class="name">${name}</span>
          <span class="count"><span class="visually-hidden">, ${view.t('cards', { count: lane.count, number })}</span><span aria-hidden="true">${number}</span></span>
          <span class="total">${view.format.money(lane.value, { decimals: 0 })}</span>
          <span class="total" title=${this.#t('weighted', { value: view.format.money(lane.weighted) })}>≈ ${view.format.money(lane.weighted, { decimals: 0 })}</span>
          ${tone === 'refuses' ? html`<span class="total">${this.#t('fixedLanes')}</span>` : nothing}
        </button>
      </h3>
      ${isOpen ? this.#board(view, by, lane.key) : nothing}
    </section>`;
  }

  #board(view: BoardView, by: LaneKind, key: string) {
    if (!this.#seen.has(key)) return html`<div class="lane-board"></div>`;
    const { element } = this.#host;
    const { locale, timeZone, theme } = element.config;
    return html`<salespulse-kanban class="lane-board" bare .seat=${this.#crossing.seat(key)} .session=${element.api.session} .locale=${locale}
      .timeZone=${timeZone} .theme=${theme} .entity=${view.board.pipeline.entity} .pipeline=${view.board.pipeline.id}
      .owner=${element.owner} .filters=${this.#narrowed(by, key)} .cardFields=${element.cardFields} .asOf=${element.asOf}></salespulse-kanban>`;
  }

  /** The board's filters and the lane's; the same object for the same lane, so that it isn't loaded anew. */
  #narrowed(by: LaneKind, key: string): Query {
    const known = this.#filters.get(key);
    if (known) return known;
    // A list, as an empty word in it asks for "not set".
    const filters: Query = { ...this.#host.element.filters, [by]: [key] };
    this.#filters.set(key, filters);
    return filters;
  }

  #name(by: LaneKind, { key, name }: Lane): string {
    if (name === null) return this.#t(`lane.${by}`);
    return by === 'score' ? this.#t(`band.${key}`) : name;
  }

  #order(): LaneOrder {
    const lanes = this;
    return {
      host: this.#host,
      t: this.#t,
      get kind() {
        return lanes.#kind;
      },
      get items() {
        return lanes.#items ?? [];
      },
      name: (lane) => this.#name(this.#kind, lane),
      open: (key) => void this.#closed.delete(key),
      changed: () => void this.#load(),
    };
  }

  get #kind(): LaneKind {
    return this.#host.element.lanes ?? 'owner';
  }

  #observe(): void {
    for (const lane of this.#host.root.querySelectorAll<HTMLElement>('[data-lane]'))
      if (!this.#seen.has(lane.dataset.lane ?? '')) this.#observer.observe(lane);
  }

  async #load(): Promise<void> {
    const { element, store } = this.#host;
    const board = store.board;
    const question = this.#question;
    if (!board || !element.lanes) return;
    try {
      const query = { owner: element.owner, ...element.filters, asOf: element.asOf, by: element.lanes };
      const { items } = await element.api.get<BoardLanes>(`boards/${board.pipeline.id}/lanes`, query);
      if (question !== this.#question) return;
      this.#items = items;
      this.#hasFailed = false;
    } catch {
      // Said in sight, with a button that tries again; lanes that are shown stay.
      this.#hasFailed = question === this.#question && !this.#items;
    }
    element.requestUpdate();
  }
}
