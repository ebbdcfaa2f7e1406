import { html, nothing, type TemplateResult } from 'lit';
import type { SalesPulseElement } from '../../../base/element.ts';

/** A number that opens its records; plain text where there are none. */
export function numberButton(text: string, isEmpty: boolean, open: () => void, label?: string): TemplateResult {
  return isEmpty
    ? html`<span>${text}</span>`
    : html`<button type="button" class="link" aria-label=${label ?? nothing} @click=${open}>${text}</button>`;
}

/** A bar of a share, 0..1, for the eye alone: the number stands beside it. */
export const bar = (start: number, size: number, tone: string): TemplateResult =>
  html`<span class="track" aria-hidden="true"><i
      class=${tone}
      .style=${`inset-inline-start:${(start * 100).toFixed(2)}%;inline-size:max(${(size * 100).toFixed(2)}%, 2px)`}
    ></i></span>`;

export interface Tile {
  label: string;
  value: string;
  note?: string | undefined;
  tone?: 'warn' | 'good' | undefined;
  open?: (() => void) | undefined;
}

/** A figure with its name and a line about it; opens its records where it can. */
export const tile = ({ label, value, note, tone, open }: Tile): TemplateResult => html`<li class="tile" part="tile">
    <span class="tile-label">${label}</span>
    ${
      open
        ? html`<button type="button" class=${`tile-value link ${tone ?? ''}`} aria-label=${`${label}: ${value}`} @click=${open}>${value}</button>`
        : html`<span class=${`tile-value ${tone ?? ''}`}>${value}</span>`
    }
    ${note ? html`<span class="tile-note">${note}</span>` : nothing}
  </li>`;

/** A table that scrolls within the element where it is wider than that. */
export const scrollTable = (label: string, head: TemplateResult, body: TemplateResult): TemplateResult =>
  html`<div class="scroll" tabindex="0" role="group" aria-label=${label}>
    <table part="table"><caption class="visually-hidden">${label}</caption><thead>${head}</thead><tbody>${body}</tbody></table>
  </div>`;

/** Days, rounded to whole ones from ten on. */
export function daysText(element: SalesPulseElement, days: number | null): string {
  return days === null ? '–' : element.format.number(days, { decimals: days < 10 ? 1 : 0 });
}

/** How many records, in words; the plural goes by the number, what is read by its digits as people write them. */
export const recordsText = (element: SalesPulseElement, count: number): string =>
  element.t('records', { count, number: element.format.number(count) });
