import { html, type PropertyValues } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { EmbedClient } from '../../../backend/contracts/embed.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { emptyState, errorState, loadingState } from '../parts/states.ts';
import { type Column, tableView } from '../parts/table.ts';
import { t } from '../text.ts';

/** The hosts that may show SalesPulse on their pages. */
export class ConsoleEmbedClientsPage extends ConsolePage {
  static override properties = { isAdding: { state: true } };

  declare isAdding: boolean;
  readonly #clients = new Loader<readonly EmbedClient[]>(this);

  constructor() {
    super();
    this.isAdding = false;
  }

  get heading(): string {
    return t('nav.embedClients');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#clients.load(
      async (signal) => (await this.app.api.get<Page<EmbedClient>>('embed/clients', {}, { signal })).items,
    );

  protected override render() {
    const { state } = this.#clients;
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1><div class="page-actions">${this.#addButton()}</div></header>
      <p class="muted">${t('embed.text')}</p>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, this.#load) : this.#list(state.data)}
    </div>
    <salespulse-console-embed-client-dialog .app=${this.app} .isOpen=${this.isAdding} .created=${this.#load} .onClose=${() => {
      this.isAdding = false;
    }}></salespulse-console-embed-client-dialog>`;
  }

  #addButton() {
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.isAdding = true;
    }}>${icon('plus')}${t('embed.add')}</button>`;
  }

  #list(clients: readonly EmbedClient[]) {
    if (clients.length === 0) return emptyState(t('embed.empty'), t('embed.empty.text'), this.#addButton());
    const columns: Column<EmbedClient>[] = [
      { label: t('embed.name'), isTitle: true, cell: ({ name }) => name },
      { label: t('embed.kind'), cell: ({ kind }) => t(`embed.kind.${kind}`) },
      {
        label: t('embed.origins'),
        cell: ({ allowedOrigins }) => html`${allowedOrigins.map((origin) => html`<code>${origin}</code> `)}`,
      },
      { label: t('embed.id'), cell: ({ id }) => html`<code>${id}</code>` },
      { label: t('embed.key'), cell: ({ keyKind }) => t(`embed.key.${keyKind}`) },
      {
        label: t('embed.state'),
        cell: ({ isActive }) =>
          html`<span class="badge badge-${isActive ? 'won' : 'lost'}">${t(isActive ? 'embed.active' : 'embed.inactive')}</span>`,
      },
      {
        label: t('embed.switch'),
        isLabelHidden: true,
        cell: (
          client,
        ) => html`<button type="button" class="button" aria-label=${t(client.isActive ? 'embed.deactivateOne' : 'embed.activateOne', { name: client.name })}
          @click=${() => void this.#switch(client)}>${t(client.isActive ? 'embed.deactivate' : 'embed.activate')}</button>`,
      },
    ];
    return html`${tableView({ label: this.heading, columns, items: clients, key: ({ id }) => id })} ${this.#howTo()}`;
  }

  #howTo() {
    const server = this.app.session.server || location.origin;
    return html`<section class="card">
      <header class="card-header"><h2>${t('embed.how')}</h2><a class="button" href="/api/docs" target="_blank" rel="noopener">${t('embed.how.docs')}</a></header>
      <p>${t('embed.how.sign')}</p>
      <pre><code>${`POST ${server}/api/v1/embed/sessions`}</code></pre>
      <p>${t('embed.how.page')}</p>
      <pre><code>${`<script type="module" src="${server}/embed.js"></script>
<script type="module" src="/my-salespulse.js"></script>
<salespulse-kanban entity="opportunity"></salespulse-kanban>

// my-salespulse.js: fetchClientSecret asks your back end
window.SalesPulse.init({ fetchClientSecret });`}</code></pre>
    </section>`;
  }

  async #switch(client: EmbedClient): Promise<void> {
    const { name, isActive, id, version } = client;
    const question = {
      title: t('embed.deactivateOne', { name }),
      text: t('embed.deactivate.text'),
      action: t('embed.deactivate'),
      isDanger: true,
    };
    if (isActive && !(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('PATCH', `embed/clients/${id}`, { isActive: !isActive }, { ifMatch: version });
      this.app.notify(t(isActive ? 'embed.deactivated' : 'embed.activated', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.#load();
  }
}
