import { describe, expect, it } from 'vitest';
import { isStepKey, step } from '../../../../../widgets/elements/kanban/model/keyboard.ts';

const rows = [3, 0, 2];

describe('step', () => {
  it('stays within the column going up and down', () => {
    expect(step('ArrowDown', { column: 0, row: 1 }, rows, 5)).toEqual({ column: 0, row: 2 });
    expect(step('ArrowDown', { column: 0, row: 2 }, rows, 5)).toEqual({ column: 0, row: 2 });
    expect(step('ArrowUp', { column: 0, row: 0 }, rows, 5)).toEqual({ column: 0, row: 0 });
  });

  it('skips columns that offer nothing and lands on their last row when they are shorter', () => {
    expect(step('ArrowRight', { column: 0, row: 2 }, rows, 5)).toEqual({ column: 2, row: 1 });
    expect(step('ArrowLeft', { column: 2, row: 0 }, rows, 5)).toEqual({ column: 0, row: 0 });
  });

  it('stays where nothing lies beyond', () => {
    expect(step('ArrowRight', { column: 2, row: 1 }, rows, 5)).toEqual({ column: 2, row: 1 });
    expect(step('ArrowLeft', { column: 0, row: 1 }, rows, 5)).toEqual({ column: 0, row: 1 });
  });

  it('jumps by screenfuls and to the ends', () => {
    expect(step('End', { column: 0, row: 0 }, [100], 7)).toEqual({ column: 0, row: 99 });
    expect(step('Home', { column: 0, row: 50 }, [100], 7)).toEqual({ column: 0, row: 0 });
    expect(step('PageDown', { column: 0, row: 50 }, [100], 7)).toEqual({ column: 0, row: 57 });
    expect(step('PageUp', { column: 0, row: 3 }, [100], 7)).toEqual({ column: 0, row: 0 });
  });

  it('knows its keys', () => {
    expect(isStepKey('PageUp')).toBe(true);
    expect(isStepKey('Enter')).toBe(false);
  });
});
