import { html, type PropertyValues } from 'lit';
import type { IdentityProvider } from '../../../../backend/contracts/administration.ts';
import type { Page } from '../../../../backend/contracts/common.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { icon } from '../../parts/icons.ts';
import { Loader } from '../../parts/loader.ts';
import { errorState, loadingState } from '../../parts/states.ts';
import { t } from '../../text.ts';

/** The company logins that people may come in by. */
export class ConsoleProviderList extends ConsoleElement {
  readonly #providers = new Loader<readonly IdentityProvider[]>(this);

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#providers.load(
      async (signal) => (await this.app.api.get<Page<IdentityProvider>>('identity-providers', {}, { signal })).items,
    );

  protected override render() {
    const { state } = this.#providers;
    return html`<section class="card" aria-labelledby="providers-heading">
      <header class="card-header"><h2 id="providers-heading">${t('providers.heading')}</h2>
        <a class="button" href="/settings/providers/new">${icon('plus')}${t('providers.add')}</a></header>
      <p class="muted">${t('providers.text')}</p>
      ${state.kind === 'loading' ? loadingState(2) : state.kind === 'error' ? errorState(state.error, this.#load) : this.#list(state.data)}
    </section>`;
  }

  #list(providers: readonly IdentityProvider[]) {
    if (providers.length === 0) return html`<p class="card-empty">${t('providers.empty')}</p>`;
    return html`<ul class="lines">${providers.map(
      ({ id, name, issuer, isActive, people }) => html`<li>
        <div><a href="/settings/providers/${id}">${name}</a><p class="muted">${issuer}</p></div>
        <div class="line-end"><span class="muted">${t('providers.people', { count: people })}</span>
          <span class="badge badge-${isActive ? 'won' : 'plain'}">${t(isActive ? 'providers.on' : 'providers.off')}</span></div>
      </li>`,
    )}</ul>`;
  }
}
