import { describe, expect, it } from 'vitest';
import {
  isSameSelection,
  narrowed,
  pointedAt,
  rangeIn,
  type Selection,
  withValues,
} from '../../../../widgets/elements/filters/selection.ts';

const selection: Selection = { range: 'this-year', compare: 'previous', filters: { region: ['A', 'B'] } };
const march = { from: '2026-03-01', to: '2026-03-31' };

describe('a selection', () => {
  it('is narrowed by what was pointed at, and as before once that is taken back', () => {
    const only = pointedAt([], { dimension: 'region', values: ['A'], label: 'A' });
    const more = pointedAt(only, { dimension: 'period', range: march, label: 'March' });
    expect(narrowed(selection, more)).toEqual({
      range: '2026-03-01/2026-03-31',
      compare: 'previous',
      filters: { region: ['A'] },
    });
    expect(narrowed(selection, [])).toEqual(selection);
  });

  it('counts the latest choice of a dimension', () => {
    const only = pointedAt([{ dimension: 'region', values: ['A'], label: 'A' }], {
      dimension: 'region',
      values: [''],
      label: 'Not set',
    });
    expect(narrowed(selection, only).filters).toEqual({ region: [''] });
  });

  it('loses a filter without values', () => {
    expect(withValues({ region: ['A'], team: ['t'] }, 'region', [])).toEqual({ team: ['t'] });
  });

  it('is the same in another order of filters, and another with other values', () => {
    const both = { ...selection, filters: { region: ['A'], team: ['t'] } };
    expect(isSameSelection(both, { ...selection, filters: { team: ['t'], region: ['A'] } })).toBe(true);
    expect(isSameSelection(both, { ...both, filters: { team: ['t'], region: ['B'] } })).toBe(false);
  });

  it('takes presets and days in order for a range', () => {
    expect([rangeIn('last-quarter'), rangeIn('2026-01-02/2026-01-01'), rangeIn('soon')]).toEqual([
      'last-quarter',
      null,
      null,
    ]);
  });
});
