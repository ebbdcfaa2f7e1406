import { html, type TemplateResult } from 'lit';
import type { BoardView } from './board-view.ts';

const columns = [4, 3, 4, 2, 1];

/** The board's shape while its first data is on its way. */
export function skeletonView(t: BoardView['t']): TemplateResult {
  const bar = html`<span class="skeleton bar"></span>`;
  return html`<div class="top" aria-hidden="true">${bar}</div>
  <div class="board" part="loading" aria-busy="true">
    <span class="visually-hidden" role="status">${t('loading')}</span>
    ${columns.map(
      (cards) => html`<div class="column" aria-hidden="true">
        <header>${bar}</header>
        <div class="list">${Array.from({ length: cards }, () => html`<div class="blank">${bar}${bar}</div>`)}</div>
      </div>`,
    )}
  </div>`;
}
