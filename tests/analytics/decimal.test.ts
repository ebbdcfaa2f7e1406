import { describe, expect, it } from 'vitest';
import { add, compare, divide, isZero, multiply, round, subtract } from '../../backend/analytics/decimal.ts';
import { fc } from '../support/fast-check.ts';

const cents = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
const asText = (value: bigint): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('decimal', () => {
  it('rounds half away from zero, as PostgreSQL does', () => {
    expect(round('2.345', 2)).toBe('2.35');
    expect(round('-2.345', 2)).toBe('-2.35');
    expect(round('2.3449', 2)).toBe('2.34');
    expect(round('7', 2)).toBe('7.00');
    expect(round('0.5', 0)).toBe('1');
    expect(round('-0.004', 2)).toBe('0.00');
  });

  it('rounds short numbers as it rounds long ones', () => {
    const digits = fc.integer({ min: 0, max: 6 });
    const value = fc.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(value, digits, ([units, scale], wanted) => {
        const text = String(units < 0n ? -units : units).padStart(scale + 1, '0');
        const whole = text.slice(0, text.length - scale);
        const decimal = `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${text.slice(-scale)}` : ''}`;
        expect(round(decimal, wanted)).toBe(divide(decimal, '1', wanted));
      }),
      { numRuns: 2_000 },
    );
  });

  it('divides exactly and rounds once', () => {
    expect(divide('1', '3', 6)).toBe('0.333333');
    expect(divide('2', '3', 6)).toBe('0.666667');
    expect(divide('-1.50', '0.4', 2)).toBe('-3.75');
    expect(divide('1', '0.00', 2)).toBeNull();
  });

  it('adds and subtracts to the last digit, however large', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(add(asText(a), asText(b))).toBe(asText(a + b));
        expect(subtract(asText(a), asText(b))).toBe(asText(a - b));
        expect(Math.sign(compare(asText(a), asText(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('takes back a multiplication by dividing', () => {
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        fc.pre(b !== 0n);
        expect(divide(multiply(asText(a), asText(b)), asText(b), 2)).toBe(asText(a));
      }),
    );
  });

  it('knows zero however it is written', () => {
    expect(isZero('-0.0000')).toBe(true);
    expect(isZero('0.0001')).toBe(false);
  });

  it('refuses what is not a decimal number', () => {
    for (const text of ['', '1e5', 'NaN', '1,5', ' 1', '1.']) expect(() => round(text, 2)).toThrow(TypeError);
  });
});
