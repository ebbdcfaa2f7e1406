import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type {
  AnalyticsTable,
  MetricId,
  MetricsResponse,
  RecordsResponse,
} from '../../../../backend/contracts/analytics.ts';
import type { ApiError } from '../../../base/api.ts';
import { DataController, type DataState } from '../../../base/data-controller.ts';
import { SalesPulseElement } from '../../../base/element.ts';
import { fire } from '../../../base/events.ts';
import type { Filters } from '../../../base/filters.ts';
import { formatMeasure } from '../../../base/measure.ts';
import { errorPanel, errorText } from '../../../base/states.ts';
import { controls } from '../../../styles/controls.ts';
import type { ChartDrill } from '../../chart/chart-types.ts';
import { periodEnd, periodLabel } from '../../chart/periods.ts';
import { exportJobs } from '../../export-menu/export-jobs.ts';
import type { FileRequest } from '../../export-menu/fetch-file.ts';
import { drillMessages } from './drill.messages.ts';
import { drillStyles } from './drill.styles.ts';
import { type Level, levelOfMember, markedBy, type Way, wayAfter, waysFrom } from './levels.ts';
import { type DrillRow, drillRow } from './rows.ts';

interface Records {
  rows: readonly DrillRow[];
  nextCursor: string | null;
}

/** A part of a figure, and the level that it leads to. */
interface Part {
  level: Level;
  value: string | null;
}

const formats = ['csv', 'xlsx', 'pdf'] as const;

const isSameWay = (a: Way, b: Way) => JSON.stringify(a) === JSON.stringify(b);
const wayName = (way: Way) => (way.kind === 'time' ? way.grain : way.by);

/**
 * What a figure is made of, in a dialog: its parts, each of which leads a level deeper, and the records behind it; back
 * by the path above. Fires `salespulse-record-open` with `{ entity, id }`; `preventDefault()` closes the dialog. Closed, it fires
 * `salespulse-drill-closed`.
 */
export class SalesPulseDrill extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    metric: { state: true },
    levels: { state: true },
    way: { state: true },
    moreProblem: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, drillStyles];
  static override messages = drillMessages;

  declare protected metric: MetricId | null;
  /** From the figure that was opened to the level that shows. */
  declare protected levels: readonly Level[];
  declare protected way: Way | undefined;
  /** Why no further records came, until they are asked for again or another level shows. */
  declare protected moreProblem: ApiError | null;
  readonly #catalogue: DataController<MetricsResponse>;
  readonly #parts: DataController<AnalyticsTable>;
  readonly #records: DataController<Records>;

  constructor() {
    super();
    this.metric = null;
    this.levels = [];
    this.moreProblem = null;
    this.#catalogue = new DataController<MetricsResponse>(this, {
      key: () => (this.metric ? 'metrics' : null),
      load: (api, signal) => api.get<MetricsResponse>('analytics/metrics', {}, { signal }),
    });
    this.#parts = new DataController<AnalyticsTable>(this, {
      key: () => (this.metric && this.way ? JSON.stringify([this.#query, this.way]) : null),
      load: (api, signal) => {
        const { way } = this;
        if (way?.kind === 'time')
          return api.get('analytics/series', { ...this.#query, metrics: this.metric, grain: way.grain }, { signal });
        return api.get(
          'analytics/breakdown',
          { ...this.#query, metrics: this.metric, by: way?.by, limit: 50 },
          { signal },
        );
      },
    });
    this.#records = new DataController<Records>(this, {
      key: () => (this.metric ? JSON.stringify([this.metric, this.#query]) : null),
      load: (api, signal) => this.#page(api, null, signal),
    });
  }

  /** Opens what a tile or mark stands for. `around` are the filters of everything beside it. */
  async open(drill: ChartDrill, around: Filters = {}): Promise<void> {
    const { metric, from, to, filters } = drill;
    const by = markedBy(drill, around);
    const period = this.t('period', { from: this.format.day(from), to: this.format.day(to) });
    this.metric = metric;
    this.levels = [{ label: `${this.t(`metric.${metric}`)}, ${period}`, from, to, filters }];
    this.way = wayAfter(waysFrom({ from, to, filters }), by);
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  get #level(): Level | undefined {
    return this.levels.at(-1);
  }

  get #query() {
    const { from, to, filters } = this.#level ?? { from: '', to: '', filters: {} };
    return { from, to, ...filters };
  }

  get #ways(): Way[] {
    const known = this.#catalogue.state.data?.items.find(({ id }) => id === this.metric);
    return this.#level ? waysFrom(this.#level, known?.dimensions) : [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('levels')) this.moreProblem = null;
    // What the catalogue says may rule out the way that was supposed.
    const { way } = this;
    if (this.#level && way && !this.#ways.some((one) => isSameWay(one, way))) this.way = this.#ways[0];
  }

  async #page(api: SalesPulseElement['api'], after: Records | null, signal?: AbortSignal): Promise<Records> {
    const query = { metric: this.metric, ...this.#query, cursor: after?.nextCursor };
    const page = await api.get<RecordsResponse>('analytics/records', query, signal ? { signal } : {});
    const rows = page.items.map((item) => drillRow(page.entity, item));
    return { rows: [...(after?.rows ?? []), ...rows], nextCursor: page.nextCursor };
  }

  async #more(records: Records): Promise<void> {
    const level = this.#level;
    this.moreProblem = null;
    try {
      const next = await this.#page(this.api, records);
      if (level === this.#level) this.#records.set(next);
    } catch (error) {
      if (level === this.#level) this.moreProblem = error as ApiError;
      fire(this, 'salespulse-error', { error: error as ApiError });
    }
  }

  /** All of the records that are listed, and those that are not loaded yet. */
  readonly #request = (): FileRequest => {
    const { metric, levels } = this;
    const { from, to, ...filters } = this.#query;
    const title = [this.t(`metric.${metric}`), ...levels.slice(1).map(({ label }) => label)].join(' › ').slice(0, 100);
    const selection = { range: `${from}/${to}`, compare: 'none', filters } as const;
    return { of: { kind: 'records', metric: metric as MetricId, selection, title } };
  };

  /** Down to a part of what shows. */
  #down(part: Level, way: Way): void {
    this.levels = [
      ...this.levels.map((level, at) => (at === this.levels.length - 1 ? { ...level, way } : level)),
      part,
    ];
    const ways = this.#ways;
    const sameKind = ways.find(({ kind }) => kind === way.kind) ?? ways[0];
    this.way = way.kind === 'time' ? sameKind : wayAfter(ways, way.by);
    this.#focusPath();
  }

  /** Back to a level that one came through. */
  #back(at: number): void {
    this.levels = this.levels.slice(0, at + 1);
    this.way = this.#level?.way ?? this.#ways[0];
    this.#focusPath();
  }

  #focusPath(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-current]')?.focus());
  }

  readonly #close = (): void => {
    this.renderRoot.querySelector('dialog')?.close();
  };

  readonly #closed = (): void => {
    this.metric = null;
    this.levels = [];
    this.way = undefined;
    fire(this, 'salespulse-drill-closed');
  };

  #partsOf(table: AnalyticsTable, level: Level, way: Way): Part[] {
    return table.rows.map(([head, value]) => {
      const amount = typeof value === 'string' ? value : null;
      if (way.kind === 'dimension') {
        const member = head && typeof head === 'object' ? head : { id: null, name: '' };
        const named = { ...member, name: member.name || this.t('notSet') };
        return { level: levelOfMember(level, way.by, named), value: amount };
      }
      const day = String(head).slice(0, 10);
      const end = periodEnd(day, way.grain);
      const from = [day, level.from].sort()[1] ?? day;
      const to = [end, level.to].sort()[0] ?? end;
      return {
        level: { filters: level.filters, label: periodLabel(this.format, day, way.grain), from, to },
        value: amount,
      };
    });
  }

  #table(state: DataState<AnalyticsTable>, level: Level, way: Way): TemplateResult {
    if (state.error) return errorPanel(this, state.error, () => void this.#parts.refresh());
    if (!state.data || state.kind === 'loading')
      return html`<div class="skeleton lines" role="status"><span class="visually-hidden">${this.t('loading')}</span></div>`;
    const measure = state.data.columns.at(-1);
    const parts = this.#partsOf(state.data, level, way);
    if (parts.length === 0) return html`<p>${this.t('parts.empty')}</p>`;
    const most = Math.max(...parts.map(({ value }) => Math.abs(Number(value ?? 0))), 0);
    return html`<div class="scroll"><table class="parts">
      ${parts.map(
        (part) => html`<tr>
          <th scope="row"><button type="button" class="link" @click=${() => this.#down(part.level, way)}>${part.level.label}</button></th>
          <td class="bar" aria-hidden="true"><meter min="0" max=${most || 1} .value=${Math.abs(Number(part.value ?? 0))}></meter></td>
          <td class="number">${measure ? formatMeasure(this.format, measure, part.value) : part.value}</td>
        </tr>`,
      )}
    </table></div>`;
  }

  #list(state: DataState<Records>): TemplateResult {
    if (state.error && !state.data) return errorPanel(this, state.error, () => void this.#records.refresh());
    if (!state.data)
      return html`<div class="skeleton lines" role="status"><span class="visually-hidden">${this.t('loading')}</span></div>`;
    const { data } = state;
    if (data.rows.length === 0) return html`<p>${this.t('records.empty')}</p>`;
    const { format } = this;
    const day = (date: string | null) =>
      date?.includes('T') ? format.moment(date, { dateStyle: 'medium' }) : format.day(date);
    const open = (record: object) => {
      if (!fire(this, 'salespulse-record-open', record)) this.#close();
    };
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${this.t('records')}><table>
        <thead><tr><th scope="col">${this.t('name')}</th><th scope="col">${this.t('date')}</th><th scope="col" class="wide">${this.t('owner')}</th><th scope="col" class="number">${this.t('amount')}</th></tr></thead>
        <tbody>${data.rows.map(
          ({ name, record, about, date, owner, amount, counted }) => html`<tr>
            <th scope="row">${record ? html`<button type="button" class="link" @click=${() => open(record)}>${name}</button>` : name}${about ? html`<small>${about}</small>` : nothing}${owner ? html`<small class="narrow">${owner}</small>` : nothing}</th>
            <td class="day">${day(date)}</td><td class="wide">${owner ?? '–'}</td><td class="number">${format.money(amount)}${counted ? html`<small>${format.money(counted)}</small>` : nothing}</td></tr>`,
        )}</tbody>
      </table></div>
      ${data.nextCursor ? this.#next(data) : nothing}`;
  }

  /** One button for both, so that it keeps the focus. */
  #next(records: Records): TemplateResult {
    const { moreProblem } = this;
    return html`${moreProblem ? html`<p role="alert">${this.t('moreFailed')} ${errorText(this, moreProblem)}</p>` : nothing}
      <button type="button" @click=${() => void this.#more(records)}>${this.t(moreProblem ? 'retry' : 'more')}</button>`;
  }

  protected override render(): TemplateResult {
    const level = this.#level;
    return html`<dialog aria-label=${this.metric ? this.t(`metric.${this.metric}`) : nothing} @close=${this.#closed}>
      ${level ? this.#content(level) : nothing}
    </dialog>`;
  }

  #content(level: Level): TemplateResult {
    const { way } = this;
    return html`<header>
        <nav aria-label=${this.t('path')}><ol>
          ${this.levels.map((one, at) =>
            one === level
              ? html`<li><strong tabindex="-1" aria-current="page">${one.label}</strong></li>`
              : html`<li><button type="button" class="link" @click=${() => this.#back(at)}>${one.label}</button></li>`,
          )}
        </ol></nav>
        <button type="button" aria-label=${this.t('close')} @click=${this.#close}>✕</button>
      </header>
      ${
        way
          ? html`<div class="ways" role="group" aria-label=${this.t('split')}>
              ${this.#ways.map(
                (one) =>
                  html`<button type="button" aria-pressed=${String(isSameWay(one, way))} @click=${() => {
                    this.way = one;
                  }}>${this.t(`way.${wayName(one)}`)}</button>`,
              )}</div>
            ${this.#table(this.#parts.state, level, way)}`
          : nothing
      }
      <div class="records">
        <h3>${this.t('records')}</h3>
        <salespulse-export-menu .host=${this} .request=${this.#request} .formats=${formats} .jobs=${exportJobs}></salespulse-export-menu>
      </div>
      ${this.#list(this.#records.state)}`;
  }
}
