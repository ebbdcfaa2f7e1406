import type { ApiError } from '../../base/api.ts';
import { fire } from '../../base/events.ts';
import { errorText } from '../../base/states.ts';
import type { MadeMove } from './board-store.ts';
import type { Extras, ExtrasHost } from './extras.ts';
import { type CardMove, findCard } from './model/board.ts';

/** Whether the refusal shows that the board on screen is out of date, or may be. */
const asksForRefresh = (error: ApiError): boolean => error.status !== 403 && error.status !== 422;

/** Tells how moves went, and offers what can be done about it. */
export class Outcomes {
  readonly #host: ExtrasHost;
  readonly #extras: () => Promise<Extras> | undefined;

  constructor(host: ExtrasHost, extras: () => Promise<Extras> | undefined) {
    this.#host = host;
    this.#extras = extras;
  }

  /** Says that a card may not be moved, in sight. */
  locked(cardId: string): void {
    const { element, store, toasts } = this.#host;
    const title = (store.board && findCard(store.board, cardId)?.card.title) ?? '';
    toasts.show({ tone: 'problem', text: `${title}: ${element.t('locked')}.` });
  }

  /** Takes the last move back, while its message is shown. */
  undo(): void {
    const { toasts } = this.#host;
    if (toasts.toast?.tone === 'done') toasts.act();
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
    const { element, store, toasts, hands } = this.#host;
    if (!store.move(back)) return;
    const text = element.t('undone', { title, stage: store.stage(back.stageId)?.name ?? '' });
    if (hands) hands.announcement = text;
    toasts.show({ tone: 'done', text });
  }

  /** The server refused the move, and the card is back. A stage that asks for something is answered and tried again. */
  async refused(made: MadeMove, error: ApiError): Promise<void> {
    const { element, toasts, move } = this.#host;
    fire(element, 'salespulse-error', { error });
    // Without them (they couldn't be had) a move is refused in fewer words.
    const extras = await this.#extras()?.catch(() => undefined);
    if (extras && error.code === 'stage_requirements') {
      toasts.close();
      const entry = await extras.askForEntry(made, error);
      if (entry) move({ ...made.move, entry });
      return;
    }
    const again = { label: element.t('retryMove'), run: () => void move(made.move, made.key) };
    toasts.show({
      tone: 'problem',
      text: extras?.refusal(made, error) ?? errorText(element, error),
      // The same key: if the first attempt did arrive, the server answers it instead of moving twice.
      ...(error.status === 0 || error.status >= 500 ? { action: again } : {}),
    });
    if (asksForRefresh(error)) void element.refresh();
  }
}
