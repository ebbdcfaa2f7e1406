import { html, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartModel } from './chart-types.ts';

/** A point someone has chosen, and where its menu opens within the frame. */
export interface ChosenPoint {
  point: number;
  series: number;
  place: { x: number; y: number };
  /** Gets the focus back when the menu closes. */
  opener: HTMLElement | null;
}

interface MenuActions {
  drill: () => void;
  filter: () => void;
  close: () => void;
}

/** What one can do with a point: see the records behind it, or look at it alone. */
export function pointMenu(
  element: SalesPulseElement,
  model: ChartModel,
  chosen: ChosenPoint,
  actions: MenuActions,
): TemplateResult {
  const label = model.points[chosen.point]?.label ?? '';
  const series = model.series[chosen.series];
  const value = series?.values[chosen.point] ?? null;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    actions.close();
  };
  const onFocusOut = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!(currentTarget as HTMLElement).contains(relatedTarget as Node | null)) actions.close();
  };
  const place = `left:${chosen.place.x}px;top:${chosen.place.y}px`;
  return html`<div
    class="menu"
    part="menu"
    role="dialog"
    tabindex="-1"
    aria-label=${element.t('menu.label', { label })}
    .style=${place}
    @keydown=${onKey}
    @focusout=${onFocusOut}
  >
    <p>
      <strong>${label}</strong>
      ${series ? html`<span>${series.label}: ${formatMeasure(element.format, series, value)}</span>` : ''}
    </p>
    <button type="button" @click=${actions.drill}>${element.t('menu.drill')}</button>
    <button type="button" @click=${actions.filter}>${element.t('menu.filter', { label })}</button>
  </div>`;
}
