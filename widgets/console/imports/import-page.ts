import { html, nothing, type PropertyValues } from 'lit';
import type { ImportMapping, ImportPreview, ImportRun } from '../../../backend/contracts/imports.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { JobWatch } from './job-watch.ts';
import { mappingProblems, mappingTable } from './mapping-table.ts';
import { rememberedPreview } from './previews.ts';
import { importSummary } from './summary.ts';

interface Loaded {
  run: ImportRun;
  /** null once the file is gone, as after the import. */
  preview: ImportPreview | null;
}

const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

function delimiterName(delimiter: string): string {
  const name = delimiterNames[delimiter];
  return name ? t(`import.${name}`) : delimiter;
}

/** Kinds of rows that have a list in the console. */
const lists: readonly string[] = ['leads', 'opportunities', 'accounts', 'contacts'];

/** Kinds of rows that automation rules may react to. */
const ruled: readonly string[] = ['leads', 'opportunities'];

/** One import: its columns, a trial, the run with its progress, and what came of it. */
export class ConsoleImportPage extends ConsolePage {
  static override properties = {
    mapping: { state: true },
    problem: { state: true },
    turn: { state: true },
    isTrial: { state: true },
    runsRules: { state: true },
  };

  /** The mapping as changed here; null: the server's guess. */
  declare mapping: ImportMapping | null;
  declare problem: string | null;
  declare turn: number;
  declare isTrial: boolean;
  /** Automation rules react to the rows. */
  declare runsRules: boolean;
  readonly #loader = new Loader<Loaded>(this);
  readonly #watch = new JobWatch(
    this,
    () => this.app.api,
    (job) => this.#jobEnded(job),
  );

  constructor() {
    super();
    this.mapping = null;
    this.problem = null;
    this.turn = 0;
    this.isTrial = false;
    this.runsRules = false;
  }

  get heading(): string {
    return this.#loader.data?.run.fileName ?? t('import.one');
  }

  get #path(): string {
    return `imports/${encodeURIComponent(this.match.params.id ?? '')}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#load();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    const { api } = this.app;
    await this.#loader.load(async (signal) => {
      const run = await api.get<ImportRun>(this.#path, {}, { signal });
      const isOpen = run.state === 'uploaded' || run.isDryRun || run.state === 'failed';
      const known = rememberedPreview(run.id);
      const preview = isOpen
        ? (known ?? (await api.get<ImportPreview>(`${this.#path}/preview`, {}, { signal })))
        : null;
      return { run, preview };
    });
    const job = this.#loader.data?.run.job;
    if (job && (job.state === 'queued' || job.state === 'running')) this.#watch.start(job);
  };

  protected override render() {
    const { state } = this.#loader;
    return html`<div class="page">
      <nav class="breadcrumb" aria-label=${t('import.path')}><a href="/imports">${t('import.title')}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, () => void this.#load()) : this.#content(state.data)}
    </div>`;
  }

  #content({ run, preview }: Loaded) {
    const { job } = this.#watch;
    const hasResult = !job && (run.state === 'done' || run.state === 'failed');
    return html`<p class="muted">${t(`import.entity.${run.entity}`)} · ${t('import.uploadedAt', { moment: this.app.format.moment(run.createdAt) })}${preview ? html` · ${preview.encoding} · ${t('import.delimiter', { delimiter: delimiterName(preview.delimiter) })}` : nothing}</p>
      ${this.problem ? banner('error', this.problem) : nothing}
      ${job ? this.#progress(job) : nothing} ${hasResult ? this.#result(run) : nothing}
      ${preview ? this.#mapping(preview, job !== null) : nothing}`;
  }

  #progress(job: Job) {
    const { format } = this.app;
    const rows =
      job.total === null
        ? t('import.rowsDone', { done: format.number(job.done) })
        : t('import.rowsOf', { done: format.number(job.done), total: format.number(job.total) });
    return html`<section class="card"><h2>${t(this.isTrial ? 'import.trying' : 'import.running')}</h2>
      <div class="progress"><progress max=${job.total ?? nothing} value=${job.total ? job.done : nothing} aria-label=${t('import.running')}></progress>
      <p class="muted" role="status">${job.state === 'queued' ? t('import.queued') : rows}</p></div></section>`;
  }

  #result(run: ImportRun) {
    if (run.state === 'failed')
      return banner(
        'error',
        html`<p><strong>${t('import.failed')}</strong></p><p>${run.error ?? t('problem.unexpected')}</p>`,
      );
    return html`${banner(run.isDryRun ? 'info' : run.rejected > 0 ? 'warning' : 'success', t(run.isDryRun ? 'import.tried' : run.rejected > 0 ? 'import.doneWithErrors' : 'import.done'))}
      <section class="card"><header class="card-header"><h2>${t(run.isDryRun ? 'import.wouldDo' : 'import.result')}</h2></header>${importSummary(run, this.app.format)}
        ${!run.isDryRun && lists.includes(run.entity) ? html`<p><a href="/${run.entity}">${t('import.openList', { list: t(`nav.${run.entity}`) })}</a></p>` : nothing}</section>
      ${run.isDryRun ? nothing : html`<salespulse-console-import-duplicates .app=${this.app} .run=${run}></salespulse-console-import-duplicates>`}
      ${run.rejected > 0 ? html`<salespulse-console-import-errors .app=${this.app} .importId=${run.id} .turn=${this.turn}></salespulse-console-import-errors>` : nothing}`;
  }

  #mapping(preview: ImportPreview, isBusy: boolean) {
    const mapping = this.mapping ?? preview.mapping;
    const problems = this.mapping === null ? preview.problems : mappingProblems(preview.fields, mapping);
    const change = (column: string, field: string | null) => {
      this.mapping = { ...mapping, [column]: field };
    };
    return html`<section class="card">
      <header class="card-header"><h2>${t('import.mapping')}</h2></header>
      <p class="muted">${t('import.mapping.text')}</p>
      ${problems.length > 0 ? banner('warning', html`${problems.map((text) => html`<p>${text}</p>`)}`) : nothing}
      ${mappingTable(preview, mapping, change, isBusy)}
      ${ruled.includes(preview.entity) ? this.#rulesChoice(isBusy) : nothing}
      <div class="form-actions">
        <button type="button" class="button" ?disabled=${isBusy || problems.length > 0} @click=${() => void this.#run(true)}>${t('import.try')}</button>
        <button type="button" class="button button-primary" ?disabled=${isBusy || problems.length > 0} @click=${() => void this.#run(false)}>${t('import.run')}</button>
      </div>
    </section>`;
  }

  #rulesChoice(isBusy: boolean) {
    return html`<div class="field field-check">
      <label class="check"><input type="checkbox" .checked=${this.runsRules} ?disabled=${isBusy} aria-describedby="import-rules-help"
        @change=${(event: Event) => {
          this.runsRules = (event.target as HTMLInputElement).checked;
        }} /><span>${t('import.rules')}</span></label>
      <p class="field-help" id="import-rules-help">${t('import.rules.help')}</p></div>`;
  }

  async #run(isTrial: boolean): Promise<void> {
    this.problem = null;
    this.isTrial = isTrial;
    const mapping = this.mapping ?? this.#loader.data?.preview?.mapping;
    try {
      const body = { mapping, dryRun: isTrial, runRules: this.runsRules };
      const { job } = await this.app.api.send<{ job: Job }>('POST', `${this.#path}/run`, body);
      this.#watch.start(job);
    } catch (error) {
      this.problem = problemText(error);
    }
  }

  async #jobEnded(job: Job | null): Promise<void> {
    this.turn += 1;
    this.problem = job?.state === 'failed' ? (job.error ?? t('problem.unexpected')) : null;
    await this.#load();
    await this.updateComplete;
    scrollTo(0, 0);
  }
}
