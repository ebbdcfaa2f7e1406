import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Dashboard, Panel } from '../../../backend/contracts/dashboards.ts';
import { ApiError } from '../../base/api.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartDrill, ChartFilter, ChartFilters } from '../chart/chart-types.ts';
import { narrowed, pointedAt, type Selection } from '../filters/selection.ts';
import { dashboardMessages } from './dashboard.messages.ts';
import { dashboardStyles } from './dashboard.styles.ts';
import { connectionOf, PanelElements } from './panel-elements.ts';
import { loadDashboard } from './source.ts';

/**
 * A dashboard: key figures, charts, pipeline reports and tasks, with one choice of period, comparison and filters for
 * all. A mark of a chart narrows all panels; a figure opens what it is made of and the records behind it.
 *
 * @tag salespulse-dashboard
 * @attr {string} dashboard - `executive`, `manager`, `rep`, `marketing` or an id; left out: the one that the viewer starts with
 * @attr {string} range - a preset such as `this-quarter`, or `YYYY-MM-DD/YYYY-MM-DD`; left out: as the dashboard opens
 * @attr {'previous'|'year'|'none'} compare - the period before, the same days a year ago, or nothing; left out: as the dashboard opens
 * @attr {string} filters - what is filtered by, as JSON: `{"region": ["North"]}`; left out: as the dashboard opens
 * @fires salespulse-selection - period, comparison or filters were chosen; `detail` is `{ range, compare, filters }`
 * @fires salespulse-filter - a mark of a chart narrows all panels; prevented, it doesn't; `detail` is `{ dimension, values | range, label }`
 * @fires salespulse-drill - the records behind a value are wanted; prevented, the element shows nothing itself; `detail` is `{ metric, value, from, to, filters }`
 * @fires salespulse-record-open - a record of a list was activated; `detail` is `{ entity, id }`
 * @csspart filters - the choice of period, comparison and filters
 * @csspart only - what was chosen in charts
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
    only: { state: true },
    loadError: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, dashboardStyles];
  static override messages = dashboardMessages;

  declare dashboard: string | undefined;
  declare range: string | undefined;
  declare compare: Selection['compare'] | undefined;
  declare filters: ChartFilters | undefined;
  /** What was chosen in charts, on top of the selection. */
  declare protected only: readonly ChartFilter[];
  declare protected loadError: ApiError | undefined;

  readonly #elements = new PanelElements(this);
  readonly #data = new DataController<Dashboard>(this, {
    key: () => this.dashboard ?? '',
    load: (api, signal) => loadDashboard(api, this.dashboard, signal),
    isEmpty: ({ panels }) => panels.length === 0,
  });
  /** The dashboard whose elements stand there. */
  #shown: Dashboard | undefined;

  constructor() {
    super();
    this.only = [];
  }

  /** Asks for the definition again, e.g. once it was changed elsewhere. */
  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { data } = this.#data.state;
    if (!data || data === this.#shown) return;
    if (data.id !== this.#shown?.id) {
      this.#elements.clear();
      this.only = [];
    }
    this.#shown = data;
    void this.#loadPanels(data.panels);
  }

  async #loadPanels(panels: readonly Panel[]): Promise<void> {
    this.loadError = undefined;
    try {
      await this.#elements.load(panels);
    } catch (cause) {
      this.loadError = new ApiError({ status: 0, code: 'network', detail: String(cause) }, { cause });
    }
  }

  #selectionOf({ selection }: Dashboard): Selection {
    return {
      range: this.range ?? selection.range,
      compare: this.compare ?? selection.compare,
      filters: this.filters ?? selection.filters,
    };
  }

  readonly #selected = (event: CustomEvent<Selection>): void => {
    event.stopPropagation();
    const { range, compare, filters } = event.detail;
    Object.assign(this, { range, compare, filters });
    fire(this, 'salespulse-selection', { range, compare, filters });
  };

  /** One event leaves the element, in its own name: whoever listens outside answers before it is acted on. */
  readonly #filtered = (event: CustomEvent<ChartFilter>): void => {
    event.stopPropagation();
    event.preventDefault();
    if (fire(this, 'salespulse-filter', event.detail)) this.only = pointedAt(this.only, event.detail);
  };

  readonly #drilled = (event: CustomEvent<Partial<ChartDrill>>): void => {
    const { detail } = event;
    // Pipeline reports and tasks show what is behind theirs themselves.
    if (!detail.metric) return;
    event.stopPropagation();
    event.preventDefault();
    const { data } = this.#data.state;
    if (!data || !fire(this, 'salespulse-drill', detail)) return;
    const { filters } = narrowed(this.#selectionOf(data), this.only);
    void this.renderRoot.querySelector('salespulse-dashboard-drill')?.open(detail as ChartDrill, filters);
  };

  #chips(): TemplateResult | typeof nothing {
    if (this.only.length === 0) return nothing;
    return html`<div class="only" part="only" role="group" aria-label=${this.t('only')}>
      ${this.only.map(
        (one) =>
          html`<button type="button" class="chip" @click=${() => {
            this.only = this.only.filter((other) => other !== one);
          }}><span class="visually-hidden">${this.t('takeBack')}:</span> ${this.t('only.one', { label: one.label })} <span aria-hidden="true">×</span></button>`,
      )}
    </div>`;
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
    }
  }

  #panel(panel: Panel, selection: Selection): TemplateResult {
    const heading = this.#headingOf(panel);
    const element = this.#elements.of(panel, selection);
    return html`<section class="panel width-${panel.width} ${panel.height}" part="panel" aria-labelledby=${heading ? `title-${panel.id}` : nothing}>
      ${heading ? html`<h3 id=${`title-${panel.id}`}>${heading}</h3>` : nothing}
      ${element ?? html`<div class="skeleton waiting" aria-busy="true"></div>`}
    </section>`;
  }

  #content(dashboard: Dashboard): TemplateResult {
    const base = this.#selectionOf(dashboard);
    const selection = narrowed(base, this.only);
    const { server, sessionUrl, fetchClientSecret, session, locale, timeZone, theme } = connectionOf(this);
    return html`<div class="dashboard">
      <salespulse-filters part="filters" .server=${server} .sessionUrl=${sessionUrl} .fetchClientSecret=${fetchClientSecret}
        .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme} .range=${base.range} .compare=${base.compare}
        .filters=${base.filters} @salespulse-selection=${this.#selected}></salespulse-filters>
      ${this.#chips()}
      ${this.loadError ? errorPanel(this, this.loadError, () => void this.#loadPanels(dashboard.panels)) : nothing}
      ${dashboard.panels.length === 0 ? emptyPanel(this, this.t('none')) : nothing}
      <div class="grid" part="panels" @salespulse-filter=${this.#filtered} @salespulse-drill=${this.#drilled}>
        ${repeat(
          dashboard.panels,
          ({ id }) => id,
          (panel) => this.#panel(panel, selection),
        )}
      </div>
    </div>
    <salespulse-dashboard-drill .server=${server} .sessionUrl=${sessionUrl} .fetchClientSecret=${fetchClientSecret}
      .session=${session} .locale=${locale} .timeZone=${timeZone} .theme=${theme}></salespulse-dashboard-drill>`;
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
