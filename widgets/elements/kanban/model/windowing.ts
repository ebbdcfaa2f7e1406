/** Rows from `first` up to, not including, `end`. */
export interface RowRange {
  first: number;
  end: number;
}

/**
 * The rows of a list of equally tall rows that are on screen, with `spare` rows more at both ends.
 * `pitch` is a row's height with its gap, in the unit of `scrollTop` and `height` (px).
 */
export function rowsOnScreen(view: {
  scrollTop: number;
  height: number;
  pitch: number;
  count: number;
  spare: number;
}): RowRange {
  const { scrollTop, height, pitch, count, spare } = view;
  if (count <= 0 || pitch <= 0) return { first: 0, end: 0 };
  const first = Math.floor(Math.max(0, scrollTop) / pitch) - spare;
  const end = Math.ceil((Math.max(0, scrollTop) + height) / pitch) + spare;
  const clampedEnd = Math.max(0, Math.min(count, end));
  return { first: Math.max(0, Math.min(first, clampedEnd)), end: clampedEnd };
}

/** An item that is rendered: its index in the list and the row it is painted in. */
export interface Slot {
  index: number;
  row: number;
}

/** How a drag changes a list: the item taken out (-1: none) and the row held open (-1: none). */
export interface DragShape {
  lifted: number;
  gap: number;
}

/** The rows that a list of `count` items takes while `shape` holds. */
export function rowCount(count: number, shape: DragShape): number {
  return count - (shape.lifted >= 0 ? 1 : 0) + (shape.gap >= 0 ? 1 : 0);
}

/** The row in which item `index` is painted while `shape` holds. A lifted item keeps the row of its index. */
export function rowOf(index: number, shape: DragShape): number {
  if (index === shape.lifted) return index;
  const row = shape.lifted >= 0 && index > shape.lifted ? index - 1 : index;
  return shape.gap >= 0 && row >= shape.gap ? row + 1 : row;
}

/**
 * The items to render, by index: those whose row is in `range`, and those in `keep` wherever they are
 * (the focused item and the dragged one must not leave the document).
 */
export function slotsIn(range: RowRange, count: number, shape: DragShape, keep: readonly number[] = []): Slot[] {
  const slots: Slot[] = [];
  // A drag shifts a row by one at most, so the indexes of a range are known to within one.
  const start = Math.max(0, range.first - 1);
  const end = Math.min(count, range.end + 1);
  const extra = keep.filter((index) => index >= 0 && index < count && (index < start || index >= end));
  const kept = new Set(keep);
  for (let index = start; index < end; index++) {
    const row = rowOf(index, shape);
    if (kept.has(index) || (index !== shape.lifted && row >= range.first && row < range.end))
      slots.push({ index, row });
  }
  for (const index of new Set(extra)) slots.push({ index, row: rowOf(index, shape) });
  return slots.sort((a, b) => a.index - b.index);
}

/** The `scrollTop` that shows `row` whole with the least scrolling. */
export function scrollToShow(row: number, view: { scrollTop: number; height: number; pitch: number }): number {
  const top = row * view.pitch;
  if (top < view.scrollTop) return top;
  const overshoot = top + view.pitch - (view.scrollTop + view.height);
  return overshoot > 0 ? view.scrollTop + overshoot : view.scrollTop;
}
