import { html, nothing, type PropertyValues } from 'lit';
import type { RecordsResponse } from '../../../backend/contracts/analytics.ts';
import { analyticsMessages } from '../../base/analytics-messages.ts';
import type { ChartDrill } from '../../elements/chart/chart-types.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { type Column, tableView } from '../parts/table.ts';
import { t } from '../text.ts';
import { type DrillRow, drillRow } from './drill-rows.ts';

interface DrillPage {
  rows: readonly DrillRow[];
  nextCursor: string | null;
}

/** The records behind a figure of the dashboard. */
export class ConsoleDrillDialog extends ConsoleElement {
  static override properties = { drill: { attribute: false }, onClose: { attribute: false } };

  declare drill: ChartDrill | null;
  declare onClose: () => void;
  readonly #page = new Loader<DrillPage>(this);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('drill') && this.drill) this.#load(null);
  }

  #load(after: DrillPage | null): void {
    const { drill } = this;
    if (!drill) return;
    const { metric, from, to, filters } = drill;
    const query = { metric, from, to, ...filters, cursor: after?.nextCursor };
    void this.#page.load(async (signal) => {
      const { entity, items, nextCursor } = await this.app.api.get<RecordsResponse>('analytics/records', query, {
        signal,
      });
      return { rows: [...(after?.rows ?? []), ...items.map((item) => drillRow(entity, item))], nextCursor };
    });
  }

  protected override render() {
    const { drill } = this;
    return html`<salespulse-console-dialog .heading=${this.#heading} .isOpen=${drill !== null} .isWide=${true} .onClose=${this.onClose}
      .content=${drill ? this.#content(drill) : nothing}></salespulse-console-dialog>`;
  }

  get #heading(): string {
    return this.drill ? t('drill.title', { metric: analyticsMessages.en[`metric.${this.drill.metric}`] ?? '' }) : '';
  }

  #content({ from, to }: ChartDrill) {
    const { state } = this.#page;
    const { format } = this.app;
    return html`<p class="muted">${t('drill.period', { from: format.day(from), to: format.day(to) })}</p>
      ${state.kind === 'loading' ? loadingState() : state.kind === 'error' ? errorState(state.error, () => this.#load(null)) : this.#rows(state.data)}`;
  }

  #rows(page: DrillPage) {
    if (page.rows.length === 0) return html`<p class="card-empty">${t('drill.empty')}</p>`;
    const { format } = this.app;
    const columns: Column<DrillRow>[] = [
      {
        label: t('drill.name'),
        isTitle: true,
        cell: ({ name, href, about }) =>
          html`${href ? html`<a href=${href} @click=${this.onClose}>${name}</a>` : name}${about ? html`<br /><span class="muted">${about}</span>` : nothing}`,
      },
      {
        label: t('drill.date'),
        isShort: true,
        cell: ({ date }) => (date?.includes('T') ? format.moment(date, { dateStyle: 'medium' }) : format.day(date)),
      },
      { label: t('drill.owner'), cell: ({ owner }) => owner ?? t('value.none') },
      { label: t('drill.amount'), isNumber: true, cell: ({ amount }) => format.money(amount) },
    ];
    return html`${tableView({ label: this.#heading, columns, items: page.rows, key: ({ id }) => id })}
      ${page.nextCursor ? html`<button type="button" class="button" @click=${() => this.#load(page)}>${t('list.more')}</button>` : nothing}`;
  }
}
