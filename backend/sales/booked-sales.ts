import { type SqlRunner, sql } from '../db/index.ts';
import { saleItem, saleJoins } from './sale.sql.ts';

/** Sales just booked, as a JSON array in the order of `ids`. */
export async function salesByIds(runner: SqlRunner, ids: readonly string[], seesCost: boolean): Promise<string> {
  const row = await runner.first<{ sales: string }>(sql`
    select coalesce(json_agg(${saleItem(seesCost)} order by wanted.place), '[]')::text as sales
    from unnest(${ids}::uuid[]) with ordinality wanted (id, place)
    join sale s on s.id = wanted.id ${saleJoins}`);
  return row?.sales ?? '[]';
}
