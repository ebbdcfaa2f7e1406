/** A statement that commits `count` sales of today or shortly before, as a bulk of somebody's work. */
export const insertSales = (count: number): string => `
  insert into sale (sold_on, account_id, product_id, product_category, quantity, amount, cost, currency_code, amount_base, cost_base,
    owner_id, team_id, region, source, segment, external_key)
  select current_date - floor(random() ^ 6 * 30)::int, a.id, p.id, p.category, 2, m.amount, m.amount / 2, 'EUR', m.amount, m.amount / 2,
    a.owner_id, a.team_id, a.region, 'Website', a.segment, 'bench-' || gen_random_uuid()
  from unnest($1::uuid[], $2::uuid[], $3::numeric[]) as g(account_id, product_id, amount)
  join account a on a.id = g.account_id join product p on p.id = g.product_id
  cross join lateral (select g.amount) m limit ${count}`;

/** Takes the sales that runs wrote away again. */
export const REMOVE_WRITTEN = `delete from sale where external_key >= 'bench-' and external_key < 'bench.'`;

/** Picks of what there is, for one transaction. */
export function salesToWrite(count: number, accounts: readonly string[], products: readonly string[]): unknown[] {
  const any = (list: readonly string[]) => list[Math.floor(Math.random() * list.length)];
  const times = <T>(make: () => T): T[] => Array.from({ length: count }, make);
  return [times(() => any(accounts)), times(() => any(products)), times(() => (1 + Math.random() * 400).toFixed(2))];
}
