import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Dashboard, Panel } from '../../../backend/contracts/dashboards.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import type { Session } from '../../base/session-types.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartDrill, ChartFilter, ChartFilters } from '../chart/chart-types.ts';
import { exportJobs } from '../export-menu/export-jobs.ts';
import type { FileRequest } from '../export-menu/fetch-file.ts';
import { narrowed, pointedAt, type Selection } from '../filters/selection.ts';
import { dashboardMessages } from './dashboard.messages.ts';
import { dashboardStyles } from './dashboard.styles.ts';
import { loadPanels, type PanelSurroundings, panelView } from './panel-view.ts';
import { sharedSession } from './shared-session.ts';
import { loadDashboard } from './source.ts';

const formats = ['xlsx', 'pdf'] as const;

/** What panels say of themselves is no news of the dashboard. */
const keep = (event: Event): void => event.stopPropagation();

/**
 * A dashboard: key figures, charts, pipeline reports and tasks, with one choice of period, comparison and filters for
 * all. A mark of a chart narrows all panels; a figure opens what it is made of and the records behind it.
 *
 * @tag salespulse-dashboard
 * @attr {string} dashboard - `executive`, `manager`, `rep`, `marketing` or an id; left out: the one that the viewer starts with
 * @attr {string} range - a preset such as `this-quarter`, or `YYYY-MM-DD/YYYY-MM-DD`; left out: as the dashboard opens
 * @attr {'previous'|'year'|'none'} compare - the period before, the same days a year ago, or nothing; left out: as the dashboard opens
 * @attr {string} filters - what is filtered by, as JSON: `{"region": ["North"]}`; left out: as the dashboard opens
 * @prop {Dashboard} definition - a dashboard that the page has already, in the place of the one that `dashboard` names
 * @prop {ChartFilter[]} only - what was chosen in charts, on top of the filters: each `{ dimension, values | range, label }`
 * @fires salespulse-selection - period, comparison, filters or what charts are narrowed to were chosen; prevented, nothing changes; `detail` is `{ range, compare, filters, only }`
 * @fires salespulse-filter - a mark of a chart narrows all panels; prevented, it doesn't; `detail` is `{ dimension, values | range, label }`
 * @fires salespulse-drill - what is behind a value is wanted; prevented, the element shows nothing itself; `detail` is `{ metric, value, from, to, filters }`, of a pipeline report `{ label, query }`
 * @fires salespulse-record-open - a record was activated; `detail` is `{ entity, id }`
 * @csspart filters - the choice of period, comparison and filters
 * @csspart panels - the grid of panels
 * @csspart panel - one panel
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when there is nothing
 * @csspart stale - the notice over an old definition
 */
export class SalesPulseDashboard extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    dashboard: { type: String },
    range: { type: String },
    compare: { type: String },
    filters: { type: Object },
    definition: { attribute: false },
    only: { attribute: false },
    isLoaded: { state: true },
    loadError: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, dashboardStyles];
  static override messages = dashboardMessages;

  declare dashboard: string | undefined;
  declare range: string | undefined;
  declare compare: Selection['compare'] | undefined;
  declare filters: ChartFilters | undefined;
  declare definition: Dashboard | undefined;
  declare only: readonly ChartFilter[];
  /** The code of all panels is there: shown together, they ask together. */
  declare protected isLoaded: boolean;
  declare protected loadError: ApiError | undefined;

  readonly #data = new DataController<Dashboard>(this, {
    key: () => JSON.stringify(this.definition ?? this.dashboard ?? ''),
    load: async (api, signal) => this.definition ?? loadDashboard(api, this.dashboard, signal),
  });
  /** The dashboard whose panels' code was fetched. */
  #shown: Dashboard | undefined;
  #shared: { of: Session; session: Session } | undefined;

  constructor() {
    super();
    this.only = [];
    this.isLoaded = false;
  }

  /** Asks for the definition again, e.g. once it was changed elsewhere. */
  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { data } = this.#data.state;
    if (!data || data === this.#shown) return;
    // What was chosen in the charts of one dashboard says nothing about another.
    if (this.#shown && data.id !== this.#shown.id && !changed.has('only')) this.only = [];
    this.#shown = data;
    void this.#loadPanels(data.panels);
  }

  async #loadPanels(panels: readonly Panel[]): Promise<void> {
    this.loadError = undefined;
    try {
      await loadPanels(panels);
      this.isLoaded = true;
    } catch (cause) {
      this.loadError = new ApiError({ status: 0, code: 'network', detail: String(cause) }, { cause });
    }
  }

  /** All panels ask through one session, which asks once for what several want. */
  get #session(): Session {
    const { session } = this.api;
    if (this.#shared?.of !== session) this.#shared = { of: session, session: sharedSession(session) };
    return this.#shared.session;
  }

  #selectionOf({ selection }: Dashboard): Selection {
    return {
      range: this.range ?? selection.range,
      compare: this.compare ?? selection.compare,
      filters: this.filters ?? selection.filters,
    };
  }

  /** Tells the page, and follows unless it objects. */
  #choose(selection: Selection, only: readonly ChartFilter[]): boolean {
    const { range, compare, filters } = selection;
    if (!fire(this, 'salespulse-selection', { range, compare, filters, only })) return false;
    Object.assign(this, { range, compare, filters, only });
    return true;
  }

  readonly #selected = (event: CustomEvent<Selection>): void => {
    event.stopPropagation();
    if (!this.#choose(event.detail, this.only)) event.preventDefault();
  };

  readonly #takenBack = (event: CustomEvent<{ dimensions: string[] }>): void => {
    event.stopPropagation();
    const { data } = this.#data.state;
    const only = this.only.filter(({ dimension }) => !event.detail.dimensions.includes(dimension));
    if (data) this.#choose(this.#selectionOf(data), only);
  };

  /** One event leaves the element, in its own name: whoever listens outside answers before it is acted on. */
  readonly #filtered = (event: CustomEvent<ChartFilter>): void => {
    event.stopPropagation();
    event.preventDefault();
    const { data } = this.#data.state;
    if (data && fire(this, 'salespulse-filter', event.detail))
      this.#choose(this.#selectionOf(data), pointedAt(this.only, event.detail));
  };

  readonly #drilled = (
    event: CustomEvent<ChartDrill | { record: { type: string; id: string } } | { query: object }>,
  ) => {
    event.stopPropagation();
    const { detail } = event;
    if ('record' in detail) {
      fire(this, 'salespulse-record-open', { entity: detail.record.type, id: detail.record.id });
      return;
    }
    const isWanted = fire(this, 'salespulse-drill', detail);
    // A pipeline report shows its records itself.
    if ('query' in detail) {
      if (!isWanted) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (isWanted) void this.#showBehind(detail);
  };

  async #showBehind(drill: ChartDrill): Promise<void> {
    const { data } = this.#data.state;
    if (!data) return;
    const { filters } = narrowed(this.#selectionOf(data), this.only);
    try {
      await import('./drill/define.ts');
    } catch (cause) {
      this.loadError = new ApiError({ status: 0, code: 'network', detail: String(cause) }, { cause });
      return;
    }
    await this.renderRoot.querySelector('salespulse-drill')?.open(drill, filters);
  }

  #headingOf(panel: Panel): string | null {
    switch (panel.kind) {
      case 'pipeline':
        return panel.title ?? this.t(`view.${panel.view}`);
      case 'tasks':
        return panel.title ?? this.t('tasks');
      case 'kpis':
        return panel.title;
      case 'chart':
        // The chart writes its own.
        return null;
      default:
        return panel satisfies never;
    }
  }

  #panel(panel: Panel, around: PanelSurroundings): TemplateResult {
    const { id, kind, width, height } = panel;
    const heading = this.#headingOf(panel);
    return html`<section class="panel ${kind} width-${width} ${height}" part="panel" aria-labelledby=${heading ? `title-${id}` : nothing}>
      ${heading ? html`<h2 id=${`title-${id}`}>${heading}</h2>` : nothing}
      ${this.isLoaded ? panelView(panel, around) : html`<div class="skeleton waiting" aria-busy="true"></div>`}
    </section>`;
  }

  #content(dashboard: Dashboard): TemplateResult {
    const base = this.#selectionOf(dashboard);
    const selection = narrowed(base, this.only);
    const { locale, timeZone, theme } = this.config;
    const around: PanelSurroundings = { selection, session: this.#session, locale, timeZone, theme };
    const request = (): FileRequest => ({
      of: { kind: 'dashboard', dashboardId: dashboard.id, selection: selection as Dashboard['selection'] },
    });
    return html`<div class="dashboard">
      <salespulse-filters part="filters" .session=${around.session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
        .range=${base.range} .compare=${base.compare} .filters=${base.filters} .only=${this.only}
        @salespulse-ready=${keep} @salespulse-session-ended=${keep}
        @salespulse-selection=${this.#selected} @salespulse-take-back=${this.#takenBack}>
        ${
          dashboard.panels.length > 0
            ? html`<salespulse-export-menu .host=${this} .request=${request} .formats=${formats} .jobs=${exportJobs}></salespulse-export-menu>`
            : nothing
        }
      </salespulse-filters>
      ${this.loadError ? errorPanel(this, this.loadError, () => void this.#loadPanels(dashboard.panels)) : nothing}
      ${dashboard.panels.length === 0 ? emptyPanel(this, this.t('none')) : nothing}
      <div class="grid" part="panels" @salespulse-ready=${keep} @salespulse-session-ended=${keep}
        @salespulse-filter=${this.#filtered} @salespulse-drill=${this.#drilled}>
        ${repeat(
          dashboard.panels,
          ({ id, kind }) => `${dashboard.id} ${kind} ${id}`,
          (panel) => this.#panel(panel, around),
        )}
      </div>
    </div>
    <salespulse-drill .session=${around.session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}
      @salespulse-ready=${keep} @salespulse-session-ended=${keep} @salespulse-drill-closed=${keep}></salespulse-drill>`;
  }

  protected override render(): TemplateResult {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    if (!state.data) {
      if (state.error) return errorPanel(this, state.error, retry);
      return html`<div class="state skeleton" aria-busy="true"><p role="status">${this.t('loading')}</p></div>`;
    }
    const notice = state.error ? staleNotice(this, { error: state.error, retry }) : nothing;
    return html`${notice}${this.#content(state.data)}`;
  }
}
