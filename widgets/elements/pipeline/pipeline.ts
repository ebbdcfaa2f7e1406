import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { PipelineRecords } from '../../../backend/contracts/pipeline-reports.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { ApiError, Query } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { filterProperties, filtersOf } from '../../base/filters.ts';
import { parseRange } from '../../base/range.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { Cell, PipelineDrill } from './drill.ts';
import { pipelineMessages } from './pipeline.messages.ts';
import { pipelineStyles } from './pipeline.styles.ts';
import { recordList } from './record-list.ts';
import { isEmptyReport, loadReport, type PipelineView, pipelineViews, type Report, wholeRange } from './report.ts';
import { ageingView } from './views/ageing.ts';
import { type ChangeMeasure, changesView } from './views/changes.ts';
import { funnelView } from './views/funnel.ts';
import { healthView } from './views/health.ts';
import { velocityView } from './views/velocity.ts';

/**
 * Reports of a pipeline: funnel, velocity, ageing, health and what changed between two days. Every number opens its records.
 *
 * @tag salespulse-pipeline
 * @attr {'funnel'|'velocity'|'ageing'|'health'|'changes'} view - one report alone; left out: all, as tabs
 * @attr {'opportunity'|'lead'} entity - whose default pipeline; opportunities unless told
 * @attr {string} pipeline - id of a pipeline, in the place of the entity's default one
 * @attr {string} range - a preset such as `this-quarter` (default), or `YYYY-MM-DD/YYYY-MM-DD`
 * @attr {'source'|'owner'|'team'|'segment'|'region'|'category'|'product'} by - a row for each value as well
 * @attr {'stage'|'record'} basis - ageing: days in the stage (default), or since the creation
 * @attr {string} goal - health: what is to be won in the range, a decimal number in the company currency
 * @attr {string} closes - changes: only deals expected to close in these days, `YYYY-MM-DD/YYYY-MM-DD`
 * @attr {string} category - product categories, comma-separated (or a JSON array); likewise the other filters
 * @attr {string} product - product ids
 * @attr {string} region - regions
 * @attr {string} team - team ids
 * @attr {string} owner - owner ids, or `me`
 * @attr {string} source - lead sources
 * @attr {string} segment - customer segments
 * @fires salespulse-drill - a number was activated; `detail` is `{ label, query }` for `GET analytics/pipeline/records`; prevented, the element shows no list itself
 * @fires salespulse-record-open - a record of a list was activated; `detail` is `{ entity, id }`
 * @csspart tabs - the choice of the report
 * @csspart tile - one figure
 * @csspart funnel - the steps of the funnel
 * @csspart waterfall - the bars of the waterfall
 * @csspart coverage - the figures of coverage
 * @csspart table - a table
 * @csspart records - the list of records behind a number
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when there is nothing
 * @csspart stale - the notice over old data
 */
export class SalesPulsePipeline extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    view: { type: String },
    entity: { type: String },
    pipeline: { type: String },
    range: { type: String },
    by: { type: String },
    basis: { type: String },
    goal: { type: String },
    closes: { type: String },
    ...filterProperties,
    tab: { state: true },
    measure: { state: true },
    drill: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, pipelineStyles];
  static override messages = pipelineMessages;

  declare view: PipelineView | undefined;
  declare entity: PipelineEntity;
  declare pipeline: string | undefined;
  declare range: string;
  declare by: string | undefined;
  declare basis: 'stage' | 'record';
  declare goal: string | undefined;
  declare closes: string | undefined;
  declare category: string[] | undefined;
  declare product: string[] | undefined;
  declare region: string[] | undefined;
  declare team: string[] | undefined;
  declare owner: string[] | undefined;
  declare source: string[] | undefined;
  declare segment: string[] | undefined;
  declare protected tab: PipelineView;
  declare protected measure: ChangeMeasure;
  declare protected drill: PipelineDrill | null;

  readonly #data: DataController<Report>;
  readonly #list: DataController<PipelineRecords>;
  /** What had the focus when the list was opened. */
  #opener: Element | null = null;

  constructor() {
    super();
    this.entity = 'opportunity';
    this.range = 'this-quarter';
    this.basis = 'stage';
    this.tab = 'funnel';
    this.measure = 'value';
    this.drill = null;
    this.#data = new DataController<Report>(this, {
      key: () =>
        JSON.stringify([
          this.#view,
          this.#filters,
          this.range,
          this.config.timeZone,
          this.by,
          this.basis,
          this.goal,
          this.closes,
        ]),
      load: (api, signal) => loadReport(api, this.#view, this.#filters, this.#own, signal),
      isEmpty: isEmptyReport,
      refreshOnReturn: true,
    });
    this.#list = new DataController<PipelineRecords>(this, {
      key: () => (this.drill ? JSON.stringify(this.drill.query) : null),
      load: (api, signal) => api.get('analytics/pipeline/records', this.drill?.query ?? {}, { signal }),
    });
  }

  /** Asks for the report again; what is shown stays until it is there. */
  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  get #view(): PipelineView {
    return this.view ?? this.tab;
  }

  get #filters(): Query {
    return { entity: this.entity, pipeline: this.pipeline || undefined, ...filtersOf(this) };
  }

  get #own(): Query {
    const [closesFrom, closesTo] = this.closes?.split('/') ?? [];
    const days = parseRange(this.range, this.config.timeZone);
    return {
      ...(this.#view === 'health' ? wholeRange(this.range, days) : days),
      by: this.by || undefined,
      basis: this.basis,
      goal: this.goal || undefined,
      closesFrom,
      closesTo,
    };
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Another question: the list belongs to the one before.
    if (this.drill && [...changed.keys()].some((name) => name !== 'drill' && name !== 'measure')) this.drill = null;
  }

  readonly #drill = (label: string, cell: Cell): void => {
    const { from, to, closesFrom, closesTo } = this.#own;
    const closing = cell.set === 'change' ? { closesFrom, closesTo } : {};
    const drill: PipelineDrill = { label, query: { ...this.#filters, from, to, ...closing, ...cell } };
    if (!fire(this, 'salespulse-drill', drill)) return;
    this.#opener = this.renderRoot instanceof ShadowRoot ? this.renderRoot.activeElement : null;
    this.drill = drill;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#list-title')?.focus());
  };

  readonly #closeList = (): void => {
    this.drill = null;
    if (this.#opener instanceof HTMLElement) this.#opener.focus();
  };

  async #more(): Promise<void> {
    const { drill } = this;
    const { data } = this.#list.state;
    if (!drill || !data?.nextCursor) return;
    try {
      const query = { ...drill.query, cursor: data.nextCursor };
      const page = await this.api.get<PipelineRecords>('analytics/pipeline/records', query);
      // Another list may have been opened meanwhile.
      if (this.drill === drill) this.#list.set({ ...page, items: [...data.items, ...page.items] });
    } catch (error) {
      fire(this, 'salespulse-error', { error: error as ApiError });
    }
  }

  #report({ view, data }: Report): TemplateResult {
    switch (view) {
      case 'funnel':
        return funnelView(this, data, this.#drill);
      case 'velocity':
        return velocityView(this, data, this.#drill);
      case 'ageing':
        return ageingView(this, data, this.#drill);
      case 'health':
        return healthView(this, data, this.#drill);
      case 'changes':
        return changesView(this, data, {
          measure: this.measure,
          choose: (measure) => {
            this.measure = measure;
          },
          drill: this.#drill,
        });
      default:
        return view satisfies never;
    }
  }

  #shown(report: Report, isWaiting: boolean): TemplateResult {
    const { from, to } = 'period' in report.data ? report.data.period : {};
    return html`<div class=${isWaiting ? 'waiting' : ''} aria-busy=${isWaiting}>${this.#report(report)}</div>
      <p class="foot">
        ${report.data.pipeline.name}.
        ${from ? `${this.t('period', { from: this.format.day(from), to: this.format.day(to) })}.` : nothing}
        ${this.t('asOf', { moment: this.format.moment(report.data.asOf) })}
      </p>
      ${
        this.drill
          ? recordList(this, this.drill, this.#list.state, {
              close: this.#closeList,
              retry: () => void this.#list.refresh(),
              more: () => void this.#more(),
            })
          : nothing
      }`;
  }

  #state(): TemplateResult {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
      case 'loading':
        if (state.data?.view === this.#view) return this.#shown(state.data, true);
        return html`<div class="skeleton report-skeleton"></div><span class="visually-hidden" role="status">${this.t('loading')}</span>`;
      case 'error':
        return errorPanel(this, state.error, retry);
      case 'empty':
        return emptyPanel(this, this.t('empty'));
      case 'stale':
        return html`${staleNotice(this, { asOf: state.data.data.asOf, error: state.error, retry })}
          ${this.#shown(state.data, false)}`;
      case 'ready':
        return this.#shown(state.data, false);
      default:
        return state satisfies never;
    }
  }

  protected override render(): TemplateResult {
    return html`${
      this.view
        ? nothing
        : html`<div class="switch" part="tabs" role="group" aria-label=${this.t('reports')}>
            ${pipelineViews.map(
              (view) =>
                html`<button type="button" aria-pressed=${String(view === this.tab)} @click=${() => {
                  this.tab = view;
                }}>${this.t(`view.${view}`)}</button>`,
            )}
          </div>`
    }
    ${this.#state()}`;
  }
}
