import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../base/element.ts';
import { formatMeasure } from '../../base/measure.ts';
import type { ChartFilter, ChartModel } from './chart-types.ts';
import type { Mark } from './doors.ts';

/** A mark someone has chosen, and where its menu opens within the frame. */
export interface ChosenPoint extends Mark {
  place: { x: number; y: number };
  /** Gets the focus back when the menu closes. */
  opener: HTMLElement | null;
}

interface MenuActions {
  /** null: there are no records of its own */
  drill: (() => void) | null;
  filters: readonly ChartFilter[];
  filter: (detail: ChartFilter) => void;
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
    ${actions.drill ? html`<button type="button" @click=${actions.drill}>${element.t('menu.drill')}</button>` : nothing}
    ${actions.filters.map(
      (one) =>
        html`<button type="button" @click=${() => actions.filter(one)}>${element.t('menu.filter', { label: one.label })}</button>`,
    )}
  </div>`;
}
