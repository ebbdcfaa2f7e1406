import { html, nothing, type PropertyValues } from 'lit';
import type { Contact } from '../../../backend/contracts/customers.ts';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { PageList } from '../parts/page-list.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { recordHref } from '../records/facts.ts';
import { stageBadge } from '../records/stage-view.ts';
import { t } from '../text.ts';

type Related = Opportunity | Contact;

/** The opportunities or the contacts of an account. */
export class ConsoleRelated extends ConsoleElement {
  static override properties = { kind: { attribute: false }, account: { attribute: false } };

  declare kind: 'opportunity' | 'contact';
  declare account: string;
  readonly #list = new PageList<Related>(this, () => this.app.api);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('account') || changed.has('kind')) this.#load();
  }

  readonly #load = (): void => {
    const path = this.kind === 'opportunity' ? 'opportunities' : 'contacts';
    void this.#list.load(path, { account: this.account, limit: 20 });
  };

  protected override render() {
    return html`<section class="card">
      <header class="card-header"><h2>${t(`related.${this.kind}`)}</h2></header>
      ${this.#content()}
    </section>`;
  }

  #content() {
    const { state } = this.#list;
    if (state.kind === 'loading') return loadingState(3);
    if (state.kind === 'error') return errorState(state.error, this.#load);
    if (state.items.length === 0) return html`<p class="card-empty">${t(`related.${this.kind}.none`)}</p>`;
    return html`<ul class="lines">${state.items.map((item) => html`<li>${this.#line(item)}</li>`)}</ul>
      ${state.hasMore ? html`<button type="button" class="button" ?disabled=${state.isRefreshing} @click=${this.#list.more}>${t('list.more')}</button>` : nothing}`;
  }

  #line(item: Related) {
    const link = html`<a href=${recordHref(this.kind, item.id)}>${item.name}</a>`;
    if (!('stage' in item)) return html`<div><p>${link}</p><p class="muted">${item.title ?? nothing}</p></div>`;
    return html`<div><p>${link}</p><p class="muted">${stageBadge(item.stage)}</p></div>
      <strong>${item.amount ? this.app.format.money(item.amount) : nothing}</strong>`;
  }
}
