import { html, nothing, type PropertyValues } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { Sale } from '../../../backend/contracts/sales.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { errorState } from '../parts/states.ts';
import { moneyText } from '../records/facts.ts';
import { t } from '../text.ts';

/** The sales that winning an opportunity booked; nothing shows where there are none. */
export class ConsoleBookedSales extends ConsoleElement {
  static override properties = { opportunity: { attribute: false }, version: { attribute: false } };

  declare opportunity: string;
  declare version: number;
  readonly #sales = new Loader<readonly Sale[]>(this);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('opportunity') || changed.has('version')) this.#load();
  }

  readonly #load = (): void => {
    const query = { opportunity: this.opportunity, limit: 200 };
    void this.#sales.load(async (signal) => (await this.app.api.get<Page<Sale>>('sales', query, { signal })).items);
  };

  protected override render() {
    const { state } = this.#sales;
    if (state.kind === 'loading' || state.data?.length === 0) return nothing;
    const { format } = this.app;
    return html`<section class="card">
      <header class="card-header"><h2>${t('sales.booked')}</h2></header>
      ${
        state.kind === 'error'
          ? errorState(state.error, this.#load)
          : html`<ul class="lines">
            ${state.data.map(
              (sale) => html`<li><div><p>${sale.product?.name ?? sale.productCategory ?? t('sales.noProduct')}</p>
                <p class="muted">${format.day(sale.soldOn)} · ${t('sales.quantity', { quantity: format.number(sale.quantity) })}</p></div>
                <strong>${moneyText(this.app, sale.amount)}</strong></li>`,
            )}
          </ul>`
      }
    </section>`;
  }
}
