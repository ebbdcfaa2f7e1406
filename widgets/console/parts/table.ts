import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/** A column of a table; on a narrow screen each row becomes a card and the label stands before the value. */
export interface Column<T> {
  label: string;
  /** Its name where the person chooses which columns show. */
  id?: string;
  /** Shows only when chosen. */
  isExtra?: boolean;
  /** What stands in its head instead of the label. */
  head?: () => unknown;
  cell: (item: T) => unknown;
  /** Numbers stand at the end of their column. */
  isNumber?: boolean;
  /** Dates and other short values stay on one line. */
  isShort?: boolean;
  /** The card's title on a narrow screen. */
  isTitle?: boolean;
  /** The label of a column of buttons is for screen readers only. */
  isLabelHidden?: boolean;
}

export interface Table<T> {
  label: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  /** Newer rows are on the way. */
  isBusy?: boolean;
  key?: (item: T) => unknown;
}

const classOf = <T>({ isNumber, isShort, isTitle }: Column<T>) =>
  [isNumber && 'is-number', isShort && 'is-short', isTitle && 'is-title'].filter(Boolean).join(' ');

/** Rows of records. Roles are written out, because CSS that turns rows into cards takes a table's own away. */
export function tableView<T>({ label, columns, items, isBusy = false, key }: Table<T>): TemplateResult {
  return html`<div class="table-frame">
    <table class="table" role="table" aria-label=${label} aria-busy=${String(isBusy)}>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col" class=${classOf(column)}>${column.head?.() ?? (column.isLabelHidden ? html`<span class="visually-hidden">${column.label}</span>` : column.label)}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          items,
          (item, index) => key?.(item) ?? index,
          (item) => html`<tr role="row">
            ${columns.map((column) => html`<td role="cell" class=${classOf(column)} data-label=${column.isLabelHidden ? '' : column.label}>${column.cell(item)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
