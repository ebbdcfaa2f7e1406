import { describe, expect, it } from 'vitest';
import { columnAt, edgePull, gapAt, placementAt } from '../../../../../widgets/elements/kanban/model/drop-target.ts';

const board = { left: 0, right: 640, top: 100, bottom: 500 };
const columns = [
  { left: 10, right: 200, top: 100, bottom: 500 },
  { left: 220, right: 400, top: 100, bottom: 500 },
  { left: 420, right: 600, top: 100, bottom: 500 },
];

describe('columnAt', () => {
  it('takes the column under the pointer, or the nearest in the gutter', () => {
    expect(columnAt(columns, board, { x: 250, y: 300 }, 40)).toBe(1);
    expect(columnAt(columns, board, { x: 205, y: 300 }, 40)).toBe(0);
    expect(columnAt(columns, board, { x: 216, y: 300 }, 40)).toBe(1);
  });

  it('forgives leaving the board by the margin and no more', () => {
    expect(columnAt(columns, board, { x: 670, y: 90 }, 40)).toBe(2);
    expect(columnAt(columns, board, { x: 300, y: 541 }, 40)).toBe(-1);
    expect(columnAt(columns, board, { x: -41, y: 300 }, 40)).toBe(-1);
  });
});

describe('gapAt', () => {
  it('is the row that the centre of the card is in, within the list', () => {
    expect(gapAt(0, 100, 3)).toBe(0);
    expect(gapAt(199, 100, 3)).toBe(1);
    expect(gapAt(-80, 100, 3)).toBe(0);
    expect(gapAt(9_000, 100, 3)).toBe(3);
    expect(gapAt(50, 100, 0)).toBe(0);
  });
});

describe('placementAt', () => {
  it('names the card above, and nothing on top', () => {
    expect(placementAt(['a', 'b'], 0)).toEqual({});
    expect(placementAt(['a', 'b'], 1)).toEqual({ after: 'a' });
    expect(placementAt(['a', 'b'], 2)).toEqual({ after: 'b' });
    expect(placementAt([], 0)).toEqual({});
  });
});

describe('edgePull', () => {
  it('pulls towards the nearer end, harder the closer, and rests in the middle', () => {
    expect(edgePull(300, 100, 500, 60, 18)).toBe(0);
    expect(edgePull(100, 100, 500, 60, 18)).toBe(-18);
    expect(edgePull(20, 100, 500, 60, 18)).toBe(-18);
    expect(edgePull(500, 100, 500, 60, 18)).toBe(18);
    expect(edgePull(470, 100, 500, 60, 18)).toBeGreaterThan(0);
    expect(edgePull(470, 100, 500, 60, 18)).toBeLessThan(edgePull(490, 100, 500, 60, 18));
  });

  it('keeps a resting middle in a scroller smaller than two zones', () => {
    expect(edgePull(140, 100, 180, 60, 18)).toBe(0);
    expect(edgePull(140, 140, 140, 60, 18)).toBe(0);
  });
});
