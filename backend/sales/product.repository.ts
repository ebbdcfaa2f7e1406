import type { Product, ProductListQuery } from '../contracts/sales.ts';
import { limitSql, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { Placed } from './sale.repository.ts';

const productItem = (seesCost: boolean): Sql => sql`json_build_object(
  'id', p.id, 'name', p.name, 'sku', p.sku, 'category', p.category,
  'listPrice', money_json(p.list_price, p.currency_code),
  ${seesCost ? sql`'unitCost', money_json(p.unit_cost, p.currency_code),` : sql``}
  'isActive', p.is_active)`;

/** Products by name, one more than `limit`; `q` is found in name or SKU, whatever its case. */
export function listProducts(
  runner: SqlRunner,
  { q, limit }: ProductListQuery,
  seesCost: boolean,
  after: readonly [string, string] | null,
): Promise<Placed<Product>[]> {
  const search = q ? sql`and (strpos(lower(p.name), lower(${q})) > 0 or strpos(lower(p.sku), lower(${q})) > 0)` : sql``;
  const place = after ? sql`and (p.name, p.id) > (${after[0]}, ${after[1]}::uuid)` : sql``;
  return runner.rows<Placed<Product>>(sql`
    select p.id::text as id, p.name as sort, ${productItem(seesCost)} as item
    from product p
    where true ${search} ${place}
    order by p.name, p.id
    ${limitSql(limit + 1)}`);
}

/** One product of the catalogue. */
export async function findProduct(runner: SqlRunner, id: string, seesCost: boolean): Promise<Product | undefined> {
  const row = await runner.first<{ item: Product }>(
    sql`select ${productItem(seesCost)} as item from product p where p.id = ${id}::uuid`,
  );
  return row?.item;
}
