import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel } from './chart-types.ts';
import { sumDecimals } from './decimals.ts';

const swatch = (index: number) =>
  html`<i aria-hidden="true" .style=${`background:var(--_series-${(index % 8) + 1})`}></i>`;

/** Share of each value in their sum; null where there is none. */
export function shares(values: readonly (string | null)[]): (number | null)[] {
  const sum = Number(sumDecimals(values.filter((value) => value !== null)));
  return values.map((value) => (value === null || sum === 0 ? null : Number(value) / sum));
}

/** Names and figures of slices: what a pie alone can't say. */
function pieLegend(element: SalesPulseElement, { points, series: [series] }: ChartModel): TemplateResult {
  const parts = shares(series?.values ?? []);
  return html`<ul class="legend slices" part="legend">
    ${points.map(
      ({ label }, index) => html`<li>
        ${swatch(index)}<span>${label}</span>
        <b>${series ? formatMeasure(element.format, series, series.values[index] ?? null, { compact: true }) : ''}</b>
        <span>${element.format.percent(parts[index])}</span>
      </li>`,
    )}
  </ul>`;
}

/** One button a series, which hides and shows it; nothing where there is only one. */
export function legend(
  element: SalesPulseElement,
  model: ChartModel,
  { hidden, toggle }: { hidden: ReadonlySet<string>; toggle: (series: string) => void },
): TemplateResult | typeof nothing {
  if (model.type === 'pie') return pieLegend(element, model);
  if (model.type === 'scatter' || model.series.length < 2) return nothing;
  return html`<ul class="legend" part="legend" aria-label=${element.t('legend')}>
    ${model.series.map(
      ({ id, label }, index) => html`<li>
        <button type="button" aria-pressed=${!hidden.has(id)} @click=${() => toggle(id)}>${swatch(index)}${label}</button>
      </li>`,
    )}
  </ul>`;
}
