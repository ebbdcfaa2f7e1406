import { type BulkTx, raw, sql } from '../../db/index.ts';
import { column, mergeStatement, STAGED } from '../engine/merge.ts';

/** How the sale of an imported opportunity is recognised. */
const saleKey = sql`'won:' || s.external_key`;

/**
 * Books the sales of the batch's won opportunities on their close dates, one line each, and takes those
 * out of the books that are no longer won. Sales that somebody booked by hand for an opportunity stand in
 * for ours.
 */
export async function bookWonSales(tx: BulkTx): Promise<void> {
  await tx.sql.rows(sql`
    update sale set deleted_at = now(), updated_at = now(), version = sale.version + 1
    from ${raw(STAGED)} s
    where sale.opportunity_id = s.record_id and sale.deleted_at is null and not s.is_new and s.stage_kind <> 'won'
      and s.prior_stage_id <> s.stage_id`);
  await tx.sql.rows(
    mergeStatement(
      'sale',
      'external_key',
      [
        column('external_key', 'keep', saleKey),
        column('sold_on', 'replace', sql`o.closed_on`),
        column('account_id', 'replace', sql`o.account_id`),
        column('product_id', 'replace', sql`o.product_id`),
        column('product_category', 'replace', sql`o.product_category`),
        column('quantity', 'keep', sql`1`),
        column('amount', 'replace', sql`o.amount`),
        column('currency_code', 'replace', sql`o.currency_code`),
        column('amount_base', 'replace', sql`base_amount(o.amount, o.currency_code, o.closed_on)`),
        column('owner_id', 'replace', sql`o.owner_id`),
        column('team_id', 'replace', sql`o.team_id`),
        column('region', 'replace', sql`o.region`),
        column('segment', 'replace', sql`o.segment`),
        column('source', 'replace', sql`o.source`),
        column('campaign', 'replace', sql`o.campaign`),
        column('opportunity_id', 'replace', sql`o.id`),
        column('lead_id', 'replace', sql`o.lead_id`),
      ],
      {
        revives: true,
        source: sql`${raw(STAGED)} s join opportunity o on o.id = s.record_id
          where s.stage_kind = 'won' and o.amount is not null and o.closed_on is not null and not exists (
            select 1 from sale x where x.opportunity_id = o.id and x.deleted_at is null
              and x.external_key is distinct from ${saleKey})`,
      },
    ),
  );
}
