import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Board, LaneKind } from '../../../backend/contracts/boards.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Query } from '../../base/api.ts';
import { DataController, type DataState } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import { readBoard } from './board-source.ts';
import { BoardStore, type MadeMove, type StoreHost } from './board-store.ts';
import { cardStyles } from './card.styles.ts';
import type { Extras, ExtrasHost } from './extras.ts';
import { fetchExtras } from './fetch-extras.ts';
import { Hands, type HandsHost } from './hands.ts';
import type { CardMoved } from './kanban.events.ts';
import { kanbanMessages } from './kanban.messages.ts';
import { boardStyles } from './kanban.styles.ts';
import type { LaneSeat } from './lane-seat.ts';
import type { CardMove } from './model/board.ts';
import { Outcomes } from './outcomes.ts';
import { overlayStyles } from './overlay.styles.ts';
import { Scene } from './scene.ts';
import { boardView, topView } from './view/board.ts';
import { type BoardView, furtherFields, parseCardFields } from './view/board-view.ts';
import { menuView } from './view/menu.ts';
import { skeletonView } from './view/skeleton.ts';
import { ToastRack } from './view/toast.ts';

/**
 * A board of leads or opportunities by stage. Cards move by mouse, finger (rest, then drag), keyboard (Space,
 * arrows, Space) and menu; a move shows at once, is rolled back with a message when refused, and can be undone.
 * Its height is `--salespulse-kanban-height`, or any `height` that the page gives the element.
 *
 * @tag salespulse-kanban
 * @attr {'lead'|'opportunity'} entity - whose cards (default: lead)
 * @attr {string} pipeline - pipeline id; left out: the entity's default pipeline
 * @attr {string} owner - only the cards of this owner: an id, or `me`
 * @attr {string} card-fields - any of value, owner, score, age, due, source, segment, ... and custom.KEY, comma-separated
 *   (default: value, owner, score, age)
 * @attr {'owner'|'segment'|'score'} lanes - the board in swim lanes
 * @attr {string} as-of - the board as it stood when this day (`YYYY-MM-DD`) ended; read-only
 * @attr {boolean} bare - without the header and the bar of filters
 * @fires salespulse-card-open - a card was activated; `detail` is `{ entity, id }`
 * @fires salespulse-board-change - the person chose other filters, lanes, fields or another day; `detail` is `{ filters, lanes, cardFields, asOf }`
 * @fires salespulse-card-moved - the server took a move; `detail` is `{ entity, id, from, to }`
 * @csspart header - the line above the columns
 * @csspart column - one stage
 * @csspart column-header - its name, count and total
 * @csspart card - one card
 * @csspart menu - the menu "Move to…"
 * @csspart toast - the message after a move
 * @csspart loading - the board's shape while it loads
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when the pipeline has no stages
 * @csspart stale - the notice over old data
 */
export class SalesPulseKanban extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    entity: { type: String },
    pipeline: { type: String },
    owner: { type: String },
    cardFields: { type: String, attribute: 'card-fields' },
    lanes: { type: String },
    asOf: { type: String, attribute: 'as-of' },
    filters: { attribute: false },
    bare: { type: Boolean },
    seat: { attribute: false },
  };
  static override styles: CSSResultGroup = [SalesPulseElement.styles, controls, boardStyles, cardStyles, overlayStyles];
  static override messages = kanbanMessages;

  declare entity: PipelineEntity;
  declare pipeline: string | undefined;
  declare owner: string | undefined;
  declare cardFields: string | undefined;
  declare lanes: LaneKind | undefined;
  declare asOf: string | undefined;
  declare bare: boolean;
  /** What else narrows the board, by the names of `GET boards/{id}`. */
  declare filters: Query;
  /** @internal a lane's place among the others */
  declare seat: LaneSeat | undefined;

  readonly #store = new BoardStore(this.#storeHost());
  readonly #toasts = new ToastRack(() => this.requestUpdate());
  readonly #parts = this.#extrasHost();
  readonly #outcomes = new Outcomes(this.#parts, () => this.#extrasComing);
  readonly #data: DataController<Board>;
  #scene: Scene | undefined;
  #hands: Hands | undefined;
  #taken: Board | undefined;
  #wantsRefresh = false;
  #focusedBefore: string | undefined;
  #extras: Extras | undefined;
  #extrasComing: Promise<Extras> | undefined;

  constructor() {
    super();
    this.entity = 'lead';
    this.bare = false;
    this.filters = {};
    this.#data = new DataController<Board>(this, {
      key: () => JSON.stringify([this.#entity, this.pipeline, this.#query]),
      load: (api, signal) =>
        readBoard(
          api,
          { entity: this.#entity, pipeline: this.pipeline || undefined, query: this.#query },
          this.#wantsRefresh ? this.#store.longest : 0,
          signal,
        ),
      isEmpty: (board) => board.columns.every((column) => column.count === 0),
    });
  }

  /** Asks the server for the board's present state; what is on screen stays until it is there. */
  async refresh(): Promise<void> {
    this.#wantsRefresh = true;
    await this.#refreshWhenSettled();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#extras?.start();
  }

  override disconnectedCallback(): void {
    this.#scene?.disconnect();
    this.#hands?.release();
    this.#toasts.hold();
    this.#extras?.stop();
    super.disconnectedCallback();
  }

  override dataSettled(state: DataState<unknown>): void {
    this.#wantsRefresh = false;
    super.dataSettled(state);
    if (state.data && !this.#extrasComing) {
      this.#extrasComing = fetchExtras(this.#parts);
      void this.#extrasComing.then((extras) => {
        this.#extras = extras;
        this.requestUpdate();
      });
    }
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    this.#scene = new Scene(root, () => this.requestUpdate());
    this.#hands = new Hands(this.#handsHost(root, this.#scene));
    return root;
  }

  protected override render(): TemplateResult {
    const { state } = this.#data;
    if (state.data && state.data !== this.#taken) {
      this.#taken = state.data;
      this.#store.replace(state.data);
    }
    this.#focusedBefore = this.#scene?.focusedCard;
    const retry = () => void this.refresh();
    if (state.kind === 'error') return errorPanel(this, state.error, retry);
    const { board } = this.#store;
    const view = board && this.#view(board);
    const isBusy = state.kind === 'loading' || this.#wantsRefresh;
    return html`<div class="shell ${isBusy ? 'busy' : ''} ${this.#hands?.carry ? 'carrying' : ''}">
      ${state.kind === 'stale' ? staleNotice(this, { asOf: state.data.asOf, error: state.error, retry }) : nothing}
      ${view && !this.bare ? [topView(view, retry), this.#extras?.bar(view) ?? html`<div class="tools"></div>`] : nothing}
      ${view ? this.#board(view) : skeletonView((key) => this.t(key))}
      ${this.#toasts.view((key) => this.t(key))}
      <div class="visually-hidden" aria-live="assertive">${this.#hands?.announcement}</div>
    </div>`;
  }

  protected override updated(): void {
    this.#scene?.observe();
    const board = this.#store.board;
    const lost = this.#focusedBefore;
    // A card that changes its column is drawn anew there: the focus follows it.
    if (lost && board && !this.shadowRoot?.activeElement && document.hasFocus())
      void this.#scene?.focusCard(board, lost, () => this.updateComplete);
  }

  /** What narrows the board, and which fields its cards show. With lanes, each shows its own cards. */
  get #query(): Query {
    const fields = furtherFields(this.cardFields);
    return { owner: this.owner, ...this.filters, asOf: this.asOf, fields, ...(this.lanes ? { limit: 1 } : {}) };
  }

  /** Messages: all lanes of a board show theirs in one place. */
  get #messages(): ToastRack {
    return this.seat?.toasts ?? this.#toasts;
  }

  get #entity(): PipelineEntity {
    return this.entity === 'opportunity' ? 'opportunity' : 'lead';
  }

  #board(view: BoardView): TemplateResult {
    const hands = this.#hands;
    if (!hands || view.board.columns.length === 0) return emptyPanel(this);
    return html`${this.#extras?.lanes(view) ?? boardView(view, hands)}
      ${hands.menu ? menuView(view, hands.menu, { choose: hands.chooseFromMenu, close: hands.closeMenu }) : nothing}`;
  }

  #view(board: Board): BoardView {
    const scene = this.#scene;
    const now = this.asOf ? Date.parse(board.asOf) : Date.now();
    return {
      t: (key, variables) => this.t(key, variables),
      format: this.format,
      board,
      fields: parseCardFields(this.cardFields),
      carry: this.#hands?.carry ?? null,
      pitch: scene?.pitch ?? 0,
      listHeight: scene?.listHeight ?? 0,
      now,
      today: new Intl.DateTimeFormat('en-CA', { timeZone: this.config.timeZone }).format(now),
      isLane: this.bare,
      extras: this.#extras,
      pages: this.#store.pages,
      scrollTop: (stageId) => scene?.scrollTop(stageId) ?? 0,
      tabStop: (stageId) => scene?.tabStop(stageId),
      onScroll: this.#onScroll,
      loadMore: (stageId) => void this.#store.loadMore(stageId),
    };
  }

  readonly #onScroll = (event: Event): void => {
    const list = event.currentTarget as HTMLElement;
    if (this.#scene?.noteScroll(list)) this.requestUpdate();
    if (this.#scene?.isNearEnd(list) && this.#store.pages.get(list.dataset.stage ?? '') !== 'failed')
      void this.#store.loadMore(list.dataset.stage ?? '');
  };

  /** A refresh in the middle of a move would show the board without it. */
  async #refreshWhenSettled(): Promise<void> {
    if (this.#wantsRefresh && this.#store.isSettled && !this.#hands?.carry) await this.#data.refresh();
  }

  #move(move: CardMove, key?: string): MadeMove | null {
    const made = this.#store.move(move, key);
    // An answer on its way was made before this move: it is dropped and asked for again afterwards.
    if (made && this.#wantsRefresh && this.#taken) this.#data.set(this.#taken);
    if (made && move.crossing) this.seat?.made(made);
    else if (made) this.#outcomes.made(made);
    return made;
  }

  #storeHost(): StoreHost {
    const element = this;
    return {
      get api() {
        return element.api;
      },
      get query() {
        return element.#query;
      },
      changed: () => this.requestUpdate(),
      moved: ({ card, move, back }) => {
        const entity = this.#taken?.pipeline.entity ?? this.#entity;
        const detail: CardMoved = { entity, id: card.id, from: back.stageId, to: move.stageId };
        fire(this, 'salespulse-card-moved', detail);
        void this.#refreshWhenSettled();
      },
      settled: (made, patch) => made.move.crossing && this.seat?.settled(made, patch),
      refused: (made, error) => void this.#outcomes.refused(made, error),
    };
  }

  #extrasHost(): ExtrasHost {
    const element = this;
    return {
      element,
      store: this.#store,
      get root() {
        return element.shadowRoot as ShadowRoot;
      },
      get toasts() {
        return element.#messages;
      },
      get hands() {
        return element.#hands;
      },
      get scene() {
        return element.#scene;
      },
      move: (move, key) => this.#move(move, key),
      isBusy: () => Boolean(this.#hands?.carry) || !this.#store.isSettled,
    };
  }

  #handsHost(root: ShadowRoot, scene: Scene): HandsHost {
    const entity = () => this.#taken?.pipeline.entity ?? this.#entity;
    const open = (id: string) => fire(this, 'salespulse-card-open', { entity: entity(), id });
    return { ...this.#parts, root, scene, outcomes: this.#outcomes, open };
  }
}
