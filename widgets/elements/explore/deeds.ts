import { html, type TemplateResult } from 'lit';
import { ApiError } from '../../base/api.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { errorText } from '../../base/states.ts';

/** Changes at the server, one at a time, with a sentence on how the last one went. */
export class Deeds {
  isBusy = false;
  #news = { text: '', isProblem: false };
  readonly #host: SalesPulseElement;
  readonly #lookAgain: () => Promise<void>;

  /** `lookAgain`: fetches anew what somebody else has changed. */
  constructor(host: SalesPulseElement, lookAgain: () => Promise<void>) {
    this.#host = host;
    this.#lookAgain = lookAgain;
  }

  say(text: string, isProblem = false): void {
    this.#news = { text, isProblem };
    this.#host.requestUpdate();
  }

  /** Says why something about what is called `name` did not work, and what to do now. */
  explain(error: unknown, name: string): void {
    if (!(error instanceof ApiError)) throw error;
    const { status, errors, detail } = error;
    const isTaken = status === 409 && errors.some(({ pointer }) => pointer === '/name');
    const key = isTaken ? 'taken' : status === 412 ? 'stale' : status === 404 ? 'gone' : null;
    const text = key
      ? this.#host.t(`problem.${key}`, { name })
      : status === 422
        ? detail
        : errorText(this.#host, error);
    this.say(text, true);
    if (status === 412 || status === 404) void this.#lookAgain();
  }

  /** Does something with what is called `name`; what `work` gives is said. False: it did not work, or another is under way. */
  async do(name: string, work: () => Promise<string>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.#host.requestUpdate();
    try {
      this.say(await work());
      return true;
    } catch (error) {
      this.explain(error, name);
      return false;
    } finally {
      this.isBusy = false;
      this.#host.requestUpdate();
    }
  }

  news(): TemplateResult {
    const { text, isProblem } = this.#news;
    return html`<p class=${isProblem ? 'news problem' : 'news'} role="status">${text}</p>`;
  }
}
