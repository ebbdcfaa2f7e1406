import { html, nothing, type PropertyValues } from 'lit';
import type { ImportEntity, ImportRun } from '../../../backend/contracts/imports.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { listFooter } from '../parts/list-footer.ts';
import { PageList } from '../parts/page-list.ts';
import { problemText } from '../parts/problems.ts';
import { banner, emptyState, errorState, loadingState } from '../parts/states.ts';
import { type Column, tableView } from '../parts/table.ts';
import { t } from '../text.ts';
import { rememberPreview } from './previews.ts';
import { upload } from './upload.ts';

const entities: readonly ImportEntity[] = [
  'leads',
  'opportunities',
  'sales',
  'accounts',
  'contacts',
  'products',
  'teams',
  'spend',
];

/** Where a file is brought in, and what was brought in before. */
export class ConsoleImportsPage extends ConsolePage {
  static override properties = {
    file: { state: true },
    share: { state: true },
    isUploading: { state: true },
    isDragging: { state: true },
    problem: { state: true },
  };

  declare file: File | null;
  /** How much of the upload is done; null where that isn't known. */
  declare share: number | null;
  declare isUploading: boolean;
  declare isDragging: boolean;
  declare problem: string | null;
  readonly #runs = new PageList<ImportRun>(this, () => this.app.api);
  #abort: AbortController | null = null;

  constructor() {
    super();
    this.file = null;
    this.share = null;
    this.isUploading = false;
    this.isDragging = false;
    this.problem = null;
  }

  get heading(): string {
    return t('import.title');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#runs.load('imports');
  }

  protected override render() {
    return html`<div class="page">
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <section class="card">
        <header class="card-header"><h2>${t('import.upload')}</h2></header>
        <form class="form" @submit=${this.#submit}>
          ${this.problem ? banner('error', this.problem) : nothing}
          <div class="field">
            <label for="import-entity">${t('import.entity')}</label>
            <select id="import-entity" name="entity" ?disabled=${this.isUploading}>
              ${entities.map((entity) => html`<option value=${entity}>${t(`import.entity.${entity}`)}</option>`)}
            </select>
          </div>
          <label class="drop ${this.isDragging ? 'is-over' : ''}" @dragover=${this.#dragOver} @dragleave=${this.#dragLeave} @drop=${this.#dropped}>
            ${icon('file')}
            <span>${this.file ? html`<strong>${this.file.name}</strong> <span class="muted">${this.#size(this.file)}</span>` : t('import.choose')}</span>
            <span class="muted">${t('import.formats')}</span>
            <input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,text/csv" ?disabled=${this.isUploading} @change=${this.#picked} />
          </label>
          ${this.isUploading ? this.#progress() : nothing}
          <div class="form-actions">
            ${this.isUploading ? html`<button type="button" class="button" @click=${() => this.#abort?.abort()}>${t('form.cancel')}</button>` : nothing}
            <button type="submit" class="button button-primary" ?disabled=${!this.file || this.isUploading}>${t('import.next')}</button>
          </div>
        </form>
      </section>
      <h2>${t('import.earlier')}</h2>
      ${this.#earlier()}
    </div>`;
  }

  #progress() {
    const percent = this.share === null ? null : Math.round(this.share * 100);
    const text =
      percent === null
        ? t('import.uploading')
        : percent === 100
          ? t('import.reading')
          : t('import.uploaded', { percent });
    return html`<div class="progress"><progress max="100" value=${percent === null || percent === 100 ? nothing : percent} aria-label=${t('import.uploading')}></progress><p class="muted" role="status">${text}</p></div>`;
  }

  #size(file: File): string {
    const { locale } = this.app.format;
    const [size, unit] = file.size < 1_000_000 ? [file.size / 1000, 'kilobyte'] : [file.size / 1_000_000, 'megabyte'];
    return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(size);
  }

  #earlier() {
    const { state } = this.#runs;
    if (state.kind === 'loading') return loadingState(4);
    if (state.kind === 'error') return errorState(state.error, () => void this.#runs.reload());
    if (state.items.length === 0) return emptyState(t('import.none'), t('import.none.text'));
    const { format } = this.app;
    const columns: Column<ImportRun>[] = [
      {
        label: t('import.file'),
        isTitle: true,
        cell: ({ id, fileName }) => html`<a href="/imports/${id}">${fileName}</a>`,
      },
      { label: t('import.entity'), cell: ({ entity }) => t(`import.entity.${entity}`) },
      {
        label: t('import.state'),
        cell: (run) =>
          html`<span class="badge badge-${run.state === 'failed' ? 'lost' : run.state === 'done' && !run.isDryRun ? 'won' : 'open'}">${t(run.isDryRun && run.state === 'done' ? 'import.state.tried' : `import.state.${run.state}`)}</span>`,
      },
      { label: t('import.rows'), isNumber: true, cell: ({ rows }) => format.number(rows) },
      { label: t('import.rejected'), isNumber: true, cell: ({ rejected }) => format.number(rejected) },
      { label: t('field.created'), isShort: true, cell: ({ createdAt }) => format.moment(createdAt) },
    ];
    return html`${tableView({ label: t('import.earlier'), columns, items: state.items, isBusy: state.isRefreshing, key: ({ id }) => id })}
      ${listFooter(state, this.#runs.more)}`;
  }

  readonly #picked = (event: Event): void => this.#choose((event.target as HTMLInputElement).files?.[0] ?? null);

  readonly #dragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isDragging = true;
  };

  readonly #dragLeave = (): void => {
    this.isDragging = false;
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.isDragging = false;
    if (!this.isUploading) this.#choose(event.dataTransfer?.files[0] ?? null);
  };

  #choose(file: File | null): void {
    this.file = file;
    this.problem = file?.size === 0 ? t('import.emptyFile', { name: file.name }) : null;
    if (file?.size === 0) this.file = null;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { file } = this;
    if (!file) return;
    const entity = new FormData(event.target as HTMLFormElement).get('entity') as ImportEntity;
    const abort = new AbortController();
    this.#abort = abort;
    this.isUploading = true;
    this.share = 0;
    this.problem = null;
    try {
      const progress = (share: number | null) => {
        this.share = share;
      };
      const preview = await upload({ session: this.app.session, entity, file, progress, signal: abort.signal });
      rememberPreview(preview);
      this.app.navigate(`/imports/${preview.id}`);
    } catch (error) {
      if (!abort.signal.aborted) this.problem = problemText(error);
    } finally {
      this.isUploading = false;
    }
  };
}
