import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel } from './chart-types.ts';
import { shares } from './legend.ts';

interface TableActions {
  title: string;
  head: string;
  open: (point: number, anchor: HTMLElement) => void;
}

/** The chart's figures as a table; each row opens the same menu as a click into the chart. */
export function dataTable(element: SalesPulseElement, model: ChartModel, actions: TableActions): TemplateResult {
  const { title, head, open } = actions;
  const parts = model.type === 'pie' ? shares(model.series[0]?.values ?? []) : null;
  const mark = element.t('note.partial.mark');
  return html`<div class="scroll" part="table" tabindex="0" role="group" aria-label=${title}>
    <table>
      <caption class="visually-hidden">${title}</caption>
      <thead>
        <tr>
          <th scope="col">${head}</th>
          ${model.series.map(({ label }) => html`<th scope="col" class="number">${label}</th>`)}
          ${parts ? html`<th scope="col" class="number">${element.t('share')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${model.points.map(
          ({ label, member, isPartial }, index) => html`<tr>
            <th scope="row">
              ${
                member?.isRest
                  ? label
                  : html`<button
                      type="button"
                      class="link"
                      aria-haspopup="dialog"
                      @click=${(event: MouseEvent) => open(index, event.currentTarget as HTMLElement)}
                    >${label}</button>`
              }
              ${isPartial ? html`<small>${mark}</small>` : nothing}
            </th>
            ${model.series.map(
              (series) =>
                html`<td class="number">${formatMeasure(element.format, series, series.values[index] ?? null)}</td>`,
            )}
            ${parts ? html`<td class="number">${element.format.percent(parts[index])}</td>` : nothing}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
