import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ApiError } from '../../base/api.ts';
import { canOn } from '../app.ts';
import { ConsolePage } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { emptyState, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { RecordEditor } from './editor.ts';
import { type Fact, factList } from './facts.ts';
import { loadReferences, type References } from './references.ts';

/** What the page of any record needs of it. */
export interface PageRecord {
  id: string;
  name: string;
  version: number;
  owner: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  custom: Record<string, unknown>;
  createdAt: string;
  updatedAt: string;
}

interface Loaded<T> {
  record: T;
  references: References;
}

/** The page of one record: its facts, editing them, deleting it; leads and opportunities add to it. */
export abstract class RecordPage<T extends PageRecord> extends ConsolePage {
  protected readonly loader = new Loader<Loaded<T>>(this);
  protected readonly editor: RecordEditor<T> = new RecordEditor<T>(this, {
    app: () => this.app,
    path: () => this.listPath,
    fields: () => (this.references ? this.fields(this.references) : []),
    values: (record) => this.values(record),
    saved: (record) => this.put(record),
  });

  /** Kind of record, also the prefix of its permissions and messages. */
  abstract get entity(): 'lead' | 'opportunity' | 'account' | 'contact';
  /** API path and console path of its list. */
  abstract get listPath(): string;
  protected abstract fields(references: References): Field[];
  protected abstract values(record: T): FormValues;
  protected abstract facts(record: T, references: References): Fact[];
  /** One line below the name. */
  protected abstract subtitle(record: T): unknown;

  get heading(): string {
    return this.record?.name ?? t(`${this.entity}.one`);
  }

  protected get record(): T | null {
    return this.loader.data?.record ?? null;
  }

  protected get references(): References | null {
    return this.loader.data?.references ?? null;
  }

  protected get apiPath(): string {
    return `${this.listPath}/${encodeURIComponent(this.match.params.id ?? '')}`;
  }

  protected allows(action: 'write' | 'delete', record: T): boolean {
    return canOn(this.app.me, `${this.entity}.${action}`, record);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.load();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.load();
  }

  protected readonly load = (): void => {
    const { app } = this;
    void this.loader.load(async (signal) => {
      const [record, references] = await Promise.all([
        app.api.get<T>(this.apiPath, {}, { signal }),
        loadReferences(app, this.entity),
      ]);
      return { record, references };
    });
  };

  protected put(record: T): void {
    if (this.references) this.loader.put({ record, references: this.references });
  }

  protected override render(): TemplateResult {
    const { state } = this.loader;
    const { record, references } = this;
    return html`<div class="page">
      <nav class="breadcrumb" aria-label=${t('record.path')}><a href="/${this.listPath}">${t(`nav.${this.listPath}`)}</a></nav>
      <header class="page-header">
        <div><h1 tabindex="-1">${this.heading}</h1>${record ? html`<p class="muted">${this.subtitle(record)}</p>` : nothing}</div>
        <div class="page-actions">${record ? this.actions(record) : nothing}</div>
      </header>
      ${record ? html`<salespulse-console-look-alikes .app=${this.app} .entity=${this.entity} .recordId=${record.id} .changed=${this.load}></salespulse-console-look-alikes>` : nothing}
      ${state.kind === 'error' ? this.#failed(state.error) : record && references ? this.content(record, references) : loadingState(10)}
    </div>
    ${record && references ? this.dialogs(record, references) : nothing}`;
  }

  #failed(error: unknown) {
    if (!(error instanceof ApiError) || error.status !== 404) return errorState(error, this.load);
    const back = html`<a class="button" href="/${this.listPath}">${t('record.backToList')}</a>`;
    return emptyState(t('record.gone'), t('record.gone.text'), back);
  }

  protected actions(record: T): unknown {
    const isEditing = this.editor.original !== null;
    return html`${this.allows('write', record) && !isEditing ? html`<button type="button" class="button" @click=${() => this.editor.start(record)}>${icon('pencil')}${t('record.edit')}</button>` : nothing}
    ${this.allows('delete', record) ? html`<button type="button" class="button button-danger-quiet" @click=${() => void this.#delete(record)}>${icon('trash')}${t('record.delete')}</button>` : nothing}`;
  }

  protected content(record: T, references: References): TemplateResult {
    return html`${this.details(record, references)} ${this.timeline(record)}`;
  }

  /** What happened to the record, as the panel that other pages embed shows it. */
  protected timeline(record: T, account: string | null = null): TemplateResult {
    return html`<section class="card">
      <header class="card-header"><h2>${t('timeline.title')}</h2></header>
      <salespulse-record-timeline .path=${this.apiPath} .version=${record.version} .canWrite=${this.allows('write', record)} .account=${account}></salespulse-record-timeline>
    </section>`;
  }

  protected dialogs(_record: T, _references: References): unknown {
    return nothing;
  }

  /** The facts, or the form while they are edited. */
  protected details(record: T, references: References): TemplateResult {
    const { format } = this.app;
    const dates = t('record.dates', {
      created: format.moment(record.createdAt),
      updated: format.moment(record.updatedAt),
    });
    return html`<section class="card">
      <header class="card-header"><h2>${t('record.details')}</h2></header>
      ${this.editor.original ? this.editor.view() : html`${factList(this.facts(record, references))}<p class="muted card-foot">${dates}</p>`}
    </section>`;
  }

  async #delete(record: T): Promise<void> {
    const agreed = await this.app.confirm({
      title: t('record.delete.title', { name: record.name }),
      text: t(`${this.entity}.delete.text`),
      action: t('record.delete'),
      isDanger: true,
    });
    if (!agreed) return;
    try {
      await this.app.api.send('DELETE', this.apiPath, undefined, { ifMatch: record.version });
      this.app.notify(t('record.deleted', { name: record.name }));
      this.app.navigate(`/${this.listPath}`, { replace: true });
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 412;
      this.app.notify(isStale ? t('record.delete.stale') : problemText(error), 'error');
      if (isStale) this.load();
    }
  }
}
