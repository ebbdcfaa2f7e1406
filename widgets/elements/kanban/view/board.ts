import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Hands } from '../hands.ts';
import { sumMoney } from '../model/totals.ts';
import { rulerCard } from '../scene.ts';
import type { BoardView } from './board-view.ts';
import { cardContent } from './card.ts';
import { columnView } from './column.ts';

/** The line above the columns: pipeline, what is still open in it, age of the data, refresh. */
export function topView(view: BoardView, refresh: () => void): TemplateResult {
  const { board, t, format } = view;
  const open = board.columns.filter(({ stage }) => stage.kind === 'open');
  const count = open.reduce((sum, column) => sum + column.count, 0);
  const total = sumMoney(open.map((column) => column.value));
  const cards = t('open', { number: format.number(count) });
  const sum = [cards, ...(total ? [format.money(total, { decimals: 0 })] : [])].join(' · ');
  return html`<header class="top" part="header">
    <h2>${board.pipeline.name}</h2>
    <span class="sum">${sum}</span>
    <span class="as-of">${t('asOf', { moment: format.moment(board.asOf, { timeStyle: 'short' }) })}</span>
    <button type="button" class="refresh" aria-label=${t('refresh')} title=${t('refresh')} @click=${refresh}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="none" stroke="currentColor"
        stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" d="M13 3v3.5h-3.5M13 6.5A5.5 5.5 0 1 0 13.5 9.5"/></svg>
    </button>
  </header>`;
}

/** The columns, and what assistive technology and layout need around them. */
export function boardView(view: BoardView, hands: Hands): TemplateResult {
  const { t, board } = view;
  const { press } = hands;
  return html`<div class="board" role="group" .style=${`--_pitch:${view.pitch}px`} aria-label=${t('board', { name: board.pipeline.name })}
      @click=${hands.onClick} @keydown=${hands.onKeyDown} @focusin=${hands.onFocusIn} @focusout=${hands.onFocusOut}
      @pointerdown=${press.down} @pointermove=${press.move} @pointerup=${press.up} @pointercancel=${press.lost}
      @lostpointercapture=${press.lost} @touchmove=${press.touchMove} @contextmenu=${press.contextMenu}>
      ${repeat(
        board.columns,
        (column) => column.stage.id,
        (column, index) => columnView(view, column, index),
      )}
    </div>
    <div class="ruler" aria-hidden="true"><div class="card">${cardContent(view, rulerCard.card, rulerCard.stage, false)}</div></div>
    <div class="sky" aria-hidden="true"></div>
    <p id="help" hidden>${t('help')} ${view.extras?.help}</p>
    <p id="help-locked" hidden>${t('help.locked')}</p>`;
}
