import type { Board, BoardCards, BoardColumn, Card } from '../../../../backend/contracts/boards.ts';

const isBefore = (one: Card, other: Card): boolean =>
  one.position < other.position || (one.position === other.position && one.id < other.id);

/** The column with a card in its place; one that belongs below what is loaded comes with its page. */
function withCard(column: BoardColumn, card: Card): BoardColumn {
  const at = column.cards.findIndex((other) => isBefore(card, other));
  if (at < 0 && column.nextCursor !== null) return column;
  return { ...column, cards: column.cards.toSpliced(at < 0 ? column.cards.length : at, 0, card) };
}

/** The board with `ids` as the server says they are now: moved, changed, new, or gone. */
export function withNews(board: Board, ids: ReadonlySet<string>, news: BoardCards): Board {
  const columns = board.columns.map((column) => {
    const { stageId: _, ...totals } = news.columns.find(({ stageId }) => stageId === column.stage.id) ?? {
      stageId: '',
    };
    const staying = column.cards.filter(({ id }) => !ids.has(id));
    const coming = news.cards.filter(({ stageId }) => stageId === column.stage.id);
    return coming.reduce((filled, { card }) => withCard(filled, card), { ...column, ...totals, cards: staying });
  });
  return { ...board, columns, asOf: news.asOf };
}
