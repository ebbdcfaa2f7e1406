import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BoardColumn } from '../../../../backend/contracts/boards.ts';
import { shapeIn } from '../carry.ts';
import { rowCount, rowsOnScreen, slotsIn } from '../model/windowing.ts';
import type { BoardView } from './board-view.ts';
import { cardContent } from './card.ts';

/** Rows drawn beyond either end of what is seen, so that a fast scroll doesn't show a bare column. */
const spareRows = 3;
/** From this total on, a column's header writes it short. */
const largeTotal = 10_000_000;

// Property bindings, not style attributes: a strict CSP forbids the latter.
const at = (row: number, view: BoardView): string => `transform:translateY(${row * view.pitch}px)`;

/** A column: its stage with count and total, and the cards on screen. */
export function columnView(view: BoardView, column: BoardColumn, index: number): TemplateResult {
  const { stage, cards } = column;
  const shape = shapeIn(view.board, view.carry, index);
  const rows = rowCount(cards.length, shape);
  const page = view.pages.get(stage.id);
  const isTarget = view.carry !== null && shape.gap >= 0;
  return html`<section class="column stage-${stage.kind} ${isTarget ? 'target' : ''}" part="column" data-column=${stage.id}>
    ${columnHeader(view, column)}
    <div class="list" tabindex="-1" data-stage=${stage.id} @scroll=${view.onScroll}>
      <ul aria-labelledby="stage-${index}" .style=${`block-size:${rows * view.pitch}px`}>
        ${cardRows(view, column, shape, rows)}
        ${isTarget ? gapView(view, shape.gap) : nothing}
      </ul>
      ${rows === 0 ? html`<p class="none">${view.t(`noCards.${view.board.pipeline.entity}`)}</p>` : nothing}
      ${page === 'loading' ? html`<p class="none" role="status">${view.t('loadingMore')}</p>` : nothing}
      ${
        page === 'failed'
          ? html`<p class="none">${view.t('moreFailed')}
              <button type="button" @click=${() => view.loadMore(stage.id)}>${view.t('retry')}</button></p>`
          : nothing
      }
    </div>
  </section>`;
}

function columnHeader(view: BoardView, column: BoardColumn): TemplateResult {
  const { stage, count, value } = column;
  const limit = view.isLane ? null : stage.wipLimit;
  const isOver = limit !== null && count > limit;
  const number = view.format.number(count);
  const index = view.board.columns.findIndex((column) => column.stage.id === stage.id);
  const isLarge = Math.abs(Number(value.amount)) >= largeTotal;
  return html`<header part="column-header">
    <h3 id="stage-${index}">
      <span class="name" title=${stage.name}>${stage.name}</span>
      <span class="count ${isOver ? 'over' : ''}" title=${limit === null ? nothing : view.t('wip', { limit })}><span class="visually-hidden">, ${view.t('cards', { count, number })}</span><span aria-hidden="true">${number}${limit === null ? nothing : html`<small>/${limit}</small>`}</span>${isOver ? html`<span class="visually-hidden">, ${view.t('wip', { limit })}</span>` : nothing}</span>
    </h3>
    <span class="totals"><span class="total" title=${view.format.money(value)}>${view.format.money(value, isLarge ? { compact: true } : { decimals: 0 })}</span>${view.extras?.column(view, column)}</span>
  </header>`;
}

function cardRows(view: BoardView, column: BoardColumn, shape: { lifted: number; gap: number }, rows: number) {
  const { stage, cards } = column;
  const range = rowsOnScreen({
    scrollTop: view.scrollTop(stage.id),
    height: view.listHeight,
    pitch: view.pitch,
    count: rows,
    spare: spareRows,
  });
  const tabStop = view.tabStop(stage.id);
  const stop = Math.max(
    0,
    cards.findIndex((card) => card.id === tabStop),
  );
  const slots = slotsIn(range, cards.length, shape, shape.lifted < 0 ? [stop] : [stop, shape.lifted]);
  return repeat(
    slots,
    ({ index }) => cards[index]?.id,
    ({ index, row }) => {
      const card = cards[index];
      if (!card) return nothing;
      const isLifted = index === shape.lifted;
      return html`<li part="card" data-card=${card.id} class="card ${isLifted ? 'lifted' : ''} ${card.canMove ? '' : 'locked'}"
        aria-setsize=${column.count} aria-posinset=${index + 1}
        .style=${at(isLifted && shape.gap >= 0 ? shape.gap : row, view)}>${cardContent(view, card, stage, index === stop)}</li>`;
    },
  );
}

/** Where the held card would fall: an empty slot under the pointer's copy, or the card itself for the keyboard. */
function gapView(view: BoardView, row: number): TemplateResult {
  const { carry, board } = view;
  // Over another lane it is shown there.
  const isHere = carry?.by === 'keyboard' && carry.to;
  const held = isHere
    ? (carry.guest ??
      board.columns.flatMap(({ cards, stage }) =>
        cards.filter(({ id }) => id === carry.cardId).map((card) => ({ card, stage })),
      )[0])
    : undefined;
  return html`<li class=${held ? 'card held' : 'gap'} role="presentation" aria-hidden="true" .style=${at(row, view)}>
    ${held ? cardContent(view, held.card, held.stage, false) : nothing}
  </li>`;
}
