import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { emptyPanel, errorPanel, errorText, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import { LiveRecord } from './live-record.ts';
import { type AnyRecord, companyOf, loadPanel, type Panel, stageOf } from './panel-source.ts';
import { recordMessages } from './record.messages.ts';
import { recordStyles } from './record.styles.ts';
import { stagePath } from './stage-path.ts';
import { nextTask, openOpportunities, summary } from './summary.ts';

/** Who changed what, for the page around the panel. */
export interface RecordChanged {
  type: Panel['found']['type'];
  id: string;
}

/**
 * The panel of a lead, opportunity, account or contact: summary, stage path, next task, a call logged in two clicks,
 * and the timeline. It follows what others do to the record.
 *
 * @tag salespulse-record
 * @attr {string} record - `lead:ID` (also `opportunity:`, `account:`, `contact:`), an id alone, or `salesforce:ID` and `hubspot:ID` (`hubspot:lead:ID` where kinds share numbers)
 * @fires salespulse-record-changed - the record was moved, or something was written down; `detail` is `{ type, id }`
 * @csspart header - name, company and worth
 * @csspart stages - the stage path
 * @csspart next - the next task
 * @csspart timeline - what happened
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown while no record is named
 * @csspart stale - the notice over old data
 */
export class SalesPulseRecord extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    record: { type: String },
    notice: { state: true },
    isBusy: { state: true },
    open: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, recordStyles];
  static override messages = recordMessages;

  declare record: string | undefined;
  declare notice: { text: string; isProblem: boolean } | null;
  declare isBusy: boolean;
  /** the form that is open, for the record as it was when it opened */
  declare open: { form: 'task' } | { form: 'convert'; lead: Lead; stage: string } | null;
  readonly #data: DataController<Panel>;
  #round = 0;
  /** where one goes on when a form is closed */
  #opener: HTMLElement | null = null;

  constructor() {
    super();
    this.notice = null;
    this.isBusy = false;
    this.open = null;
    new LiveRecord(this, () => this.#data.state.data?.found ?? null);
    this.#data = new DataController<Panel>(this, {
      key: () => this.record?.trim() || null,
      load: (api, signal) => loadPanel(api, this.record?.trim() ?? '', signal),
      refreshOnReturn: true,
    });
  }

  /** Asks for the record again; what is shown stays until it is there. */
  async refresh(): Promise<void> {
    this.#round += 1;
    await this.#data.refresh();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('record')) return;
    this.open = null;
    this.notice = null;
  }

  protected override render(): TemplateResult {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
        return emptyPanel(this, this.t('record.none'));
      case 'loading':
        return html`<div class="panel" aria-busy="true">${[1, 2, 3].map(() => html`<div class="skeleton"></div>`)}</div>
          <span class="visually-hidden" role="status">${this.t('loading')}</span>`;
      case 'error':
        return errorPanel(this, state.error, retry);
      case 'stale':
      case 'empty':
      case 'ready':
        // One template for all of them: what is being typed survives a refresh that fails.
        return html`${state.kind === 'stale' ? staleNotice(this, { error: state.error, retry }) : nothing}${this.#panel(state.data)}`;
      default:
        return state satisfies never;
    }
  }

  #panel(panel: Panel): TemplateResult {
    const { found, path, record, pipeline, task } = panel;
    const stage = stageOf(record);
    const lead = openLead(panel);
    const isSettled = found.type === 'lead' && lead === null;
    const move = found.canWrite && !this.isBusy && !isSettled ? (to: StageLink) => this.#enter(panel, to) : null;
    const target = pipeline?.stages.find(({ kind }) => kind === 'won');
    return html`<article class="panel" aria-label="${this.t(`type.${found.type}`)}: ${record.name}">
      ${summary(this, panel)}
      ${stage ? stagePath(this, pipeline, stage, move) : nothing}
      <div role="status" class=${this.notice ? (this.notice.isProblem ? 'said problem' : 'said') : ''}>${this.notice?.text}</div>
      ${
        lead && target && found.canWrite
          ? html`<p class="tools"><button type="button" aria-expanded=${String(this.open?.form === 'convert')} @click=${() => this.#toggleConvert(lead, target)}>${this.t('convert.action')}</button></p>`
          : nothing
      }
      ${this.open?.form === 'convert' ? this.#convertForm(path, this.open) : nothing}
      ${
        task === undefined
          ? nothing
          : nextTask(
              this,
              task,
              found.canTask
                ? {
                    done: (done) => void this.#complete(done),
                    add: this.#toggleTask,
                    isAdding: this.open?.form === 'task',
                  }
                : null,
            )
      }
      ${this.open?.form === 'task' ? this.#taskForm(path) : nothing}
      ${openOpportunities(this, panel.opportunities)}
      <section part="timeline">
        <h3>${this.t('timeline.title')}</h3>
        <salespulse-record-timeline .session=${this.api.session} .locale=${this.config.locale} .timeZone=${this.config.timeZone}
          .theme=${this.theme} .path=${path} .version=${this.#round + record.version * 1000} .canWrite=${found.canWrite} .account=${accountOf(found.type, record)}
          @salespulse-ready=${stop} @salespulse-record-changed=${this.#changed}></salespulse-record-timeline>
      </section>
    </article>`;
  }

  #taskForm(path: string): TemplateResult {
    return html`<salespulse-task-form class="writing" .session=${this.api.session} .locale=${this.config.locale} .timeZone=${this.config.timeZone}
      .theme=${this.theme} .path=${path} .cancel=${this.#close} .done=${() => this.#done('task.added')}
      @salespulse-ready=${stop}></salespulse-task-form>`;
  }

  #convertForm(path: string, { lead, stage }: { lead: Lead; stage: string }): TemplateResult {
    return html`<salespulse-convert-form class="writing" .session=${this.api.session} .locale=${this.config.locale} .timeZone=${this.config.timeZone}
      .theme=${this.theme} .path=${path} .lead=${lead} .stage=${stage} .cancel=${this.#close} .done=${() => this.#done('convert.done')}
      @salespulse-ready=${stop}></salespulse-convert-form>`;
  }

  readonly #toggleTask = (): void => void this.#show(this.open?.form === 'task' ? null : { form: 'task' });

  #toggleConvert(lead: Lead, { name: stage }: StageLink): void {
    void this.#show(this.open?.form === 'convert' ? null : { form: 'convert', lead, stage });
  }

  /** Opens a form; its code comes with the first one. */
  async #show(open: SalesPulseRecord['open']): Promise<void> {
    this.notice = null;
    try {
      if (open) await import('./forms/define.ts');
      if (open) this.#opener = this.shadowRoot?.activeElement as HTMLElement | null;
      this.open = open;
    } catch {
      // The page is older than the server, or offline: loading it anew helps in both cases.
      this.notice = { text: this.t('form.notLoaded'), isProblem: true };
    }
  }

  readonly #close = (): void => {
    this.open = null;
    this.#opener?.focus();
  };

  #done(text: string): void {
    this.#close();
    this.notice = { text: this.t(text), isProblem: false };
    this.#tell();
    void this.refresh();
  }

  readonly #changed = (event: Event): void => {
    event.stopPropagation();
    this.#tell();
  };

  #tell(): void {
    const { found } = this.#data.state.data ?? {};
    if (found) fire(this, 'salespulse-record-changed', { type: found.type, id: found.id } satisfies RecordChanged);
  }

  /** A lead is converted on the way into its won stage. */
  #enter(panel: Panel, stage: StageLink): void {
    const lead = openLead(panel);
    if (lead && stage.kind === 'won') void this.#show({ form: 'convert', lead, stage: stage.name });
    else void this.#move(panel, stage);
  }

  async #move({ found, path, record }: Panel, stage: StageLink): Promise<void> {
    const send = (entry: object = {}) =>
      this.api.send('POST', `${path}/stage`, { stageId: stage.id, ...entry }, { ifMatch: record.version });
    await this.#act(
      async () => {
        try {
          await send();
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== 'stage_requirements') throw error;
          const entry = await this.#askForEntry(found.type === 'lead' ? 'lead' : 'opportunity', stage, error);
          if (!entry) return false;
          await send(entry);
        }
        return true;
      },
      this.t('record.moved', { stage: stage.name }),
    );
  }

  /** Asks for what the stage requires; null when the person gives up. Fetched when a stage first asks. */
  async #askForEntry(entity: 'lead' | 'opportunity', stage: StageLink, problem: ApiError) {
    const { askForEntry } = await import('../stage-entry/ask-for-entry.ts');
    const { locale, theme } = this.config;
    return askForEntry(this.renderRoot, this.api, { entity, stage, problem, locale, theme });
  }

  async #complete(task: Task): Promise<void> {
    await this.#act(
      () => this.api.send('PATCH', `tasks/${task.id}`, { status: 'done' }, { ifMatch: task.version }),
      this.t('next.completed'),
    );
  }

  /** Does what was asked for and says so; `work` answers false when the person thought better of it. */
  async #act(work: () => Promise<unknown>, done: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      const isDone = (await work()) !== false;
      this.notice = isDone ? { text: done, isProblem: false } : null;
      if (isDone) this.#tell();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isTold = error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429;
      this.notice = { text: isTold ? error.detail : errorText(this, error), isProblem: true };
    } finally {
      this.isBusy = false;
    }
    await this.refresh();
  }
}

type StageLink = Pick<Stage, 'id' | 'name' | 'kind'>;

/** The lead of the panel, unless it is converted; null for other records. */
function openLead({ found, record }: Panel): Lead | null {
  return found.type === 'lead' && !(record as Lead).converted ? (record as Lead) : null;
}

const stop = (event: Event): void => event.stopPropagation();

function accountOf(type: Panel['found']['type'], record: AnyRecord): string | null {
  return type === 'account' ? record.id : (companyOf(record).account?.id ?? null);
}
