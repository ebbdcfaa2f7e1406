import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { CustomField } from '../../../../backend/contracts/fields.ts';
import type { LostReason, PipelineUsage } from '../../../../backend/contracts/pipeline-settings.ts';
import type { Pipeline, PipelineEntity, Stage } from '../../../../backend/contracts/pipelines.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import { icon } from '../../parts/icons.ts';
import { problemText } from '../../parts/problems.ts';
import { type Column, tableView } from '../../parts/table.ts';
import { forgetReferences } from '../../records/references.ts';
import { stageBadge } from '../../records/stage-view.ts';
import { t } from '../../text.ts';
import { dialogView, type Edited } from './pipeline-dialogs.ts';
import { inUse, requirableOptions } from './stage-fields.ts';

const entities: readonly PipelineEntity[] = ['lead', 'opportunity'];

/** Pipelines with their stages, and the reasons why records are lost. */
export class ConsolePipelinesPage extends CollectionPage<Pipeline> {
  static override properties = { edited: { state: true }, custom: { state: true }, reasons: { state: true } };

  declare edited: Edited | null;
  declare custom: readonly CustomField[];
  declare reasons: readonly LostReason[];
  protected readonly path = 'pipelines?archived=true';
  protected readonly emptyText = { title: t('pipelines.empty'), text: t('pipelines.empty.text') };
  protected readonly columns: readonly Column<Pipeline>[] = [];

  constructor() {
    super();
    this.edited = null;
    this.custom = [];
    this.reasons = [];
  }

  get heading(): string {
    return t('nav.pipelines');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadFurther();
  }

  async #loadFurther(): Promise<void> {
    try {
      const [custom, reasons] = await Promise.all([
        this.app.api.get<Page<CustomField>>('fields'),
        this.app.api.get<Page<LostReason>>('lost-reasons', { archived: true }),
      ]);
      this.custom = custom.items;
      this.reasons = reasons.items;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override intro() {
    return html`<p class="muted">${t('pipelines.text')}</p>`;
  }

  protected override actions() {
    return html`<button type="button" class="button button-primary" @click=${() => this.#edit({ about: 'pipeline', pipeline: null })}>${icon('plus')}${t('pipelines.add')}</button>`;
  }

  protected override content(pipelines: readonly Pipeline[]): TemplateResult {
    return html`${entities.map((entity) => {
      const own = pipelines.filter((pipeline) => pipeline.entity === entity);
      return html`<section aria-label=${t(`pipelines.entity.${entity}`)}><h2>${t(`pipelines.entity.${entity}`)}</h2>
        ${own.map((pipeline) => this.#pipeline(pipeline))} ${this.#reasons(entity)}</section>`;
    })}`;
  }

  #pipeline(pipeline: Pipeline): TemplateResult {
    const { name, isDefault, asksLostReason, archivedAt, stages } = pipeline;
    const mark = (text: string) => html` <span class="badge badge-plain">${text}</span>`;
    const sorted = [...inUse(pipeline), ...stages.filter((stage) => stage.archivedAt !== null)];
    return html`<section class="card" aria-label=${name}>
      <div class="card-header">
        <h3>${name}${isDefault ? mark(t('pipelines.default')) : nothing}${asksLostReason ? mark(t('pipelines.asks')) : nothing}${archivedAt ? mark(t('pipelines.archived')) : nothing}</h3>
        <div class="row-actions">${
          archivedAt
            ? this.#button('restore', name, () => this.#restore(pipeline, null))
            : html`${this.#button('edit', name, () => this.#edit({ about: 'pipeline', pipeline }))}
                ${isDefault ? nothing : this.#button('archive', name, () => this.#askArchive(pipeline, null))}
                <button type="button" class="button" aria-label=${t('stages.addTo', { name })} @click=${() => this.#edit({ about: 'stage', pipeline, stage: null })}>${icon('plus')}${t('stages.add')}</button>`
        }</div>
      </div>
      ${tableView({ label: t('stages.of', { name }), columns: this.#stageColumns(pipeline), items: sorted, key: ({ id }) => id })}
    </section>`;
  }

  #stageColumns(pipeline: Pipeline): Column<Stage>[] {
    return [
      { label: t('stages.name'), isTitle: true, cell: (stage) => stageBadge(stage) },
      {
        label: t('stages.probability'),
        isNumber: true,
        cell: ({ probability }) => this.app.format.percent(probability),
      },
      { label: t('stages.colour'), cell: ({ colour }) => t(`stages.colour.${colour}`) },
      { label: t('stages.rules'), cell: (stage) => this.#rules(pipeline, stage) },
      { label: t('stages.actions'), isLabelHidden: true, cell: (stage) => this.#stageButtons(pipeline, stage) },
    ];
  }

  #rules(pipeline: Pipeline, stage: Stage): string {
    const options = requirableOptions(pipeline.entity, this.custom);
    const asked = stage.requiredFields.map((name) => options.find(({ value }) => value === name)?.label ?? name);
    const next = inUse(pipeline).filter(({ id }) => stage.nextStageIds.includes(id));
    const rules = [
      asked.length > 0 ? t('stages.rules.asks', { fields: asked.join(', ') }) : '',
      stage.wipLimit === null ? '' : t('stages.rules.wip', { count: stage.wipLimit }),
      stage.rottingDays === null ? '' : t('stages.rules.rotting', { count: stage.rottingDays }),
      stage.limitsNext && next.length > 0
        ? t('stages.rules.next', { stages: next.map(({ name }) => name).join(', ') })
        : '',
      stage.limitsNext && next.length === 0 ? t('stages.rules.end') : '',
    ].filter(Boolean);
    return rules.join(' · ') || t('value.none');
  }

  #stageButtons(pipeline: Pipeline, stage: Stage) {
    const { name } = stage;
    if (pipeline.archivedAt !== null) return nothing;
    if (stage.archivedAt !== null) return this.#button('restore', name, () => this.#restore(pipeline, stage));
    const order = inUse(pipeline).map(({ id }) => id);
    const place = order.indexOf(stage.id);
    const arrow = (way: 'up' | 'down', sign: string, to: number) =>
      html`<button type="button" class="icon-button" aria-label=${t(`stages.${way}`, { name })} title=${t(`stages.${way}`, { name })}
        ?disabled=${to < 0 || to >= order.length} @click=${() => this.#order(pipeline, stage.id, to)}><span aria-hidden="true">${sign}</span></button>`;
    return html`<div class="row-actions">${arrow('up', '↑', place - 1)}${arrow('down', '↓', place + 1)}
      ${this.#button('edit', name, () => this.#edit({ about: 'stage', pipeline, stage }))}
      ${this.#button('archive', name, () => this.#askArchive(pipeline, stage))}</div>`;
  }

  #reasons(entity: PipelineEntity): TemplateResult {
    const noun = t(`pipelines.entity.${entity}`);
    const label = t('reasons.heading', { entity: noun });
    const columns: Column<LostReason>[] = [
      {
        label: t('reasons.label'),
        isTitle: true,
        cell: ({ label: text, isArchived }) =>
          html`${text}${isArchived ? html` <span class="badge badge-plain">${t('pipelines.archived')}</span>` : nothing}`,
      },
      { label: t('stages.actions'), isLabelHidden: true, cell: (reason) => this.#reasonButtons(reason) },
    ];
    const items = this.reasons.filter((reason) => reason.entity === entity);
    return html`<section class="card" aria-label=${label}>
      <div class="card-header"><h3>${label}</h3>
        <button type="button" class="button" aria-label=${t('reasons.addTo', { entity: noun })} @click=${() => this.#edit({ about: 'reason', entity, reason: null })}>${icon('plus')}${t('reasons.add')}</button></div>
      ${tableView({ label, columns, items, key: ({ id }) => id })}
    </section>`;
  }

  #reasonButtons(reason: LostReason) {
    const { entity, label: name, isArchived } = reason;
    const set = (archived: boolean, sentence: string) =>
      this.#act(async () => {
        await this.app.api.send('PATCH', `lost-reasons/${reason.id}`, { isArchived: archived });
        return t(sentence, { name });
      });
    return html`<div class="row-actions">${
      isArchived
        ? this.#button('restore', name, () => set(false, 'pipelines.restored'))
        : html`${this.#button('edit', name, () => this.#edit({ about: 'reason', entity, reason }))}
            ${this.#button('archive', name, () => set(true, 'reasons.archived'))}`
    }</div>`;
  }

  #button(word: 'edit' | 'archive' | 'restore', name: string, act: () => unknown) {
    return html`<button type="button" class="button" aria-label=${t(`pipelines.${word}One`, { name })} @click=${act}>${t(`pipelines.${word}`)}</button>`;
  }

  #edit(edited: Edited | null): void {
    this.edited = edited;
  }

  /** Everything that shows stages asks for them again. */
  readonly #saved = (sentence: string): void => {
    forgetReferences(this.app);
    this.reload();
    void this.#loadFurther();
    this.app.notify(sentence);
  };

  async #act(act: () => Promise<string>): Promise<void> {
    try {
      this.#saved(await act());
    } catch (error) {
      this.app.notify(problemText(error), 'error');
      this.reload();
    }
  }

  #order(pipeline: Pipeline, stageId: string, to: number): Promise<void> {
    const stageIds = inUse(pipeline).map(({ id }) => id);
    stageIds.splice(to, 0, ...stageIds.splice(stageIds.indexOf(stageId), 1));
    return this.#act(async () => {
      await this.app.api.send('PUT', `pipelines/${pipeline.id}/stages`, { stageIds }, { ifMatch: pipeline.version });
      return t('pipelines.saved', { name: pipeline.name });
    });
  }

  #restore(pipeline: Pipeline, stage: Stage | null): Promise<void> {
    return this.#act(async () => {
      const path = `pipelines/${pipeline.id}${stage ? `/stages/${stage.id}` : ''}/restore`;
      await this.app.api.send('POST', path, undefined, { ifMatch: pipeline.version });
      return t('pipelines.restored', { name: (stage ?? pipeline).name });
    });
  }

  async #askArchive(pipeline: Pipeline, stage: Stage | null): Promise<void> {
    try {
      const usage = await this.app.api.get<PipelineUsage>(`pipelines/${pipeline.id}/usage`);
      const open = pipeline.stages.filter(({ kind }) => kind === 'open').map(({ id }) => id);
      const counted = usage.stages.filter(({ id }) => (stage ? id === stage.id : open.includes(id)));
      this.#edit({
        about: 'archive',
        pipeline,
        stage,
        records: counted.reduce((sum, { records }) => sum + records, 0),
      });
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override dialogs() {
    const around = { app: this.app, pipelines: this.items.data ?? [], custom: this.custom };
    return dialogView(this.edited, around, { saved: this.#saved, close: () => this.#edit(null) });
  }
}
