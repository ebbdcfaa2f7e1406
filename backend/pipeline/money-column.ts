import type { Money } from '../contracts/common.ts';
import { type Sql, type SqlRunner, sql } from '../db/index.ts';
import { invalid } from '../http/index.ts';

const digitsByCurrency = new Map<string, number>();

function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** What is wrong with the decimals of an amount, or null. */
export function decimalsProblem({ amount, currency }: Money): string | null {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = minorDigits(currency);
  return decimals > digits ? `has more decimals than ${currency} has (${digits})` : null;
}

/** Refuses money that the company cannot book: too many decimals, or a currency without a rate. */
export async function checkMoney(runner: SqlRunner, money: Money, pointer: string, day: string): Promise<void> {
  const problem = decimalsProblem(money);
  if (problem) throw invalid(`${pointer}/amount`, problem);
  const rate = await runner.first<{ known: boolean }>(sql`
    select base_amount(1, ${money.currency}, ${day}::date) is not null as known`);
  if (!rate?.known) throw invalid(`${pointer}/currency`, `has no exchange rate here: ${money.currency} is not known`);
}

/** The value, currency and base-currency columns of a money field; null clears value and base. */
export function moneyColumns(
  names: { value: string; base: string },
  money: Money | null,
  day: string,
): [string, Sql][] {
  if (money === null)
    return [
      [names.value, sql`null`],
      [names.base, sql`null`],
    ];
  const amount = sql`${money.amount}::numeric`;
  return [
    [names.value, amount],
    ['currency_code', sql`${money.currency}`],
    [names.base, sql`base_amount(${amount}, ${money.currency}, ${day}::date)`],
  ];
}
