import { html } from 'lit';
import type { EmbedClient } from '../../../backend/contracts/embed.ts';
import { CollectionPage } from '../parts/collection-page.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import type { Column } from '../parts/table.ts';
import { t } from '../text.ts';

/** The hosts that may show SalesPulse on their pages. */
export class ConsoleEmbedClientsPage extends CollectionPage<EmbedClient> {
  static override properties = { isAdding: { state: true }, edited: { state: true } };

  declare isAdding: boolean;
  declare edited: EmbedClient | null;
  protected readonly path = 'embed/clients';
  protected readonly emptyText = { title: t('embed.empty'), text: t('embed.empty.text') };
  protected readonly columns: readonly Column<EmbedClient>[] = [
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
      cell: (client) => html`<div class="row-actions">
        <button type="button" class="button" aria-label=${t('embed.editOne', { name: client.name })} @click=${() => {
          this.edited = client;
        }}>${t('embed.edit')}</button>
        <button type="button" class="button" aria-label=${t(client.isActive ? 'embed.deactivateOne' : 'embed.activateOne', { name: client.name })}
          @click=${() => void this.#switch(client)}>${t(client.isActive ? 'embed.deactivate' : 'embed.activate')}</button>
      </div>`,
    },
  ];

  constructor() {
    super();
    this.isAdding = false;
    this.edited = null;
  }

  get heading(): string {
    return t('nav.embedClients');
  }

  protected override intro() {
    return html`<p class="muted">${t('embed.text')}</p>`;
  }

  protected override actions() {
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.isAdding = true;
    }}>${icon('plus')}${t('embed.add')}</button>`;
  }

  protected override dialogs() {
    return html`<salespulse-console-embed-client-dialog .app=${this.app} .isOpen=${this.isAdding} .created=${this.reload} .onClose=${() => {
      this.isAdding = false;
    }}></salespulse-console-embed-client-dialog>
      <salespulse-console-embed-client-edit .app=${this.app} .client=${this.edited} .saved=${this.reload} .onClose=${() => {
        this.edited = null;
      }}></salespulse-console-embed-client-edit>`;
  }

  protected override below() {
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
    this.reload();
  }
}
