/** The part of a DOMRect that hit testing needs, in viewport px. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a card goes within its column: after a card, or on top. */
export type Placement = { after: string } | { after?: never };

/**
 * The index of the column under or nearest to `x`, or -1 when the point is more than `margin` px outside
 * `board` (letting go there means "leave it where it was").
 */
export function columnAt(columns: readonly Box[], board: Box, point: { x: number; y: number }, margin: number): number {
  const outside =
    point.x < board.left - margin ||
    point.x > board.right + margin ||
    point.y < board.top - margin ||
    point.y > board.bottom + margin;
  if (outside) return -1;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, column] of columns.entries()) {
    const distance = Math.max(column.left - point.x, point.x - column.right, 0);
    if (distance < bestDistance) {
      best = index;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * The gap (0..count) in which a card with its centre at `offset` px below the list's start belongs.
 * `count` leaves the dragged card out.
 */
export function gapAt(offset: number, pitch: number, count: number): number {
  return Math.max(0, Math.min(count, Math.floor(offset / pitch)));
}

/** The placement that gap `gap` stands for in a column whose other cards are `ids`, from top to bottom. */
export function placementAt(ids: readonly string[], gap: number): Placement {
  const above = ids[Math.min(gap, ids.length) - 1];
  return above === undefined ? {} : { after: above };
}

/**
 * How far to scroll in a frame, px, while a drag is `zone` px or less from an end of a scroller:
 * negative towards `start`, zero in the middle, `max` at and beyond the edge.
 */
export function edgePull(at: number, start: number, end: number, zone: number, max: number): number {
  // A scroller smaller than two zones would pull in both directions at once.
  const reach = Math.min(zone, (end - start) / 3);
  if (reach <= 0) return 0;
  const intoStart = Math.min(1, (start + reach - at) / reach);
  const intoEnd = Math.min(1, (at - (end - reach)) / reach);
  if (intoStart > 0) return -max * intoStart * intoStart;
  if (intoEnd > 0) return max * intoEnd * intoEnd;
  return 0;
}
