import { html, type TemplateResult } from 'lit';
import type { LaneKind } from '../../../../backend/contracts/boards.ts';
import type { Variables } from '../../../base/i18n.ts';
import type { ExtrasHost } from '../extras.ts';
import type { BoardView } from '../view/board-view.ts';
import type { Lanes } from './lanes.ts';

/** The lanes of a board, fetched with the first board that falls into some. */
export class LanesWhenUsed {
  readonly #host: ExtrasHost;
  readonly #t: (key: string, variables?: Variables) => string;
  #lanes: Lanes | undefined;
  #state: 'unasked' | 'coming' | 'failed' = 'unasked';

  constructor(host: ExtrasHost, t: (key: string, variables?: Variables) => string) {
    this.#host = host;
    this.#t = t;
  }

  note(): void {
    this.#lanes?.note();
  }

  stop(): void {
    this.#lanes?.stop();
  }

  view(view: BoardView, by: LaneKind): TemplateResult {
    if (this.#lanes) return this.#lanes.view(view, by);
    if (this.#state === 'failed') {
      return html`<p class="none" role="alert">${this.#t('lanesFailed')}
        <button type="button" @click=${() => void this.#fetch()}>${view.t('retry')}</button></p>`;
    }
    if (this.#state === 'unasked') void this.#fetch();
    return html`<p class="none" role="status">${view.t('loading')}</p>`;
  }

  async #fetch(): Promise<void> {
    this.#state = 'coming';
    try {
      const { Lanes } = await import('./lanes.ts');
      this.#lanes = new Lanes(this.#host, this.#t);
    } catch {
      // Said in sight, with a button that tries again.
      this.#state = 'failed';
    }
    this.#host.element.requestUpdate();
  }
}
