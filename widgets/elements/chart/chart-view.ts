import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { AnalyticsTable } from '../../../backend/contracts/analytics.ts';
import { DataController } from '../../base/data-controller.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { fire } from '../../base/events.ts';
import { type FilterName, filtersOf } from '../../base/filters.ts';
import { formatMeasure } from '../../base/measure.ts';
import { today } from '../../base/range.ts';
import { emptyPanel, errorPanel, staleNotice } from '../../base/states.ts';
import { chartMessages } from './chart.messages.ts';
import { chartStyles } from './chart.styles.ts';
import { ChartCanvas } from './chart-canvas.ts';
import { chartModel, hasValues } from './chart-model.ts';
import type { ChartFilter, ChartFilters, ChartModel, ChartQuestion } from './chart-types.ts';
import { isHorizontal } from './data-sets.ts';
import { dataTable } from './data-table.ts';
import { drillOf, filtersFor } from './doors.ts';
import { exportOf } from './export-of.ts';
import { legend } from './legend.ts';
import { headOf, madeTitle, measureLabel, notes } from './notes.ts';
import { type ChosenPoint, pointMenu } from './point-menu.ts';
import { type ChartAttributes, questionOf, requestOf } from './question.ts';
import { summary } from './summary.ts';
import { isRound } from './what-fits.ts';

type ChartHost = SalesPulseElement &
  ChartAttributes & { heading: string | undefined; filters: ChartFilters | undefined } & {
    [name in FilterName]: string[] | undefined;
  };

interface Answer {
  question: ChartQuestion;
  table: AnalyticsTable;
}

const menuWidth = 220;
const tableFormats = ['csv', 'xlsx', 'pdf'] as const;
const chartFormats = [...tableFormats, 'png', 'svg'] as const;

/** All of a chart that its page doesn't need before one is on screen. */
export class ChartView implements ReactiveController {
  readonly #host: ChartHost;
  readonly #data: DataController<Answer>;
  readonly #canvas: ChartCanvas;
  #model: { of: Answer; locale: string; model: ChartModel } | undefined;
  #hidden: ReadonlySet<string> = new Set();
  #chosen: ChosenPoint | undefined;
  #isTable = false;

  constructor(host: ChartHost) {
    this.#host = host;
    (host.constructor as typeof SalesPulseElement).messages = chartMessages;
    const root = host.renderRoot as ShadowRoot;
    if (chartStyles.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, chartStyles.styleSheet];
    import('../export-menu/define.ts').catch(reportError);
    this.#canvas = new ChartCanvas(() => host.requestUpdate());
    this.#data = new DataController<Answer>(host, {
      key: () => {
        const { metrics, by, isOverTime, grain, type, stacking, range, compare, limit, withOthers, transform } = host;
        const asked = [metrics, by, isOverTime, grain, type, stacking, range, compare, limit, withOthers, transform];
        return JSON.stringify([...asked, host.window, host.config.timeZone, this.#filters]);
      },
      load: async (api, signal) => {
        const question = questionOf(host, host.config.timeZone);
        const [path, query] = requestOf(question, this.#filters);
        return { question, table: await api.get<AnalyticsTable>(path, query, { signal }) };
      },
      isEmpty: ({ table }) => !hasValues(table),
      refreshOnReturn: true,
    });
    host.addController(this);
  }

  get #filters(): ChartFilters {
    return { ...this.#host.filters, ...filtersOf(this.#host) };
  }

  refresh(): Promise<void> {
    return this.#data.refresh();
  }

  hostUpdated(): void {
    const host = this.#host;
    this.#canvas.sync(
      host.renderRoot,
      this.#model?.model.type === 'table' || this.#isTable ? undefined : this.#model?.model,
      this.#hidden,
      {
        write: (series, value, compact = false) => formatMeasure(host.format, series, value, { compact }),
        partialMark: host.t('note.partial.mark'),
        onPoint: (point, series, { x, y }) => this.#open({ point, series, place: this.#placed(x, y), opener: null }),
      },
    );
  }

  hostDisconnected(): void {
    this.#canvas.destroy();
  }

  #modelOf(answer: Answer): ChartModel {
    const host = this.#host;
    const { locale, timeZone } = host.config;
    if (this.#model?.of !== answer || this.#model.locale !== locale) {
      const model = chartModel(answer.table, answer.question, {
        format: host.format,
        today: today(timeZone),
        notSet: host.t('notSet'),
        rest: host.t('rest'),
        measure: (column) => measureLabel(host, column, answer.question),
      });
      this.#model = { of: answer, locale, model };
      this.#chosen = undefined;
    }
    return this.#model.model;
  }

  /** Keeps the menu inside the frame. */
  #placed(x: number, y: number): { x: number; y: number } {
    const frame = this.#host.renderRoot.querySelector('figure')?.getBoundingClientRect();
    const plot = this.#host.renderRoot.querySelector('.plot')?.getBoundingClientRect();
    const left = (plot?.left ?? 0) - (frame?.left ?? 0) + x;
    const top = (plot?.top ?? 0) - (frame?.top ?? 0) + y;
    return { x: Math.max(8, Math.min(left, (frame?.width ?? 0) - menuWidth)), y: top };
  }

  #open(chosen: ChosenPoint): void {
    const point = this.#model?.model.points[chosen.point];
    if (!point || point.member?.isRest || this.#model?.model.series[chosen.series]?.member?.isRest) return;
    this.#chosen = chosen;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('.menu button')?.focus(),
    );
  }

  #openAt(point: number, series: number, opener: HTMLElement): void {
    const frame = this.#host.renderRoot.querySelector('figure')?.getBoundingClientRect();
    const box = opener.getBoundingClientRect();
    const place = { x: box.left - (frame?.left ?? 0), y: box.bottom - (frame?.top ?? 0) + 4 };
    this.#open({ point, series, place, opener });
  }

  #close(): void {
    const opener = this.#chosen?.opener;
    this.#chosen = undefined;
    this.#host.requestUpdate();
    opener?.focus();
  }

  #drill({ question }: Answer, model: ChartModel, chosen: ChosenPoint): (() => void) | null {
    const detail = drillOf(question, model, chosen, this.#filters);
    return (
      detail &&
      (() => {
        this.#close();
        fire(this.#host, 'salespulse-drill', detail);
      })
    );
  }

  #filter(detail: ChartFilter): void {
    this.#close();
    fire(this.#host, 'salespulse-filter', detail);
  }

  #picture(model: ChartModel, title: string): TemplateResult {
    const rows = isHorizontal(model) ? model.points.length * Math.max(1, model.series.length) : 0;
    const height = rows > 8 ? `block-size:${rows * 1.75 + 3}rem` : '';
    const toggle = (id: string) => {
      const hidden = new Set(this.#hidden);
      if (!hidden.delete(id)) hidden.add(id);
      this.#hidden = hidden;
      this.#host.requestUpdate();
    };
    const isPie = isRound(model);
    return html`<div class=${isPie ? 'pie' : model.type}>
        ${isPie ? nothing : legend(this.#host, model, { hidden: this.#hidden, toggle })}
        <div class="plot" .style=${height}>
          <canvas role="img" aria-label=${title} aria-describedby="summary"></canvas>
        </div>
        ${isPie ? legend(this.#host, model, { hidden: this.#hidden, toggle }) : nothing}
      </div>
      <p id="summary" class="visually-hidden">
        ${summary(model, title, this.#host.format, (key, variables) => this.#host.t(key, variables))}
      </p>`;
  }

  #chart(answer: Answer, isWaiting: boolean): TemplateResult {
    const host = this.#host;
    const model = this.#modelOf(answer);
    const title = host.heading || madeTitle(host, answer.question, answer.table);
    const isTable = model.type === 'table' || this.#isTable;
    const chosen = this.#chosen;
    const toggle = () => {
      this.#isTable = !this.#isTable;
      this.#chosen = undefined;
      host.requestUpdate();
    };
    const open = (...door: [number, number, HTMLElement]) => this.#openAt(...door);
    return html`<figure class=${isWaiting ? 'waiting' : ''} part="chart" aria-busy=${isWaiting} data-hash=${answer.table.dataHash}>
      <header>
        <figcaption part="title">${title}</figcaption>
        <div class="tools">
          ${model.type === 'table' ? nothing : html`<button type="button" @click=${toggle}>${host.t(isTable ? 'view.chart' : 'view.table')}</button>`}
          <salespulse-export-menu
            .host=${host}
            .request=${() => exportOf(answer.question, this.#filters, title)}
            .dataHash=${answer.table.dataHash}
            .formats=${isTable && model.type === 'table' ? tableFormats : chartFormats}
          ></salespulse-export-menu>
        </div>
      </header>
      ${
        isTable
          ? dataTable(host, model, {
              title,
              head: this.#capitalised(headOf(host, answer.question, answer.table)),
              open,
            })
          : this.#picture(model, title)
      }
      <p class="notes">${notes(host, answer, model)}</p>
      <span class="probe"></span><span class="probe watch"></span>
      ${
        chosen
          ? pointMenu(host, model, chosen, {
              drill: this.#drill(answer, model, chosen),
              filters: filtersFor(answer.question, model, chosen),
              filter: (detail) => this.#filter(detail),
              close: () => this.#close(),
            })
          : nothing
      }
    </figure>`;
  }

  /** Without figures it keeps its name and its place. */
  #frame(content: TemplateResult, place = 'plot'): TemplateResult {
    const { heading } = this.#host;
    return html`<figure aria-busy=${place !== 'plot'}>
      ${heading ? html`<header><figcaption>${heading}</figcaption></header>` : nothing}
      <div class=${place}>${content}</div>
    </figure>`;
  }

  #capitalised(text: string): string {
    return text.charAt(0).toLocaleUpperCase(this.#host.config.locale) + text.slice(1);
  }

  render(): TemplateResult {
    const host = this.#host;
    const { state } = this.#data;
    const retry = () => void this.refresh();
    switch (state.kind) {
      case 'idle':
      case 'loading':
        if (state.data) return this.#chart(state.data, true);
        return this.#frame(
          html`<span class="visually-hidden" role="status">${host.t('loading')}</span>`,
          'plot skeleton',
        );
      case 'error':
        return this.#frame(errorPanel(host, state.error, retry));
      case 'empty':
        return this.#frame(emptyPanel(host, host.t('empty')));
      case 'stale':
        return html`${staleNotice(host, { asOf: state.data.table.asOf, error: state.error, retry })}
        ${this.#chart(state.data, false)}`;
      case 'ready':
        return this.#chart(state.data, false);
      default:
        return state satisfies never;
    }
  }
}
