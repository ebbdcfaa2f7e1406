/** A decimal number as digits without a point: value = units / 10 ** scale. */
interface Scaled {
  units: bigint;
  scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

function parse(text: string): Scaled {
  const match = DECIMAL.exec(text);
  if (!match) throw new TypeError(`not a decimal number: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { units: sign === '-' ? -digits : digits, scale: fraction.length };
}

function format(units: bigint, digits: number): string {
  const isNegative = units < 0n;
  const text = (isNegative ? -units : units).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (isNegative ? '-' : '') + whole + (digits > 0 ? `.${text.slice(-digits)}` : '');
}

const powers = Array.from({ length: 40 }, (_, digits) => 10n ** BigInt(digits));
const power = (digits: number): bigint => powers[digits] ?? 10n ** BigInt(digits);

/** Half away from zero, as PostgreSQL rounds numeric. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = (2n * n + d) / (2n * d);
  return isNegative ? -quotient : quotient;
}

/** `value` with exactly `digits` decimals. */
export function round(value: string, digits: number): string {
  return roundShort(value, digits) ?? divide(value, '1', digits) ?? value;
}

/** So long, a decimal's digits are a number to the last one. */
const SHORT = 15;
const SHORT_DECIMAL = /^-?\d+\.\d+$/;

/** The same without big numbers, for the thousands of values of a split; null where it takes those. */
function roundShort(value: string, digits: number): string | null {
  const point = value.indexOf('.');
  const surplus = value.length - point - 1 - digits;
  if (value.length > SHORT || surplus <= 0 || digits === 0 || !SHORT_DECIMAL.test(value)) return null;
  const isNegative = value.startsWith('-');
  const units = Number(value.slice(isNegative ? 1 : 0, point) + value.slice(point + 1));
  const unit = 10 ** surplus;
  const rest = units % unit;
  const rounded = (units - rest) / unit + (2 * rest >= unit ? 1 : 0);
  const text = String(rounded).padStart(digits + 1, '0');
  return `${isNegative && rounded > 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `value` with no more than so many digits that are not leading zeros; written with as many decimals as before. */
export function roundToSignificant(value: string, digits: number): string {
  const { units, scale } = parse(value);
  const surplus = units.toString().replace('-', '').length - digits;
  return surplus <= 0 ? value : format(divideRounded(units, power(surplus)) * power(surplus), scale);
}

/** `a / b` with exactly `digits` decimals, computed exactly and rounded once; null when `b` is zero. */
export function divide(a: string, b: string, digits: number): string | null {
  const numerator = parse(a);
  const denominator = parse(b);
  if (denominator.units === 0n) return null;
  const scaled = numerator.units * power(digits) * power(denominator.scale);
  return format(divideRounded(scaled, denominator.units * power(numerator.scale)), digits);
}

/** `a + b`, exactly. */
export function add(a: string, b: string): string {
  const left = parse(a);
  const right = parse(b);
  const scale = Math.max(left.scale, right.scale);
  return format(left.units * power(scale - left.scale) + right.units * power(scale - right.scale), scale);
}

/** `a - b`, exactly. */
export function subtract(a: string, b: string): string {
  const { units, scale } = parse(b);
  return add(a, format(-units, scale));
}

/** `a * b`, exactly. */
export function multiply(a: string, b: string): string {
  const left = parse(a);
  const right = parse(b);
  return format(left.units * right.units, left.scale + right.scale);
}

/** All of them, exactly: each is read once, whatever their number. */
export function sum(values: Iterable<string>): string {
  const byScale = new Map<number, bigint>();
  for (const value of values) {
    const { units, scale } = parse(value);
    byScale.set(scale, (byScale.get(scale) ?? 0n) + units);
  }
  const scale = Math.max(0, ...byScale.keys());
  let total = 0n;
  for (const [own, units] of byScale) total += units * power(scale - own);
  return format(total, scale);
}

/** Is it zero, however written? */
export const isZero = (value: string): boolean => parse(value).units === 0n;

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  const scale = Math.max(left.scale, right.scale);
  const [own, other] = [left.units * power(scale - left.scale), right.units * power(scale - right.scale)];
  return own < other ? -1 : own > other ? 1 : 0;
}
