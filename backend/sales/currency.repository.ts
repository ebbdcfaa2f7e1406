import type { Currency } from '../contracts/sales.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** All currencies that are known, the company's first, each with its newest rate. */
export function listCurrencies(runner: SqlRunner): Promise<Currency[]> {
  return runner.rows<Currency>(sql`
    select c.code::text as code, c.name, c.minor_digits::int as "minorDigits",
           c.code = company.code as "isCompany",
           (select json_build_object('day', r.day, 'rate', trim_scale(r.rate)::text)
            from exchange_rate r where r.currency_code = c.code order by r.day desc limit 1) as rate
    from currency c
    cross join (select coalesce((select value #>> '{}' from setting where key = 'currency'), '') as code) company
    order by (c.code = company.code) desc, c.code`);
}
