import { html, nothing, type TemplateResult } from 'lit';
import type { Kpi } from '../../../backend/contracts/analytics.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import { type Change, changeOf } from './change.ts';

const arrows = { up: '▲', down: '▼', same: '■' } as const;

/** The metric's name in the reader's language, else as the server says. */
export function metricLabel(element: SalesPulseElement, { metric, label }: Pick<Kpi, 'metric' | 'label'>): string {
  const key = `metric.${metric}`;
  const text = element.t(key);
  return text === key ? label : text;
}

const write = (element: SalesPulseElement, kpi: Kpi, value: string | null, compact = false) =>
  formatMeasure(element.format, kpi, value, { compact });

function changeText(element: SalesPulseElement, { direction, size, isPoints }: Change): string {
  if (direction === 'same') return element.t('change.same');
  const count = Math.round(size * 1000) / 10;
  const amount = isPoints
    ? element.t('change.points', { count, amount: element.format.number(count) })
    : element.format.percent(size);
  return element.t(`change.${direction}`, { amount });
}

function changeLine(element: SalesPulseElement, kpi: Kpi): TemplateResult {
  const change = changeOf(kpi);
  if (!change) return html`<p class="change">${element.t('change.none')}</p>`;
  // Where less is better the direction alone would mislead whoever can't tell the colours apart.
  const verdict = kpi.betterWhen === 'lower' && change.verdict !== 'neutral' ? change.verdict : null;
  return html`<p class="change" part="change">
    <b class=${change.verdict}>
      <span aria-hidden="true">${arrows[change.direction]}</span>
      ${changeText(element, change)}
    </b>
    ${verdict ? html`<span>${element.t(`change.${verdict}`)}</span>` : nothing}
    <span>${element.t('change.versus', { previous: write(element, kpi, kpi.previous) })}</span>
  </p>`;
}

function targetLine(element: SalesPulseElement, kpi: Kpi): TemplateResult | typeof nothing {
  const target = Number(kpi.target);
  if (kpi.target === null || kpi.value === null || !(target > 0)) return nothing;
  const share = Number(kpi.value) / target;
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  const text = element.t('target', {
    share: element.format.percent(share, { decimals: 0 }),
    target: write(element, kpi, kpi.target),
  });
  return html`<div class="target" part="target">
    <div class="bar" aria-hidden="true"><i .style=${`inline-size:${width}`}></i></div>
    <span>${text}</span>
  </div>`;
}

interface TileActions {
  isOpen: boolean;
  toggleHint: () => void;
  drill: () => void;
  isCompared: boolean;
  /** Its course over the period, where it is known. */
  trend: TemplateResult | undefined;
}

/** One figure: name, value, change, target, and what to keep in mind reading it. */
export function tile(element: SalesPulseElement, kpi: Kpi, actions: TileActions): TemplateResult {
  const { isOpen, toggleHint, drill, isCompared, trend } = actions;
  const label = metricLabel(element, kpi);
  const caveatId = `caveat-${kpi.metric}`;
  return html`<li part="tile">
    <div class="head">
      <button
        type="button"
        class="drill"
        part="label"
        aria-describedby=${`value-${kpi.metric} ${kpi.caveat ? caveatId : ''}`}
        @click=${drill}
      >${label}</button>
      ${
        kpi.caveat
          ? html`<button
              type="button"
              class="hint"
              aria-label=${element.t('hint', { metric: label })}
              aria-expanded=${isOpen}
              aria-controls=${caveatId}
              @click=${toggleHint}
            >i</button>`
          : nothing
      }
    </div>
    <p class="value" part="value" id=${`value-${kpi.metric}`}>
      ${write(element, kpi, kpi.value)}${
        kpi.unit === 'moneyPerDay' && kpi.value !== null ? html` <small>${element.t('perDay')}</small>` : nothing
      }
    </p>
    ${kpi.caveat ? html`<p class="caveat" id=${caveatId} ?hidden=${!isOpen}>${kpi.caveat}</p>` : nothing}
    ${trend} ${targetLine(element, kpi)} ${isCompared ? changeLine(element, kpi) : nothing}
  </li>`;
}

/** What stands in for a tile until its figure is there. */
export const tileSkeleton = (): TemplateResult =>
  html`<li aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div><div class="skeleton"></div></li>`;
