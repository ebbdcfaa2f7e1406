import { html, nothing } from 'lit';
import type { ApiKey } from '../../../../backend/contracts/administration.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import { icon } from '../../parts/icons.ts';
import { problemText } from '../../parts/problems.ts';
import type { Column } from '../../parts/table.ts';
import { t } from '../../text.ts';
import { countGranted } from '../rights/rights.ts';

const badges: Record<ApiKey['status'], string> = {
  active: 'won',
  expired: 'plain',
  revoked: 'lost',
  'owner-inactive': 'lost',
};

/** The keys by which programs get in. */
export class ConsoleApiKeysPage extends CollectionPage<ApiKey> {
  protected readonly path = 'api-keys';
  protected readonly emptyText = { title: t('apiKeys.empty'), text: t('apiKeys.empty.text') };
  protected readonly columns: readonly Column<ApiKey>[] = [
    { label: t('apiKeys.name'), isTitle: true, cell: ({ name }) => name },
    { label: t('apiKeys.prefix'), cell: ({ prefix }) => html`<code>${prefix}…</code>` },
    { label: t('apiKeys.person'), cell: ({ person }) => person.name },
    {
      label: t('apiKeys.status'),
      cell: ({ status }) => html`<span class="badge badge-${badges[status]}">${t(`apiKeys.status.${status}`)}</span>`,
    },
    { label: t('apiKeys.rights'), cell: (key) => t('rights.count', { count: countGranted(key) }) },
    {
      label: t('apiKeys.expires'),
      isShort: true,
      cell: ({ expiresAt }) => this.app.format.moment(expiresAt, { dateStyle: 'medium' }),
    },
    {
      label: t('apiKeys.lastUsed'),
      isShort: true,
      cell: ({ lastUsedAt }) => (lastUsedAt ? this.app.format.moment(lastUsedAt) : t('apiKeys.never')),
    },
    {
      label: t('apiKeys.revoke'),
      isLabelHidden: true,
      cell: (key) =>
        key.status === 'revoked'
          ? nothing
          : html`<button type="button" class="button button-danger-quiet" aria-label=${t('apiKeys.revokeOne', { name: key.name })}
              @click=${() => void this.#revoke(key)}>${t('apiKeys.revoke')}</button>`,
    },
  ];

  get heading(): string {
    return t('nav.apiKeys');
  }

  protected override intro() {
    return html`<p class="muted">${t('apiKeys.text')}</p>`;
  }

  protected override actions() {
    return html`<a class="button button-primary" href="/api-keys/new">${icon('plus')}${t('apiKeys.add')}</a>`;
  }

  async #revoke({ id, name }: ApiKey): Promise<void> {
    const question = {
      title: t('apiKeys.revokeQuestion', { name }),
      text: t('apiKeys.revoke.text'),
      action: t('apiKeys.revoke'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `api-keys/${id}`);
      this.app.notify(t('apiKeys.revoked', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.reload();
  }
}
