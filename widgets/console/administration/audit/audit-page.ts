import { html, nothing, type PropertyValues } from 'lit';
import type { AuditEntry } from '../../../../backend/contracts/administration.ts';
import type { Named } from '../../../../backend/contracts/common.ts';
import { download } from '../../parts/download.ts';
import { icon } from '../../parts/icons.ts';
import { ListPage, type ListQuestion } from '../../parts/list-page.ts';
import { problemText } from '../../parts/problems.ts';
import type { Column } from '../../parts/table.ts';
import { namedOptions } from '../../records/references.ts';
import { t } from '../../text.ts';
import { actionText, entityText, recordAddress } from './audit-words.ts';
import { actorText } from './entry-dialog.ts';

interface Facets {
  actions: readonly string[];
  entities: readonly string[];
  actors: readonly Named[];
}
const noFacets: Facets = { actions: [], entities: [], actors: [] };

/** Everything that was changed, newest first. */
export class ConsoleAuditPage extends ListPage<AuditEntry> {
  static override properties = { facets: { state: true }, shown: { state: true }, isExporting: { state: true } };

  declare facets: Facets;
  /** The entry whose details are open. */
  declare shown: AuditEntry | null;
  declare isExporting: boolean;
  protected readonly path = 'audit';
  protected override readonly hasTotal = false;
  protected readonly emptyText = { title: t('audit.empty'), text: t('audit.empty.text') };
  protected readonly columns: readonly Column<AuditEntry>[] = [
    { label: t('audit.action'), isTitle: true, cell: ({ action }) => actionText(action) },
    { label: t('audit.record'), cell: (entry) => this.#record(entry) },
    { label: t('audit.actor'), cell: (entry) => actorText(entry) },
    { label: t('audit.at'), isShort: true, cell: ({ at }) => this.#moment(at) },
    {
      label: t('audit.details'),
      isLabelHidden: true,
      cell: (
        entry,
      ) => html`<button type="button" class="button" aria-label=${t('audit.detailsOf', { action: actionText(entry.action), at: this.#moment(entry.at) })}
        @click=${() => {
          this.shown = entry;
        }}>${t('audit.details')}</button>`,
    },
  ];

  constructor() {
    super();
    this.facets = noFacets;
    this.shown = null;
    this.isExporting = false;
  }

  get heading(): string {
    return t('nav.audit');
  }

  #moment(at: string): string {
    return this.app.format.moment(at, { dateStyle: 'medium', timeStyle: 'medium' });
  }

  #record(entry: AuditEntry) {
    const { entity, entityName } = entry;
    const address = recordAddress(entry);
    const name = entityName ?? entityText(entity);
    return html`<span>${address ? html`<a href=${address}>${name}</a>` : name}${entityName ? html` <span class="muted">${entityText(entity)}</span>` : nothing}</span>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadFacets();
  }

  protected override get question(): ListQuestion {
    const { actions, entities, actors } = this.facets;
    const texts = (values: readonly string[], label: (value: string) => string) =>
      values.map((value) => ({ value, label: label(value) }));
    return {
      filters: [
        { name: 'actor', label: t('audit.actor'), options: namedOptions(actors), isSingle: true },
        {
          name: 'action',
          label: t('audit.action'),
          options: texts(actions, (action) => `${entityText(action.split('.')[0] ?? '')}: ${actionText(action)}`),
          isSingle: true,
        },
        { name: 'entity', label: t('audit.entity'), options: texts(entities, entityText), isSingle: true },
        { name: 'entityId', label: t('audit.entityId'), options: this.#recordOption(), isSingle: true, isFixed: true },
      ],
      hasDays: true,
      isWithoutSearch: true,
    };
  }

  /** The record one came from, by the name it has in the list. */
  #recordOption() {
    const id = this.match.query.get('entityId');
    const entry = this.list.state.items.find(({ entityId }) => entityId === id);
    return id && entry?.entityName ? [{ value: id, label: entry.entityName }] : [];
  }

  protected override intro() {
    return html`<p class="muted">${t('audit.text')}</p>`;
  }

  protected override actions() {
    return html`<button type="button" class="button" ?disabled=${this.isExporting} @click=${() => void this.#export()}>${icon('import')}${t(this.isExporting ? 'audit.exporting' : 'audit.export')}</button>`;
  }

  protected override dialogs() {
    return html`<salespulse-console-audit-entry .app=${this.app} .entry=${this.shown} .onClose=${() => {
      this.shown = null;
    }}></salespulse-console-audit-entry>`;
  }

  async #export(): Promise<void> {
    const { query } = this.match;
    const asked = ['from', 'to', 'actor', 'action', 'entity', 'entityId'].map((name) => [name, query.get(name)]);
    this.isExporting = true;
    try {
      await download(this.app.session, 'audit/export', Object.fromEntries(asked), 'salespulse-audit.csv');
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    } finally {
      this.isExporting = false;
    }
  }

  async #loadFacets(): Promise<void> {
    try {
      this.facets = await this.app.api.get<Facets>('audit/facets');
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
