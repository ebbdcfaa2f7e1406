import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Board, PipelineEntity, Stage } from '../../../backend/contracts/pipelines.ts';
import type { ApiError } from '../../base/api.ts';
import { DataController, type DataState } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import { readBoard } from './board-source.ts';
import { BoardStore, type MadeMove, type StoreHost } from './board-store.ts';
import { cardStyles } from './card.styles.ts';
import { Hands, type HandsHost } from './hands.ts';
import { kanbanMessages } from './kanban.messages.ts';
import { boardStyles } from './kanban.styles.ts';
import { type CardMove, findCard } from './model/board.ts';
import { asksForRefresh, refusalText } from './outcomes.ts';
import { overlayStyles } from './overlay.styles.ts';
import { Scene } from './scene.ts';
import { boardView, topView } from './view/board.ts';
import { type BoardView, parseCardFields } from './view/board-view.ts';
import { menuView } from './view/menu.ts';
import { skeletonView } from './view/skeleton.ts';
import { ToastRack } from './view/toast.ts';

/** `detail` of `salespulse-card-open`. */
export interface CardOpen {
  entity: PipelineEntity;
  id: string;
}

/** `detail` of `salespulse-card-moved`; `from` and `to` are stage ids, the same one when only the order changed. */
export interface CardMoved extends CardOpen {
  from: string;
  to: string;
}

/** Coming back to a page after this long, the board looks for news. */
const refreshAfterMs = 60_000;

/**
 * A board of leads or opportunities by stage. Cards move by mouse, finger (rest, then drag), keyboard (Space,
 * arrows, Space) and menu; a move shows at once, is rolled back with a message when refused, and can be undone.
 * Its height is `--salespulse-kanban-height`, or any `height` that the page gives the element.
 *
 * @tag salespulse-kanban
 * @attr {'lead'|'opportunity'} entity - whose cards (default: lead)
 * @attr {string} pipeline - pipeline id; left out: the entity's default pipeline
 * @attr {string} owner - only the cards of this owner: an id, or `me`
 * @attr {string} card-fields - any of value, owner, score, age, due, comma-separated (default: all but due)
 * @fires salespulse-card-open - a card was activated; `detail` is `{ entity, id }`
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
  };
  static override styles: CSSResultGroup = [SalesPulseElement.styles, controls, boardStyles, cardStyles, overlayStyles];
  static override messages = kanbanMessages;

  declare entity: PipelineEntity;
  declare pipeline: string | undefined;
  declare owner: string | undefined;
  declare cardFields: string | undefined;

  readonly #store = new BoardStore(this.#storeHost());
  readonly #toasts = new ToastRack(() => this.requestUpdate());
  readonly #data: DataController<Board>;
  #scene: Scene | undefined;
  #hands: Hands | undefined;
  #taken: Board | undefined;
  #wantsRefresh = false;
  #refreshedAt = 0;
  #focusedBefore: string | undefined;

  constructor() {
    super();
    this.entity = 'lead';
    this.#data = new DataController<Board>(this, {
      key: () => [this.#entity, this.pipeline ?? '', this.owner ?? ''].join('\n'),
      load: (api, signal) =>
        readBoard(
          api,
          { entity: this.#entity, pipeline: this.pipeline || undefined, owner: this.owner },
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
    document.addEventListener('visibilitychange', this.#onReturn);
    window.addEventListener('online', this.#onReturn);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.#onReturn);
    window.removeEventListener('online', this.#onReturn);
    this.#scene?.disconnect();
    this.#hands?.release();
    this.#toasts.hold();
    super.disconnectedCallback();
  }

  override dataSettled(state: DataState<unknown>): void {
    this.#wantsRefresh = false;
    this.#refreshedAt = Date.now();
    super.dataSettled(state);
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
      ${view ? topView(view, retry) : nothing}
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

  get #entity(): PipelineEntity {
    return this.entity === 'opportunity' ? 'opportunity' : 'lead';
  }

  #board(view: BoardView): TemplateResult {
    const hands = this.#hands;
    if (!hands || view.board.columns.length === 0) return emptyPanel(this);
    return html`${boardView(view, hands)}
      ${hands.menu ? menuView(view, hands.menu, { choose: hands.chooseFromMenu, close: hands.closeMenu }) : nothing}`;
  }

  #view(board: Board): BoardView {
    const scene = this.#scene;
    const now = Date.now();
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

  readonly #onReturn = (): void => {
    const isOld = Date.now() - this.#refreshedAt > refreshAfterMs || this.#data.state.kind === 'stale';
    if (document.visibilityState === 'visible' && isOld) void this.refresh();
  };

  /** A refresh in the middle of a move would show the board without it. */
  async #refreshWhenSettled(): Promise<void> {
    if (this.#wantsRefresh && this.#store.isSettled && !this.#hands?.carry) await this.#data.refresh();
  }

  #move(move: CardMove, key?: string): MadeMove | null {
    const made = this.#store.move(move, key);
    // An answer on its way was made before this move: it is dropped and asked for again afterwards.
    if (made && this.#wantsRefresh && this.#taken) this.#data.set(this.#taken);
    if (made) this.#offerUndo(made);
    return made;
  }

  #offerUndo({ card, move, back }: MadeMove): void {
    const key = move.stageId === back.stageId ? 'reordered' : 'moved';
    const text = this.t(key, { title: card.title, stage: this.#stage(move.stageId)?.name ?? '' });
    // A converted lead stays converted.
    const isFinal = this.#entity === 'lead' && this.#stage(move.stageId)?.kind === 'won';
    const action = { label: this.t('undo'), run: () => this.#takeBack(card.title, back) };
    this.#toasts.show({ tone: 'done', text, ...(isFinal ? {} : { action }) });
  }

  #takeBack(title: string, back: CardMove): void {
    if (!this.#store.move(back)) return;
    const text = this.t('undone', { title, stage: this.#stage(back.stageId)?.name ?? '' });
    if (this.#hands) this.#hands.announcement = text;
    this.#toasts.show({ tone: 'done', text });
  }

  #stage(stageId: string): Stage | undefined {
    return this.#store.board?.columns.find(({ stage }) => stage.id === stageId)?.stage;
  }

  #refused(made: MadeMove, error: ApiError): void {
    fire(this, 'salespulse-error', { error });
    const again = { label: this.t('retryMove'), run: () => void this.#move(made.move, made.key) };
    this.#toasts.show({
      tone: 'problem',
      text: refusalText(this, made, error),
      // The same key: if the first attempt did arrive, the server answers it instead of moving twice.
      ...(error.status === 0 || error.status >= 500 ? { action: again } : {}),
    });
    if (asksForRefresh(error)) void this.refresh();
  }

  #storeHost(): StoreHost {
    const element = this;
    return {
      get api() {
        return element.api;
      },
      get owner() {
        return element.owner;
      },
      changed: () => this.requestUpdate(),
      moved: ({ card, move, back }) => {
        const entity = this.#taken?.pipeline.entity ?? this.#entity;
        const detail: CardMoved = { entity, id: card.id, from: back.stageId, to: move.stageId };
        fire(this, 'salespulse-card-moved', detail);
        void this.#refreshWhenSettled();
      },
      refused: (made, error) => this.#refused(made, error),
    };
  }

  #handsHost(root: ShadowRoot, scene: Scene): HandsHost {
    const element = this;
    return {
      root,
      scene,
      get board() {
        return element.#store.board;
      },
      t: (key, variables) => this.t(key, variables),
      changed: () => this.requestUpdate(),
      rendered: () => this.updateComplete,
      move: (move) => this.#move(move),
      open: (id) => fire(this, 'salespulse-card-open', { entity: this.#taken?.pipeline.entity ?? this.#entity, id }),
      undo: () => this.#toasts.toast?.tone === 'done' && this.#toasts.act(),
      refuse: (cardId) => {
        const title = (this.#store.board && findCard(this.#store.board, cardId)?.card.title) ?? '';
        this.#toasts.show({ tone: 'problem', text: `${title}: ${this.t('locked')}.` });
      },
    };
  }
}
