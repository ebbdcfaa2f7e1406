import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import type { Task } from '../../../backend/contracts/tasks.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { emptyPanel, errorPanel, errorText, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
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
 * and the timeline.
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
  };
  static override styles = [SalesPulseElement.styles, controls, recordStyles];
  static override messages = recordMessages;

  declare record: string | undefined;
  declare notice: { text: string; isProblem: boolean } | null;
  declare isBusy: boolean;
  readonly #data: DataController<Panel>;
  #round = 0;

  constructor() {
    super();
    this.notice = null;
    this.isBusy = false;
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
        return html`${staleNotice(this, { error: state.error, retry })}${this.#panel(state.data)}`;
      case 'empty':
      case 'ready':
        return this.#panel(state.data);
      default:
        return state satisfies never;
    }
  }

  #panel(panel: Panel): TemplateResult {
    const { found, path, record, pipeline, task } = panel;
    const stage = stageOf(record);
    const move =
      found.canWrite && !this.isBusy ? (to: Pick<Stage, 'id' | 'name' | 'kind'>) => void this.#move(panel, to) : null;
    return html`<article class="panel" aria-label="${this.t(`type.${found.type}`)}: ${record.name}">
      ${summary(this, panel)}
      ${stage ? stagePath(this, pipeline, stage, move) : nothing}
      <div role="status" class=${this.notice ? (this.notice.isProblem ? 'said problem' : 'said') : ''}>${this.notice?.text}</div>
      ${task === undefined ? nothing : nextTask(this, task, found.canTask ? (done) => void this.#complete(done) : null)}
      ${openOpportunities(this, panel.opportunities)}
      <section part="timeline">
        <h3>${this.t('timeline.title')}</h3>
        <salespulse-record-timeline .session=${this.api.session} .locale=${this.config.locale} .timeZone=${this.config.timeZone}
          .theme=${this.theme} .path=${path} .version=${this.#round + record.version * 1000} .canWrite=${found.canWrite} .account=${accountOf(found.type, record)}
          @salespulse-ready=${stop} @salespulse-record-changed=${this.#changed}></salespulse-record-timeline>
      </section>
    </article>`;
  }

  readonly #changed = (event: Event): void => {
    event.stopPropagation();
    this.#tell();
  };

  #tell(): void {
    const { found } = this.#data.state.data ?? {};
    if (found) fire(this, 'salespulse-record-changed', { type: found.type, id: found.id } satisfies RecordChanged);
  }

  async #move({ found, path, record }: Panel, stage: Pick<Stage, 'id' | 'name' | 'kind'>): Promise<void> {
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
  async #askForEntry(entity: 'lead' | 'opportunity', stage: Pick<Stage, 'id' | 'name' | 'kind'>, problem: ApiError) {
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

const stop = (event: Event): void => event.stopPropagation();

function accountOf(type: Panel['found']['type'], record: AnyRecord): string | null {
  return type === 'account' ? record.id : (companyOf(record).account?.id ?? null);
}
