import { type SqlRunner, sql } from '../db/index.ts';

/** The currency that all amounts are added up in, with the decimals it is written with. */
export interface CompanyCurrency {
  code: string;
  digits: number;
}

/** The currency the installation was set up with; it never changes afterwards. */
export async function findCompanyCurrency(runner: SqlRunner): Promise<CompanyCurrency> {
  const row = await runner.first<CompanyCurrency>(sql`
    select value #>> '{}' as code, currency_digits(value #>> '{}') as digits from setting where key = 'currency'`);
  if (!row) throw new Error('The company currency is not set: the database was not bootstrapped.');
  return row;
}
