import { describe, expect, it } from 'vitest';
import { sumDecimals } from '../../../../widgets/elements/chart/decimals.ts';
import { fc } from '../../../support/fast-check.ts';

const text = (scaled: bigint) => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(5, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
};

describe('sum of decimals', () => {
  it('is exact where floats are not', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['99999999999999.9999', '0.0001'])).toBe('100000000000000');
    expect(sumDecimals(['-1.5', '1', '0.25'])).toBe('-0.25');
    expect(sumDecimals([])).toBe('0');
  });

  it('equals the sum of the scaled integers, for any decimals', () => {
    const scaled = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n });
    fc.assert(
      fc.property(fc.array(scaled, { maxLength: 30 }), (values) => {
        const sum = values.reduce((total, value) => total + value, 0n);
        expect(Number(sumDecimals(values.map(text)))).toBe(Number(text(sum)));
      }),
    );
  });
});
