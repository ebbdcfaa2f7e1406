import { html, type PropertyValues } from 'lit';
import type { ChartDrill } from '../../elements/chart/chart-types.ts';
import '../../elements/dashboard/drill/define.ts';
import type { SalesPulseDrill } from '../../elements/dashboard/drill/drill.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { recordHref } from '../records/facts.ts';

/** What is behind a figure of a page, as dashboards show it; its records lead to their pages. */
export class ConsoleDrillDialog extends ConsoleElement {
  static override properties = { drill: { attribute: false }, onClose: { attribute: false } };

  declare drill: ChartDrill | null;
  declare onClose: () => void;

  protected override updated(changed: PropertyValues): void {
    if (changed.has('drill') && this.drill)
      void this.querySelector<SalesPulseDrill>('salespulse-drill')?.open(this.drill);
  }

  readonly #opened = (event: CustomEvent<{ entity: 'lead' | 'opportunity'; id: string }>): void => {
    event.preventDefault();
    this.app.navigate(recordHref(event.detail.entity, event.detail.id));
  };

  protected override render() {
    return html`<salespulse-drill .timeZone=${this.app.me.timeZone} .locale=${this.app.format.locale} @salespulse-drill-closed=${() => this.onClose()}
      @salespulse-record-open=${this.#opened}></salespulse-drill>`;
  }
}
