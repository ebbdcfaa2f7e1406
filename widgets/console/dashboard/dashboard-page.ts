import { html, nothing, type PropertyValues } from 'lit';
import type { FilterOptions } from '../../../backend/contracts/analytics.ts';
import type { ChartDrill, ChartFilter } from '../../elements/chart/chart-types.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { type Filter, type FilterBar, filterChips, filterMenus } from '../parts/filter-bar.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner } from '../parts/states.ts';
import { knownValues, namedOptions, textOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { type DashboardQuestion, dashboardFilters, defaultRange, questionOf } from './question.ts';
import type { RangeChangeEvent } from './range-filter.ts';

/** Key figures and charts of a range of days, with filters kept in the address. */
export class ConsoleDashboardPage extends ConsolePage {
  static override properties = { drill: { state: true } };

  /** The value whose records are shown. */
  declare drill: ChartDrill | null;
  readonly #options = new Loader<FilterOptions>(this);

  constructor() {
    super();
    this.drill = null;
  }

  get heading(): string {
    return t('nav.dashboard');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void => void this.#options.load(() => knownValues(this.app));

  protected override render() {
    const question = questionOf(this.match.query);
    const bar: FilterBar = {
      app: this.app,
      query: this.match.query,
      filters: this.#filters(),
      change: (changes) => this.setQuery(changes),
    };
    return html`<div class="page" @salespulse-filter=${this.#filtered} @salespulse-drill=${this.#drilled}>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      <div class="toolbar" role="search" aria-label=${t('dashboard.filters')}>
        <salespulse-console-range-filter .app=${this.app} .range=${question.range} @salespulse-console-range=${this.#rangeChosen}></salespulse-console-range-filter>
        <label class="sort-field"><span>${t('dashboard.compare')}</span>
          <select @change=${(event: Event) => this.setQuery({ compare: (event.target as HTMLSelectElement).value })}>
            ${(['previous', 'year', 'none'] as const).map((compare) => html`<option value=${compare} ?selected=${compare === question.compare}>${t(`dashboard.compare.${compare}`)}</option>`)}
          </select>
        </label>
        ${filterMenus(bar)}
      </div>
      ${filterChips(bar)}
      ${this.#options.state.kind === 'error' ? banner('warning', html`<p>${t('dashboard.noFilters', { reason: problemText(this.#options.state.error) })}</p><button type="button" class="button" @click=${this.#load}>${t('state.retry')}</button>`) : nothing}
      ${this.#figures(question)}
    </div>
    <salespulse-console-drill-dialog .app=${this.app} .drill=${this.drill} .onClose=${() => {
      this.drill = null;
    }}></salespulse-console-drill-dialog>`;
  }

  #figures({ range, compare, filters }: DashboardQuestion) {
    const chart = (heading: string, type: string, by: string | undefined, part: string) =>
      html`<salespulse-chart class=${part} metrics="revenue" type=${type} .by=${by} .range=${range} .heading=${heading}
        .category=${filters.category} .region=${filters.region} .team=${filters.team} .source=${filters.source} .segment=${filters.segment}></salespulse-chart>`;
    return html`<salespulse-kpis .range=${range} .compare=${compare} .category=${filters.category} .region=${filters.region}
        .team=${filters.team} .source=${filters.source} .segment=${filters.segment}></salespulse-kpis>
      <div class="charts">
        ${chart(t('dashboard.overTime'), 'area', undefined, 'chart-wide')} ${chart(t('dashboard.byCategory'), 'bar', 'category', '')}
        ${chart(t('dashboard.byRegion'), 'pie', 'region', '')}
      </div>`;
  }

  #filters(): Filter[] {
    const options = this.#options.data;
    return dashboardFilters.map((name) => ({
      name,
      label: t(`dashboard.${name}`),
      options: !options
        ? []
        : name === 'team'
          ? namedOptions(options.team)
          : textOptions(options[name], t('filter.notSet')),
    }));
  }

  readonly #rangeChosen = ({ range }: RangeChangeEvent): void =>
    this.setQuery({ range: range === defaultRange ? null : range });

  /** A click into a chart shows one value or period alone. */
  readonly #filtered = (event: CustomEvent<ChartFilter>): void => {
    const { detail } = event;
    if (detail.dimension === 'period') this.setQuery({ range: `${detail.range.from}/${detail.range.to}` });
    else if (dashboardFilters.some((name) => name === detail.dimension))
      this.setQuery({ [detail.dimension]: detail.values });
    else return;
    event.preventDefault();
  };

  readonly #drilled = (event: CustomEvent<ChartDrill>): void => {
    event.preventDefault();
    this.drill = event.detail;
  };
}
