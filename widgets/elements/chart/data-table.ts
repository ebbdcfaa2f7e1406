import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel, ChartSeries } from './chart-types.ts';
import { changeOf, shares } from './shares.ts';
import { isRound } from './what-fits.ts';

interface TableActions {
  title: string;
  head: string;
  open: (point: number, series: number, anchor: HTMLElement) => void;
}

/** The chart's figures as a table; rows, and the figures where there are several, open the same menu as a click into the chart. */
export function dataTable(element: SalesPulseElement, model: ChartModel, actions: TableActions): TemplateResult {
  const { title, head, open } = actions;
  const parts = isRound(model) ? shares(model.series[0]?.values ?? []) : null;
  const mark = element.t('note.partial.mark');
  const door = (point: number, series: number, content: unknown, label: string | typeof nothing = nothing) =>
    html`<button type="button" class="link" aria-haspopup="dialog" aria-label=${label}
      @click=${(event: MouseEvent) => open(point, series, event.currentTarget as HTMLElement)}>${content}</button>`;
  const figure = (series: ChartSeries, column: number, row: number) => {
    const value = series.values[row] ?? null;
    const share = series.shares?.[row] ?? null;
    const text = formatMeasure(element.format, series, value);
    const shown = share === null ? text : html`${text} <small>${element.format.percent(share)}</small>`;
    // Of a single series, the row is the door.
    const isDoor =
      model.series.length > 1 && value !== null && !series.member?.isRest && !model.points[row]?.member?.isRest;
    return isDoor ? door(row, column, shown, `${series.label}, ${model.points[row]?.label}: ${text}`) : shown;
  };
  const change = (column: number, row: number) => {
    const [now, before] = [model.series[column - 1], model.series[column]].map((series) => series?.values[row] ?? null);
    return element.format.percent(changeOf(model.series[column]?.unit ?? null, now ?? null, before ?? null), {
      signed: true,
    });
  };
  return html`<div class="scroll" part="table" tabindex="0" role="group" aria-label=${title}>
    <table>
      <caption class="visually-hidden">${title}</caption>
      <thead>
        <tr>
          <th scope="col">${head}</th>
          ${model.series.map(
            ({ label, isBefore }) =>
              html`<th scope="col" class="number">${label}</th>${isBefore ? html`<th scope="col" class="number">${element.t('change')}</th>` : nothing}`,
          )}
          ${parts ? html`<th scope="col" class="number">${element.t('share')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${model.points.map(
          ({ label, member, isPartial }, row) => html`<tr>
            <th scope="row">
              ${member?.isRest ? label : door(row, model.series[0]?.member ? -1 : 0, label)}
              ${isPartial ? html`<small>${mark}</small>` : nothing}
            </th>
            ${model.series.map(
              (series, column) =>
                html`<td class="number">${figure(series, column, row)}</td>${series.isBefore ? html`<td class="number">${change(column, row)}</td>` : nothing}`,
            )}
            ${parts ? html`<td class="number">${element.format.percent(parts[row])}</td>` : nothing}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
