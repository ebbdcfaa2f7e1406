import { html, nothing, svg, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel } from './chart-types.ts';
import { seriesLook } from './series-look.ts';
import { shares } from './shares.ts';
import { isRound } from './what-fits.ts';

const paths = {
  circle: 'M9 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
  rect: 'M9 3h6v6h-6z',
  triangle: 'M12 2.5l3.5 6.5h-7z',
  rectRot: 'M12 2l4 4-4 4-4-4z',
};

/** The look of a series as the chart draws it: a line with its dash and shape, or a surface with its hatching. */
function swatch(index: number, isLine: boolean, isBefore = false): TemplateResult {
  const look = seriesLook(index);
  const { color, shape } = look;
  const dash = isBefore ? [2, 3] : look.dash;
  const ink = `color:var(--_series-${color + 1})`;
  if (!isLine)
    return html`<i class=${isBefore || look.isHatched ? 'hatched' : ''} aria-hidden="true" .style=${ink}></i>`;
  return html`<svg class="key" viewBox="0 0 24 12" aria-hidden="true" .style=${ink}>
    ${svg`<path d="M0 6h24" stroke-dasharray=${dash.join(' ') || nothing}></path>${isBefore ? nothing : svg`<path class="shape" d=${paths[shape]}></path>`}`}
  </svg>`;
}

/** Names and figures of slices: what a pie alone can't say. */
function pieLegend(element: SalesPulseElement, { points, series: [series] }: ChartModel): TemplateResult {
  const parts = shares(series?.values ?? []);
  return html`<ul class="legend slices" part="legend">
    ${points.map(
      ({ label }, index) => html`<li>
        ${swatch(index, false)}<span>${label}</span>
        <b>${series ? formatMeasure(element.format, series, series.values[index] ?? null, { compact: true }) : ''}</b>
        <span>${element.format.percent(parts[index])}</span>
      </li>`,
    )}
  </ul>`;
}

/** One button a series, which hides and shows it, in the order of the stack from below; nothing for a single one that is no part. */
export function legend(
  element: SalesPulseElement,
  model: ChartModel,
  { hidden, toggle }: { hidden: ReadonlySet<string>; toggle: (series: string) => void },
): TemplateResult | typeof nothing {
  if (isRound(model)) return pieLegend(element, model);
  if (model.type === 'scatter' || (model.series.length < 2 && !model.series[0]?.member)) return nothing;
  const isLine = model.type === 'line' || (model.type === 'area' && model.stacking === 'none');
  return html`<ul class="legend" part="legend" aria-label=${element.t('legend')}>
    ${model.series.map(
      ({ id, label, look, isBefore }) => html`<li>
        <button type="button" aria-pressed=${!hidden.has(id)} @click=${() => toggle(id)}>${swatch(look, isLine, isBefore)}${label}</button>
      </li>`,
    )}
  </ul>`;
}
