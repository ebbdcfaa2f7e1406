import { type SqlRunner, sql } from '../../db/index.ts';
import { nameKey } from '../name-key.ts';
import { asRecordset } from './lookup.ts';
import type { ReferenceBook } from './reference-book.ts';

export interface ProductTarget {
  id: string;
  name: string;
  nameKey: string;
  category: string | null;
}

/** What the first row that names a new product says about it. */
export interface ProductHint {
  category: string | null;
  sku: string | null;
}

/** Finds products by name ("GTXPro" finds "GTX Pro") or makes them. */
export async function resolveProducts(
  runner: SqlRunner,
  book: ReferenceBook<ProductTarget, ProductHint>,
  currency: string,
): Promise<void> {
  const wanted = book.takeWanted();
  if (wanted.size === 0) return;
  const keys = [...new Set([...wanted.keys()].map(nameKey))];
  const rows = await runner.rows<ProductTarget>(sql`
    select id::text as id, name, name_key as "nameKey", category from product where name_key = any(${keys}::text[])`);
  const known = new Map(rows.map((row) => [row.nameKey, row]));
  const missing = new Map<string, object>();
  for (const [name, hint] of wanted) {
    const key = nameKey(name);
    const found = known.get(key);
    if (found) book.matched(name, found);
    else if (!missing.has(key)) missing.set(key, { name, nameKey: key, category: hint.category, sku: hint.sku });
  }
  if (missing.size === 0) return;
  const made = await runner.rows<ProductTarget>(sql`
    insert into product (name, name_key, category, sku, currency_code, updated_at)
    select m.name, m."nameKey", m.category, m.sku, ${currency}, now()
    from jsonb_to_recordset(${asRecordset([...missing.values()])}::jsonb)
      as m(name text, "nameKey" text, category text, sku text)
    returning id::text as id, name, name_key as "nameKey", category`);
  const madeByKey = new Map(made.map((row) => [row.nameKey, row]));
  for (const name of wanted.keys()) {
    const target = book.get(name) ? undefined : madeByKey.get(nameKey(name));
    if (target) book.created(name, target);
  }
}
