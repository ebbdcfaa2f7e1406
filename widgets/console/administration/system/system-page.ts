import { html, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SystemHealth } from '../../../../backend/contracts/administration.ts';
import { ConsolePage } from '../../parts/console-element.ts';
import { icon } from '../../parts/icons.ts';
import { Loader } from '../../parts/loader.ts';
import { banner, errorState, loadingState } from '../../parts/states.ts';
import { t } from '../../text.ts';
import { summaryOf } from './check-status.ts';

/** What this installation consists of, and whether each part works. */
export class ConsoleSystemPage extends ConsolePage {
  readonly #health = new Loader<SystemHealth>(this);

  get heading(): string {
    return t('nav.system');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#health.load((signal) => this.app.api.get<SystemHealth>('system/health', {}, { signal }));

  protected override render() {
    const { state } = this.#health;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1><div class="page-actions">
        <a class="button" href="/system/mails">${icon('mail')}${t('system.mails')}</a>
        <button type="button" class="button" @click=${this.#load}>${t('system.again')}</button>
      </div></header>
      ${state.kind === 'loading' ? loadingState(8) : state.kind === 'error' ? errorState(state.error, this.#load) : this.#checks(state.data)}
    </div>`;
  }

  #checks({ checks, asOf, version }: SystemHealth) {
    const { tone, text } = summaryOf(checks);
    const moment = this.app.format.moment(asOf, { dateStyle: 'medium', timeStyle: 'medium' });
    return html`${banner(tone, html`<p>${text}</p>`)}
      <div class="checks">${repeat(
        checks,
        ({ key }) => key,
        (check) => html`<salespulse-console-check .app=${this.app} .check=${check}></salespulse-console-check>`,
      )}</div>
      <p class="muted">${t('system.asOf', { version, moment })}</p>`;
  }
}
