import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { StageEntry } from '../../../backend/contracts/moves.ts';
import type { LostReason } from '../../../backend/contracts/pipeline-settings.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { ApiError } from '../../base/api.ts';
import { can } from '../app.ts';
import type { FormValues } from '../parts/fields.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';
import { lossDialog, lostReasons, otherStages, pipelineDialog } from './deal-dialogs.ts';
import { type PageRecord, RecordPage } from './record-page.ts';
import type { References } from './references.ts';
import { stagePath } from './stage-view.ts';

/** A record that goes through the stages of a pipeline. */
export interface StagedRecord extends PageRecord {
  pipelineId: string;
  stage: { id: string; name: string; kind: Stage['kind'] };
  stageSince: string;
  lostReason: { id: string; name: string } | null;
  lostNote: string | null;
  /** of an opportunity: whose people it is about */
  account?: { id: string } | null;
}

/** What leads and opportunities share: the stage path, the timeline and the tasks. */
export abstract class DealPage<T extends StagedRecord> extends RecordPage<T> {
  static override properties: PropertyDeclarations = {
    isMoving: { state: true },
    asking: { state: true },
    reasons: { state: true },
  };

  declare isMoving: boolean;
  /** what a dialog asks for */
  declare asking: 'loss' | 'pipeline' | null;
  declare reasons: readonly LostReason[];

  abstract override get entity(): 'lead' | 'opportunity';

  constructor() {
    super();
    this.isMoving = false;
    this.asking = null;
    this.reasons = [];
  }

  #shownStage = '';

  /** On a narrow screen the path scrolls: the present stage is what one wants to see. */
  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const stage = this.record?.stage.id;
    const current = this.querySelector('.stage-path .is-current');
    if (!stage || !current || stage === this.#shownStage) return;
    this.#shownStage = stage;
    const path = current.parentElement as HTMLElement;
    path.scrollLeft = (current as HTMLElement).offsetLeft - (path.clientWidth - current.clientWidth) / 2;
  }

  /** Called instead of a plain move where entering the stage needs more than a click; true when taken care of. */
  protected abstract interceptMove(record: T, stage: Stage): boolean;

  /** False once the stage is settled, as for a converted lead. */
  protected canMove(record: T): boolean {
    return this.allows('write', record);
  }

  protected override content(record: T, references: References): TemplateResult {
    const pipeline = references.pipelines.find(({ id }) => id === record.pipelineId);
    const move = this.canMove(record) ? (stage: Stage) => void this.#move(record, stage) : null;
    const canWrite = this.allows('write', record);
    const canTask = can(this.app.me, 'task.write');
    return html`${stagePath(pipeline, record.stage, move, this.isMoving)}
      <p class="muted stage-since">${t('record.stage.since', { stage: record.stage.name, moment: this.app.format.moment(record.stageSince) })}</p>
      ${record.stage.kind === 'lost' ? this.#loss(record) : nothing}
      ${this.highlights(record)}
      <div class="record-grid">
        <div class="record-main">
          ${this.details(record, references)}
          ${this.timeline(record, record.account?.id ?? null)}
        </div>
        <div class="record-side">
          ${
            can(this.app.me, 'task.read')
              ? html`<salespulse-console-record-tasks .app=${this.app} .path=${this.apiPath} .people=${references.people} .canWrite=${canTask && canWrite}></salespulse-console-record-tasks>`
              : nothing
          }
          ${this.side(record)}
        </div>
      </div>`;
  }

  /** What stands out above the details, such as where a converted lead went. */
  protected highlights(_record: T): unknown {
    return nothing;
  }

  /** Further cards beside the details. */
  protected side(_record: T): unknown {
    return nothing;
  }

  #loss(record: T) {
    const { lostReason, lostNote } = record;
    const canChange = this.canMove(record);
    return html`<div class="banner banner-warning loss"><p>${lostReason ? t('loss.because', { reason: lostReason.name }) : t('loss.unsaid')}</p>
      ${lostNote ? html`<p class="prewrap">${lostNote}</p>` : nothing}
      ${canChange ? html`<button type="button" class="button" @click=${() => void this.#askLoss()}>${t('loss.change')}</button>` : nothing}</div>`;
  }

  async #askLoss(): Promise<void> {
    try {
      this.reasons = await lostReasons(this.app, this.entity);
      this.asking = 'loss';
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override actions(record: T): unknown {
    const isElsewhere = this.references && otherStages(this.references, record.pipelineId).length > 0;
    return html`${
      isElsewhere && this.canMove(record) && this.editor.original === null
        ? html`<button type="button" class="button" @click=${() => {
            this.asking = 'pipeline';
          }}>${t('record.otherPipeline')}</button>`
        : nothing
    }${super.actions(record)}`;
  }

  protected override dialogs(record: T, references: References): unknown {
    const { app, asking } = this;
    const close = () => {
      this.asking = null;
    };
    const stages = otherStages(references, record.pipelineId);
    const correct = (body: FormValues) =>
      this.#send(
        record.stage.id,
        { lostReasonId: String(body.lostReasonId), lostNote: String(body.lostNote ?? '') },
        t('loss.changed'),
      );
    const move = async ({ stageId }: FormValues) => {
      const target = stages.find(({ stage }) => stage.id === stageId);
      if (target) await this.#move(record, target.stage);
    };
    return html`${lossDialog({ app, isOpen: asking === 'loss', close, save: correct }, record, this.reasons)}
      ${pipelineDialog({ app, isOpen: asking === 'pipeline', close, save: move }, stages)}`;
  }

  async #move(record: T, stage: Stage): Promise<void> {
    if (this.interceptMove(record, stage)) return;
    this.isMoving = true;
    try {
      await this.#send(stage.id, {}, t('record.moved', { stage: stage.name }));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'stage_requirements') await this.#ask(stage, error);
      else this.#refused(error);
    } finally {
      this.isMoving = false;
    }
  }

  async #send(stageId: string, entry: StageEntry, done: string): Promise<void> {
    const moved = await this.app.api.send<T>('POST', `${this.apiPath}/stage`, { stageId, ...entry });
    this.put(moved);
    this.app.notify(done);
  }

  /** The stage asks for more: it is entered, and the move made again. */
  async #ask(stage: Stage, problem: ApiError): Promise<void> {
    try {
      const { askForEntry } = await import('../../elements/stage-entry/ask-for-entry.ts');
      const entry = await askForEntry(document.body, this.app.api, { entity: this.entity, stage, problem });
      if (entry) await this.#send(stage.id, entry, t('record.moved', { stage: stage.name }));
    } catch (error) {
      this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    this.app.notify(problemText(error), 'error');
    this.load();
  }
}
