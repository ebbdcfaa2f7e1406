import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Kpi, KpiResponse } from '../../../backend/contracts/analytics.ts';
import { DataController } from '../../base/data-controller.ts';
import { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { type Filters, filterProperties, filtersOf, listProperty } from '../../base/filters.ts';
import { type DayRange, parseRange } from '../../base/range.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { controls } from '../../styles/controls.ts';
import { kpisMessages } from './kpis.messages.ts';
import { kpisStyles } from './kpis.styles.ts';
import { tile, tileSkeleton } from './tile.ts';
import type { Trends } from './trend/trends.ts';

const headline = ['revenue', 'salesVolume', 'averageDeal', 'winRate', 'conversionRate', 'pipelineValue'];

/** What a tile stands for, enough to ask `analytics/records` for the rows behind it. */
export interface KpiDrill extends DayRange {
  metric: Kpi['metric'];
  value: string | null;
  filters: Filters;
}

/**
 * Key figures as tiles, each with its change against an earlier period, its course and its target.
 *
 * @tag salespulse-kpis
 * @attr {string} metrics - metric ids, comma-separated; left out: revenue, salesVolume, averageDeal, winRate, conversionRate, pipelineValue
 * @attr {string} range - a preset such as `this-month` (default), or `YYYY-MM-DD/YYYY-MM-DD`
 * @attr {'previous'|'year'|'none'} compare - the period before (default), the same days a year ago, or nothing
 * @attr {string} category - product categories, comma-separated (or a JSON array); likewise the other filters
 * @attr {string} product - product ids
 * @attr {string} region - regions
 * @attr {string} team - team ids
 * @attr {string} owner - owner ids, or `me`
 * @attr {string} source - lead sources
 * @attr {string} segment - customer segments
 * @fires salespulse-drill - a tile was activated; `detail` is `{ metric, value, from, to, filters }`; unless prevented, `embed.js` opens what is behind it
 * @csspart tile - one tile
 * @csspart label - the metric's name
 * @csspart value - the figure
 * @csspart change - the change against the earlier period
 * @csspart target - the share of the target
 * @csspart trend - the course over the period
 * @csspart error - the panel shown when loading failed
 * @csspart empty - the panel shown when there is nothing
 * @csspart stale - the notice over old data
 */
export class SalesPulseKpis extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    metrics: listProperty,
    range: { type: String },
    compare: { type: String },
    ...filterProperties,
  };
  static override styles = [SalesPulseElement.styles, controls, kpisStyles];
  static override messages = kpisMessages;

  declare metrics: string[] | undefined;
  declare range: string;
  declare compare: 'previous' | 'year' | 'none';
  declare category: string[] | undefined;
  declare product: string[] | undefined;
  declare region: string[] | undefined;
  declare team: string[] | undefined;
  declare owner: string[] | undefined;
  declare source: string[] | undefined;
  declare segment: string[] | undefined;

  readonly #data: DataController<KpiResponse>;
  /** Metrics whose caveat is shown. */
  readonly #openHints = new Set<string>();
  /** The lines in the tiles, once their code is there. */
  #trends: Trends | undefined;

  constructor() {
    super();
    this.range = 'this-month';
    this.compare = 'previous';
    this.#data = new DataController<KpiResponse>(this, {
      key: () => JSON.stringify([this.#wanted, this.range, this.config.timeZone, this.compare, filtersOf(this)]),
      load: (api, signal) => api.get<KpiResponse>('analytics/kpis', this.#query(), { signal }),
      isEmpty: ({ items }) => items.length === 0,
      refreshOnReturn: true,
    });
  }

  protected override firstUpdated(): void {
    import('./trend/trends.ts').then(({ Trends }) => {
      this.#trends = new Trends(this, () => this.#query());
    }, reportError);
  }

  /** Asks for the figures again; what is shown stays until they are there. */
  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  get #wanted(): string[] {
    return this.metrics ?? headline;
  }

  #query() {
    return {
      ...parseRange(this.range, this.config.timeZone),
      metrics: this.#wanted,
      compare: this.compare === 'none' ? undefined : this.compare,
      ...filtersOf(this),
    };
  }

  #drill({ metric, value }: Kpi, { from, to }: DayRange): void {
    const detail: KpiDrill = { metric, value, from, to, filters: filtersOf(this) };
    fire(this, 'salespulse-drill', detail);
  }

  #toggleHint(metric: string): void {
    if (!this.#openHints.delete(metric)) this.#openHints.add(metric);
    this.requestUpdate();
  }

  #tiles({ items, period, comparedWith, dataHash, asOf }: KpiResponse, isWaiting: boolean): TemplateResult {
    const { format } = this;
    return html`<ul class=${isWaiting ? 'waiting' : ''} aria-label=${this.t('region')} aria-busy=${isWaiting} data-hash=${dataHash}>
        ${items.map((kpi) =>
          tile(this, kpi, {
            isOpen: this.#openHints.has(kpi.metric),
            toggleHint: () => this.#toggleHint(kpi.metric),
            drill: () => this.#drill(kpi, period),
            isCompared: comparedWith !== null,
            trend: this.#trends?.line(kpi.metric),
          }),
        )}
      </ul>
      <p class="foot">
        ${
          comparedWith
            ? this.t('compared', { from: format.day(comparedWith.from), to: format.day(comparedWith.to) })
            : nothing
        }
        ${this.t('asOf', { moment: format.moment(asOf) })}
      </p>`;
  }

  protected override render(): TemplateResult {
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
      case 'loading':
        if (state.data) return this.#tiles(state.data, true);
        return html`<ul aria-busy="true">${this.#wanted.map(tileSkeleton)}</ul>
          <span class="visually-hidden" role="status">${this.t('loading')}</span>`;
      case 'error':
        return errorPanel(this, state.error, retry);
      case 'empty':
        return emptyPanel(this, this.t('empty'));
      case 'stale':
        return html`${staleNotice(this, { asOf: state.data.asOf, error: state.error, retry })}
        ${this.#tiles(state.data, false)}`;
      case 'ready':
        return this.#tiles(state.data, false);
      default:
        return state satisfies never;
    }
  }
}
