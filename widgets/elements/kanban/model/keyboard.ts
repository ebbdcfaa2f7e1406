/** A place on the board by column and row; with a card picked up, `row` is the gap it would fall into. */
export interface Spot {
  column: number;
  row: number;
}

/** The keys that move focus or a picked-up card. */
export type StepKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End' | 'PageUp' | 'PageDown';

const stepKeys = new Set<string>([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** Whether a `KeyboardEvent.key` is a StepKey. */
export const isStepKey = (key: string): key is StepKey => stepKeys.has(key);

/**
 * Where `key` leads from `from`. `rows[i]` is how many rows column i offers: its cards when focus moves
 * (columns without any are skipped), its gaps when a card is carried (at least one each). `page` is the
 * rows of a screenful. The same spot where there is nothing in that direction.
 */
export function step(key: StepKey, from: Spot, rows: readonly number[], page: number): Spot {
  const last = (rows[from.column] ?? 1) - 1;
  const clamp = (row: number): Spot => ({ column: from.column, row: Math.max(0, Math.min(last, row)) });
  switch (key) {
    case 'ArrowUp':
      return clamp(from.row - 1);
    case 'ArrowDown':
      return clamp(from.row + 1);
    case 'PageUp':
      return clamp(from.row - Math.max(1, page));
    case 'PageDown':
      return clamp(from.row + Math.max(1, page));
    case 'Home':
      return clamp(0);
    case 'End':
      return clamp(last);
    case 'ArrowLeft':
      return sideways(-1, from, rows);
    case 'ArrowRight':
      return sideways(1, from, rows);
    default:
      return key satisfies never;
  }
}

function sideways(direction: 1 | -1, from: Spot, rows: readonly number[]): Spot {
  for (let column = from.column + direction; column >= 0 && column < rows.length; column += direction) {
    const offered = rows[column] ?? 0;
    if (offered > 0) return { column, row: Math.min(from.row, offered - 1) };
  }
  return from;
}
