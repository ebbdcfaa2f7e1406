import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Transform } from '../../../backend/contracts/analytics.ts';
import { ApiError } from '../../base/api.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { filterProperties, listProperty } from '../../base/filters.ts';
import { errorPanel } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import type { ChartFilters, ChartQuestion, ChartType, Stacking } from './chart-types.ts';
import type { ChartView } from './chart-view.ts';

/**
 * One chart of analytics figures, with the same figures as a table. What draws is loaded when the element
 * comes near the screen, so a page pays for charts only where it shows one.
 *
 * @tag salespulse-chart
 * @attr {string} metrics - metric ids, comma-separated; left out: revenue
 * @attr {'product'|'category'|'region'|'team'|'owner'|'source'|'segment'} by - compare by this dimension, or by a custom field: `custom.lead.KEY`, `custom.opportunity.KEY`, `custom.account.KEY`; left out: over time
 * @attr {boolean} over-time - with `by`: one metric over time, a series for each value
 * @attr {'day'|'week'|'month'|'quarter'|'year'} grain - length of a period; left out: chosen by the range
 * @attr {'bar'|'line'|'area'|'pie'|'doughnut'|'scatter'|'table'} type - left out: bars with `by`, else a line; `scatter` sets the first metric against the second
 * @attr {'none'|'stacked'|'percent'} stacking - of bars and areas with `over-time`: on each other, or as shares of 100 %
 * @attr {string} range - a preset such as `last-12-months` (default), or `YYYY-MM-DD/YYYY-MM-DD`
 * @attr {'none'|'previous'|'year'} compare - also what was in the period before, or on the same days a year before; left out: nothing; not in pies, scatter charts and splits over time
 * @attr {number} limit - with `by`: how many values to show at most (12, 50 at most; pies show 7)
 * @attr {boolean} others - with `by`: adds up the values beyond the limit as "Others"; pies and stacks of 100 % always do
 * @attr {'none'|'runningTotal'|'share'|'movingAverage'} transform - what is done with the figures
 * @attr {number} window - periods of a moving average (3)
 * @attr {string} heading - title; left out: made of metrics and dimension
 * @attr {string} category - product categories, comma-separated (or a JSON array); likewise the other filters
 * @attr {string} product - product ids
 * @attr {string} region - regions
 * @attr {string} team - team ids
 * @attr {string} owner - owner ids, or `me`
 * @attr {string} source - lead sources
 * @attr {string} segment - customer segments
 * @attr {string} filters - more filters, also by custom fields, as JSON: `{"custom.lead.industry": ["Retail"]}`
 * @fires salespulse-drill - the records behind a value are wanted; `detail` is `{ metric, value, from, to, filters }`; unless prevented, `embed.js` opens what is behind it
 * @fires salespulse-filter - one value or period is wanted alone; `detail` is `{ dimension, values | range, label }`
 * @csspart chart - the frame
 * @csspart title - the title
 * @csspart legend - the legend
 * @csspart table - the table
 * @csspart menu - the menu of a point
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when there is nothing
 * @csspart stale - the notice over old data
 * @cssprop --salespulse-chart-height - height of the plot (18rem)
 */
export class SalesPulseChart extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    metrics: listProperty,
    by: { type: String },
    isOverTime: { type: Boolean, attribute: 'over-time' },
    grain: { type: String },
    type: { type: String },
    stacking: { type: String },
    range: { type: String },
    compare: { type: String },
    limit: { type: Number },
    withOthers: { type: Boolean, attribute: 'others' },
    transform: { type: String },
    window: { type: Number },
    heading: { type: String },
    ...filterProperties,
    filters: { type: Object },
  };
  static override styles = [
    SalesPulseElement.styles,
    controls,
    css`
      .place {
        min-block-size: var(--salespulse-chart-height, 18rem);
        align-content: center;
      }
    `,
  ];

  declare metrics: string[] | undefined;
  declare by: string | undefined;
  declare isOverTime: boolean;
  declare grain: string | undefined;
  declare type: ChartType | undefined;
  declare stacking: Stacking | undefined;
  declare range: string;
  declare compare: ChartQuestion['compare'] | undefined;
  declare limit: number;
  declare withOthers: boolean;
  declare transform: Transform | undefined;
  declare window: number;
  /** More filters, by parameter of the API; an attribute of the same name goes before. */
  declare filters: ChartFilters | undefined;
  declare heading: string | undefined;
  declare category: string[] | undefined;
  declare product: string[] | undefined;
  declare region: string[] | undefined;
  declare team: string[] | undefined;
  declare owner: string[] | undefined;
  declare source: string[] | undefined;
  declare segment: string[] | undefined;

  #view: ChartView | undefined;
  #loading: Promise<void> | undefined;
  #loadError: ApiError | undefined;
  #observer: IntersectionObserver | undefined;

  constructor() {
    super();
    this.range = 'last-12-months';
    this.limit = 12;
    this.isOverTime = false;
    this.withOthers = false;
    this.window = 3;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#view) return;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#loadView();
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer?.disconnect();
    super.disconnectedCallback();
  }

  /** Asks for the figures again; what is shown stays until they are there. */
  async refresh(): Promise<void> {
    await this.#loadView();
    await this.#view?.refresh();
  }

  #loadView(): Promise<void> {
    this.#observer?.disconnect();
    this.#loading ??= import('./chart-view.ts')
      .then(({ ChartView }) => {
        this.#view = new ChartView(this);
        this.#loadError = undefined;
      })
      .catch((cause: unknown) => {
        this.#loading = undefined;
        this.#loadError = new ApiError({ status: 0, code: 'network', detail: String(cause) }, { cause });
      })
      .finally(() => this.requestUpdate());
    return this.#loading;
  }

  protected override render(): TemplateResult {
    if (this.#view) return this.#view.render();
    if (this.#loadError) return errorPanel(this, this.#loadError, () => void this.#loadView());
    return html`<div class="state skeleton place" aria-busy="true">
      <p>${this.t('loading')}</p>
    </div>`;
  }
}
