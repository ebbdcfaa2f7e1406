import type { Currencies } from './currencies.ts';
import type { Line, Product } from './model.ts';
import { addOnsFor } from './products.ts';
import type { Random } from './random.ts';

/** One line: amounts in hundredths of the company currency, discount taken off. */
export function makeLine(random: Random, product: Product, units: number, priceLevel: number, discount: number): Line {
  const wholeUnits = Math.max(1, Math.round(units));
  return {
    product,
    units: wholeUnits,
    amount: Math.round(wholeUnits * product.listPrice * priceLevel * (1 - discount)),
    cost: Math.round(wholeUnits * product.unitCost * (0.97 + random.next() * 0.06) * Math.min(1, priceLevel + 0.02)),
  };
}

/** A deal's one to three lines: its main product and what goes with it. `dealSize` multiplies the units. */
export function makeLines(
  random: Random,
  products: Product[],
  main: Product,
  dealSize: number,
  priceLevel: number,
): Line[] {
  const units = random.logNormal(main.dealUnits, 0.6) * dealSize;
  const discount = Math.min(0.15, 0.02 + random.next() * 0.07 + (dealSize > 1 ? 0.04 : 0));
  const lines = [makeLine(random, main, units, priceLevel, discount)];
  const addOns = addOnsFor(products, main);
  const extra = random.weighted([0, 1, 2], (count) => [0.4, 0.4, 0.2][count] ?? 0);
  for (let count = 0; count < extra; count++) {
    const addOn = random.pick(addOns);
    if (lines.some((line) => line.product === addOn)) continue;
    lines.push(
      makeLine(random, addOn, random.logNormal(addOn.dealUnits * 0.35, 0.5) * dealSize, priceLevel, discount / 2),
    );
  }
  return lines;
}

/** The lines as they are offered in another currency at the day's rate. */
export function inCurrency(lines: Line[], currencies: Currencies, currency: string, day: number): Line[] {
  return lines.map((line) => ({
    ...line,
    amount: currencies.toForeign(line.amount, currency, day).amount,
    cost: currencies.toForeign(line.cost, currency, day).amount,
  }));
}
