import { describe, expect, it } from 'vitest';
import {
  rowCount,
  rowOf,
  rowsOnScreen,
  scrollToShow,
  slotsIn,
} from '../../../../../widgets/elements/kanban/model/windowing.ts';
import { fc } from '../../../../support/fast-check.ts';

describe('rowsOnScreen', () => {
  it('covers every visible pixel, whatever the scroll position', () => {
    fc.assert(
      fc.property(
        fc.nat(600_000),
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 5_000 }),
        (scrollTop, height, pitch, count) => {
          const { first, end } = rowsOnScreen({ scrollTop, height, pitch, count, spare: 0 });
          const contentEnd = count * pitch;
          if (scrollTop < contentEnd) {
            expect(first * pitch).toBeLessThanOrEqual(scrollTop);
            expect(end * pitch).toBeGreaterThanOrEqual(Math.min(scrollTop + height, contentEnd));
          }
          expect(end - first).toBeLessThanOrEqual(Math.ceil(height / pitch) + 1);
        },
      ),
    );
  });

  it('is as small for 5,000 rows as for 100', () => {
    const view = { scrollTop: 0, height: 600, pitch: 100, spare: 4 };
    expect(rowsOnScreen({ ...view, count: 5_000 })).toEqual(rowsOnScreen({ ...view, count: 100 }));
  });

  it('is empty for an empty list and bounded when scrolled past a list that shrank', () => {
    expect(rowsOnScreen({ scrollTop: 0, height: 600, pitch: 100, count: 0, spare: 4 })).toEqual({ first: 0, end: 0 });
    const past = rowsOnScreen({ scrollTop: 90_000, height: 600, pitch: 100, count: 3, spare: 4 });
    expect(past.end).toBe(3);
    expect(past.first).toBeLessThanOrEqual(3);
  });
});

describe('rows while dragging', () => {
  it('gives every other card a row of its own and leaves the gap free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(), fc.nat(), fc.boolean(), (count, a, b, fromHere) => {
        const lifted = fromHere ? a % count : -1;
        const gap = b % (count + (fromHere ? 0 : 1));
        const shape = { lifted, gap };
        const rows = [];
        for (let index = 0; index < count; index++) if (index !== lifted) rows.push(rowOf(index, shape));
        const expected = Array.from({ length: rowCount(count, shape) }, (_, row) => row).filter((row) => row !== gap);
        expect(rows).toEqual(expected);
      }),
    );
  });

  it('renders exactly the cards in range, and those to keep', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.nat(60),
        fc.nat(20),
        fc.integer({ min: -1, max: 59 }),
        fc.integer({ min: -1, max: 60 }),
        fc.array(fc.nat(80), { maxLength: 3 }),
        (count, first, size, lift, gap, keep) => {
          const shape = { lifted: lift < count ? lift : -1, gap: gap <= count ? gap : -1 };
          const range = { first, end: first + size };
          const expected = [];
          for (let index = 0; index < count; index++) {
            const row = rowOf(index, shape);
            const isVisible = index !== shape.lifted && row >= range.first && row < range.end;
            if (isVisible || keep.includes(index)) expected.push({ index, row });
          }
          expect(slotsIn(range, count, shape, keep)).toEqual(expected);
        },
      ),
    );
  });
});

describe('scrollToShow', () => {
  it('scrolls no further than needed', () => {
    const view = { scrollTop: 250, height: 300, pitch: 100 };
    expect(scrollToShow(3, view)).toBe(250);
    expect(scrollToShow(1, view)).toBe(100);
    expect(scrollToShow(7, view)).toBe(500);
  });
});
