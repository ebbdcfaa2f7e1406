import { describe, expect, it } from 'vitest';
import {
  levelOfMember,
  markedBy,
  nextGrain,
  wayAfter,
  waysFrom,
} from '../../../../widgets/elements/dashboard/drill/levels.ts';
import { drillRow } from '../../../../widgets/elements/dashboard/drill/rows.ts';

const year = { from: '2026-01-01', to: '2026-12-31' };
const names = (filters: Record<string, string[]>, dimensions?: string[]) =>
  waysFrom({ ...year, filters }, dimensions).map((way) => (way.kind === 'time' ? way.grain : way.by));

describe('the next level', () => {
  it.each([
    ['2024-01-01', '2026-12-31', 'year'],
    ['2025-12-01', '2026-11-30', 'month'],
    ['2026-01-01', '2026-12-31', 'month'],
    ['2026-01-31', '2026-02-01', 'month'],
    ['2026-02-01', '2026-02-28', 'day'],
    ['2026-02-01', '2026-02-01', null],
  ])('of %s to %s is %s', (from, to, grain) => {
    expect(nextGrain({ from, to })).toBe(grain);
  });

  it('goes from category to product and from region over team to person', () => {
    expect(names({})).toEqual(['month', 'category', 'region']);
    expect(names({ category: ['Tea'] })).toEqual(['month', 'product', 'region']);
    expect(names({ category: ['Tea'], product: ['p'], region: ['N'] })).toEqual(['month', 'team']);
    expect(names({ team: ['t'] })).toEqual(['month', 'category', 'owner']);
    expect(names({ owner: ['o'] })).toEqual(['month', 'category']);
    expect(names({ region: ['N', 'S'] })).toEqual(['month', 'category', 'region']);
  });

  it('leaves out what the metric can not be split by', () => {
    expect(names({}, ['team', 'owner'])).toEqual(['month', 'team']);
  });

  it('goes on from the mark that was chosen', () => {
    const around = { category: ['Tea'], region: ['N', 'S'] };
    const drill = { metric: 'revenue' as const, value: '1', ...year, filters: { ...around, region: ['N'] } };
    expect(markedBy(drill, around)).toBe('region');
    expect(wayAfter(waysFrom(drill), 'region')).toEqual({ kind: 'dimension', by: 'team' });
    expect(markedBy({ ...drill, filters: around }, around)).toBeNull();
    expect(wayAfter(waysFrom({ ...year, filters: around }), null)).toEqual({ kind: 'time', grain: 'month' });
  });

  it('keeps what lies above, and asks for "not set" by the empty text', () => {
    const level = { label: 'Revenue', ...year, filters: { region: ['N'] } };
    expect(levelOfMember(level, 'category', { id: null, name: 'Not set' })).toEqual({
      label: 'Not set',
      ...year,
      filters: { region: ['N'], category: [''] },
    });
  });
});

describe('a record behind a figure', () => {
  it('of a sale is the opportunity that booked it, if there is one', () => {
    const sale = { id: 's1', product: { id: 'p', name: 'Sensor' }, soldOn: '2026-03-01', opportunityId: 'o1' };
    expect(drillRow('sale', sale)).toMatchObject({ name: 'Sensor', record: { entity: 'opportunity', id: 'o1' } });
    expect(drillRow('sale', { ...sale, opportunityId: null }).record).toBeNull();
  });

  it('shows when an open opportunity is expected to close', () => {
    const row = drillRow('opportunity', { id: 'o1', name: 'Deal', closedOn: null, expectedCloseOn: '2026-05-01' });
    expect(row).toMatchObject({ record: { entity: 'opportunity', id: 'o1' }, date: '2026-05-01', amount: null });
  });
});
