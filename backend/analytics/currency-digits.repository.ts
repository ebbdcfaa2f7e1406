import { type SqlRunner, sql } from '../db/index.ts';

/** How many decimals a currency is written with, by the database's own table. */
export async function findCurrencyDigits(runner: SqlRunner, currency: string): Promise<number> {
  const row = await runner.first<{ digits: number }>(sql`select currency_digits(${currency}::text) as digits`);
  return row?.digits ?? 2;
}
