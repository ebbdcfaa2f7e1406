import type { ApiError } from '../../base/api.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { errorText } from '../../base/states.ts';
import type { BoardStore, MadeMove } from './board-store.ts';
import type { Extras } from './extras.ts';
import type { CardMove } from './model/board.ts';
import type { ToastRack } from './view/toast.ts';

/** Why a move didn't happen, in the reader's words; where a rule of the server stood in the way, in the server's. */
function refusalText(element: SalesPulseElement, { card }: MadeMove, error: ApiError): string {
  const { title } = card;
  const further = error.errors.map(({ message }) => message).filter((message) => !error.detail.includes(message));
  const reason = [error.detail, ...new Set(further)].filter(Boolean).slice(0, 3).join(' ');
  switch (error.status) {
    case 412:
      return element.t('refused.stale', { title });
    case 409:
      return element.t('refused.other', { title, reason: error.detail });
    case 404:
      return element.t('refused.gone', { title });
    case 400:
    case 403:
    case 422:
      return element.t('refused.other', { title, reason });
    default:
      return element.t('refused.other', { title, reason: errorText(element, error) });
  }
}

/** Whether the refusal shows that the board on screen is out of date, or may be. */
const asksForRefresh = (error: ApiError): boolean => error.status !== 403 && error.status !== 422;

/** What telling of moves needs of the element. */
export interface OutcomeHost {
  readonly element: SalesPulseElement;
  readonly store: BoardStore;
  readonly toasts: ToastRack;
  readonly extras: Promise<Extras> | undefined;
  move(move: CardMove, key?: string): MadeMove | null;
  /** Read out by the live region. */
  announce(text: string): void;
  refresh(): void;
}

/** Tells how moves went, and offers what can be done about it. */
export class Outcomes {
  readonly #host: OutcomeHost;

  constructor(host: OutcomeHost) {
    this.#host = host;
  }

  /** The move is on screen. */
  made({ card, move, back }: MadeMove): void {
    const { element, store, toasts } = this.#host;
    const key = move.stageId === back.stageId ? 'reordered' : 'moved';
    const to = store.stage(move.stageId);
    const text = element.t(key, { title: card.title, stage: to?.name ?? '' });
    // A converted lead stays converted.
    const isFinal = store.board?.pipeline.entity === 'lead' && to?.kind === 'won';
    const action = { label: element.t('undo'), run: () => this.#takeBack(card.title, back) };
    toasts.show({ tone: 'done', text, ...(isFinal ? {} : { action }) });
  }

  #takeBack(title: string, back: CardMove): void {
    const { element, store, toasts, announce } = this.#host;
    if (!store.move(back)) return;
    const text = element.t('undone', { title, stage: store.stage(back.stageId)?.name ?? '' });
    announce(text);
    toasts.show({ tone: 'done', text });
  }

  /** The server refused the move, and the card is back. A stage that asks for something is answered and tried again. */
  async refused(made: MadeMove, error: ApiError): Promise<void> {
    const { element, toasts, extras, move, refresh } = this.#host;
    fire(element, 'salespulse-error', { error });
    const ask = error.code === 'stage_requirements' && (await extras)?.askForEntry;
    if (ask) {
      toasts.close();
      const entry = await ask(made, error);
      if (entry) move({ ...made.move, entry });
      return;
    }
    const again = { label: element.t('retryMove'), run: () => void move(made.move, made.key) };
    toasts.show({
      tone: 'problem',
      text: refusalText(element, made, error),
      // The same key: if the first attempt did arrive, the server answers it instead of moving twice.
      ...(error.status === 0 || error.status >= 500 ? { action: again } : {}),
    });
    if (asksForRefresh(error)) refresh();
  }
}
