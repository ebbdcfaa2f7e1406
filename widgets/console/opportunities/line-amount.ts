/** Decimals that quantities, prices and discounts are reckoned with. */
const SCALE = 6;
const ONE = 10n ** BigInt(SCALE);

/** A decimal text as a whole number of millionths; null where it is none. */
function scaled(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const value = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'));
  return sign ? -value : value;
}

/** Half away from zero. */
function divided(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value < 0n ? -((-value + half) / by) : (value + half) / by;
}

/** `value` is in units of 10^-digits. */
function decimal(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${value < 0n ? '-' : ''}${text.slice(0, text.length - digits)}${fraction}`;
}

/** Decimals of a currency, as the browser knows it. */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/**
 * Quantity times price less the discount (percent), rounded to `digits` decimals; exact, without floating point. Null
 * where one of them is no number.
 */
export function lineAmount(quantity: string, price: string, discount: string, digits: number): string | null {
  const [count, each, less] = [scaled(quantity), scaled(price), scaled(discount || '0')];
  if (count === null || each === null || less === null) return null;
  const value = count * each * (100n * ONE - less);
  return decimal(divided(value, (ONE * ONE * ONE * 100n) / 10n ** BigInt(digits)), digits);
}

/** The price of one, where it gives exactly the amount again; else empty. */
export function priceOf(amount: string, quantity: string, digits: number): string {
  const [sum, count] = [scaled(amount), scaled(quantity)];
  if (sum === null || count === null || count === 0n) return '';
  const price = decimal(divided(sum * 10_000n, count), 4).replace(/\.?0+$/, '');
  return lineAmount(quantity, price, '', digits) === decimal(divided(sum, ONE / 10n ** BigInt(digits)), digits)
    ? price
    : '';
}
