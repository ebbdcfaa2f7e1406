import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAmount, priceOf } from '../../../../widgets/console/opportunities/line-amount.ts';

describe('the amount of a line', () => {
  it.each([
    ['3', '1200', '10', 2, '3240.00'],
    ['3', '0.1', '', 2, '0.30'],
    ['1', '0.005', '0', 2, '0.01'],
    ['-1', '0.005', '0', 2, '-0.01'],
    ['2.5', '19.99', '12.5', 2, '43.73'],
    ['7', '1000', '0', 0, '7000'],
    ['1', '10', '100', 2, '0.00'],
    ['99999999999', '99999.99', '', 2, '9999998999900000.01'],
  ])('is %s times %s less %s %% with %i decimals: %s', (quantity, price, discount, digits, amount) => {
    expect(lineAmount(quantity, price, discount, digits)).toBe(amount);
  });

  it('is unknown where something is no number', () => {
    expect(lineAmount('', '1', '', 2)).toBeNull();
    expect(lineAmount('1', 'a lot', '', 2)).toBeNull();
    expect(lineAmount('1', '1', 'some', 2)).toBeNull();
  });

  it('gives a price only where that gives the amount again', () => {
    expect(priceOf('3240.00', '3', 2)).toBe('1080');
    expect(priceOf('100.00', '3', 2)).toBe('33.3333');
    expect(priceOf('1.00', '30000', 2)).toBe('');
    expect(priceOf('1.00', '0', 2)).toBe('');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 1, max: 100_000 }), (cents, quantity) => {
        const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
        const price = priceOf(amount, String(quantity), 2);
        if (price !== '') expect(lineAmount(String(quantity), price, '', 2)).toBe(amount);
      }),
    );
  });
});
