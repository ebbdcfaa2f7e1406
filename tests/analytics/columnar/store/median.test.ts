import { expect, it } from 'vitest';
import { median } from '../../../../backend/analytics/engines/columnar/store/median.ts';
import { fc } from '../../../support/fast-check.ts';

it('is the middle of the sorted values, or the mean of the two middle ones, near together or far apart', () => {
  const values = fc.oneof(fc.array(fc.integer({ min: -5, max: 5 })), fc.array(fc.integer()));
  fc.assert(
    fc.property(values, (days) => {
      const sorted = days.toSorted((a, b) => a - b);
      const low = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
      const high = sorted[Math.floor(sorted.length / 2)] ?? 0;
      expect(median(days)).toBe(days.length === 0 ? null : String((low + high) / 2));
    }),
  );
});
