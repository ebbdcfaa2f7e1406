import { raw, type Sql, sql } from '../../db/index.ts';
import { column, type TargetColumn } from '../engine/merge.ts';

/** A staged amount in the company currency at the rate of `day`. */
export function baseAmount(amount: string, day: Sql, companyCurrency: string): Sql {
  const staged = raw(`s.${amount}`);
  // The function reads settings and rates for each row; nearly all rows are in the company currency.
  return sql`case when s.currency_code = ${companyCurrency} then ${staged}
    else base_amount(${staged}, s.currency_code, ${day}) end`;
}

/** The column `<amount>_base`: worked out anew when the amount or its currency change, not when rates do. */
export function baseAmountOnChange(
  table: string,
  amount: string,
  day: Sql,
  companyCurrency: string,
  mapped: ReadonlySet<string>,
): TargetColumn {
  const old = raw(`${table}.${amount}`);
  const given = raw(`excluded.${amount}`);
  return column(
    `${amount}_base`,
    mapped.has(amount)
      ? (oldBase, givenBase) => sql`case when ${old} is not distinct from ${given}
          and ${raw(`${table}.currency_code`)} = excluded.currency_code then ${oldBase} else ${givenBase} end`
      : 'keep',
    baseAmount(amount, day, companyCurrency),
  );
}
