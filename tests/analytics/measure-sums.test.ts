import { describe, expect, it } from 'vitest';
import { addMeasures, togetherCaveat } from '../../backend/analytics/measure-sums.ts';
import { noMeasures } from '../../backend/analytics/measures.ts';
import { metricOf } from '../../backend/analytics/metrics.ts';

const cell = (other: Partial<typeof noMeasures>) => ({ ...noMeasures, ...other });

describe('measures of several cells', () => {
  it('adds up sums, to the last digit', () => {
    const cells = [cell({ revenue: '0.1', saleCount: '2' }), cell({ revenue: '0.2', saleCount: '3' })];
    expect(addMeasures(cells, ['revenue', 'saleCount'])).toMatchObject({ revenue: '0.3', saleCount: '5' });
  });

  it('does not tell what is no sum where several cells have any: who bought in both counts in both', () => {
    const wanted = ['activeCustomers', 'cycleDays'] as const;
    const one = cell({ activeCustomers: '7', cycleDays: '3.5' });
    expect(addMeasures([one, cell({ activeCustomers: '2', cycleDays: '1' })], wanted)).toMatchObject({
      activeCustomers: null,
      cycleDays: null,
    });
    expect(addMeasures([noMeasures, one], wanted)).toEqual(one);
    expect(addMeasures([noMeasures, noMeasures], wanted)).toEqual(noMeasures);
  });

  it('says why', () => {
    expect(togetherCaveat(metricOf('activeCustomers'))).toContain('different customers');
    expect(togetherCaveat(metricOf('velocity'))).toContain('median');
    expect(togetherCaveat(metricOf('revenue'))).toBeNull();
  });
});
