import type { Money } from '../../../../backend/contracts/common.ts';

const parse = (amount: string): { units: bigint; digits: number } => {
  const point = amount.indexOf('.');
  const digits = point < 0 ? 0 : amount.length - point - 1;
  return { units: BigInt(amount.replace('.', '')), digits };
};

const scale = (value: { units: bigint; digits: number }, digits: number): bigint =>
  value.units * 10n ** BigInt(digits - value.digits);

/**
 * `total` plus (`sign` 1) or minus (-1) `part`, exact. Null when the currencies differ: then only the
 * server, which knows the day's rate, can tell the new total.
 */
export function addMoney(total: Money, part: Money, sign: 1 | -1): Money | null {
  if (total.currency !== part.currency) return null;
  const left = parse(total.amount);
  const right = parse(part.amount);
  const digits = Math.max(left.digits, right.digits);
  const sum = scale(left, digits) + BigInt(sign) * scale(right, digits);
  const negative = sum < 0n;
  const text = (negative ? -sum : sum).toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const amount = digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
  return { amount: negative ? `-${amount}` : amount, currency: total.currency };
}

/** The sum of `parts`, or null when there is none or they are in several currencies. */
export function sumMoney(parts: readonly Money[]): Money | null {
  let sum = parts[0] ?? null;
  for (const part of parts.slice(1)) {
    if (sum === null) return null;
    sum = addMoney(sum, part, 1);
  }
  return sum;
}
