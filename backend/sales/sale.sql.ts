import { type Sql, sql } from '../db/index.ts';

/** Tables that `saleItem` and `spendItem` read names from; the sale is `s`, the spend `sp`. */
export const saleJoins = sql`
  left join account on account.id = s.account_id
  left join product on product.id = s.product_id
  left join app_user owner on owner.id = s.owner_id
  left join team on team.id = s.team_id`;
export const spendJoins = sql`left join team on team.id = sp.team_id`;

/** A sale as the wire has it (`saleSchema`), built by PostgreSQL. Costs only for roles that see them. */
export const saleItem = (seesCost: boolean): Sql => sql`json_build_object(
  'id', s.id, 'soldOn', s.sold_on,
  'account', case when account.id is not null then json_build_object('id', account.id, 'name', account.name) end,
  'product', case when product.id is not null then json_build_object('id', product.id, 'name', product.name) end,
  'productCategory', s.product_category, 'quantity', trim_scale(s.quantity)::text,
  'amount', money_json(s.amount, s.currency_code),
  ${seesCost ? sql`'cost', money_json(s.cost, s.currency_code),` : sql``}
  'owner', case when owner.id is not null then json_build_object('id', owner.id, 'name', owner.name) end,
  'team', case when team.id is not null then json_build_object('id', team.id, 'name', team.name) end,
  'region', s.region, 'source', s.source, 'segment', s.segment, 'opportunityId', s.opportunity_id)`;

/** Spend as the wire has it (`spendSchema`). */
export const spendItem = sql`json_build_object(
  'id', sp.id, 'spentOn', sp.spent_on, 'category', sp.category, 'source', sp.source, 'campaign', sp.campaign,
  'region', sp.region,
  'team', case when team.id is not null then json_build_object('id', team.id, 'name', team.name) end,
  'amount', money_json(sp.amount, sp.currency_code))`;
