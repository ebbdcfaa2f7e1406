import { type SqlRunner, sql } from '../db/index.ts';
import type { Booking, BookingLine } from './booking.ts';

/** What keeps a line from being booked: a product or a rate that isn't known. */
export interface LineObstacle {
  /** position in the lines, from 0 */
  line: number;
  currency: string;
  isProductUnknown: boolean;
  isRateUnknown: boolean;
}

const asRows = (lines: readonly BookingLine[]): string =>
  JSON.stringify(lines.map((line, position) => ({ ...line, position })));

/** The lines that can't be booked on `soldOn`, in order; empty when all can. */
export function findObstacles(
  runner: SqlRunner,
  lines: readonly BookingLine[],
  soldOn: string,
): Promise<LineObstacle[]> {
  return runner.rows<LineObstacle>(sql`
    select l.position as line, l.currency,
           (l."productId" is not null and p.id is null) as "isProductUnknown",
           base_amount(1, l.currency, ${soldOn}::date) is null as "isRateUnknown"
    from jsonb_to_recordset(${asRows(lines)}::jsonb) as l(position int, "productId" uuid, currency text)
    left join product p on p.id = l."productId"
    where (l."productId" is not null and p.id is null) or base_amount(1, l.currency, ${soldOn}::date) is null
    order by l.position`);
}

/** Writes the sales of a won opportunity; ids in the order of the lines. */
export async function insertSales(runner: SqlRunner, { opportunity, soldOn, lines }: Booking): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    insert into sale (sold_on, account_id, product_id, product_category, quantity, amount, cost, currency_code,
                      amount_base, cost_base, owner_id, team_id, region, source, segment, campaign,
                      opportunity_id, lead_id, updated_at)
    select ${soldOn}::date, ${opportunity.accountId}::uuid, l."productId",
           coalesce(p.category, ${opportunity.productCategory}::text),
           l.quantity, l.amount, l.cost, l.currency,
           base_amount(l.amount, l.currency, ${soldOn}::date), base_amount(l.cost, l.currency, ${soldOn}::date),
           ${opportunity.ownerId}::uuid, ${opportunity.teamId}::uuid, ${opportunity.region}::text,
           ${opportunity.source}::text, ${opportunity.segment}::text, ${opportunity.campaign}::text,
           ${opportunity.id}::uuid, ${opportunity.leadId}::uuid, now()
    from jsonb_to_recordset(${asRows(lines)}::jsonb)
      as l(position int, "productId" uuid, quantity numeric, amount numeric, cost numeric, currency text)
    left join product p on p.id = l."productId"
    order by l.position
    returning id::text as id`);
  return rows.map(({ id }) => id);
}

/** Takes the opportunity's sales out of the books; returns their ids. */
export async function deleteSalesOf(runner: SqlRunner, opportunityId: string): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    update sale set deleted_at = now(), updated_at = now(), version = version + 1
    where opportunity_id = ${opportunityId}::uuid and deleted_at is null
    returning id::text as id`);
  return rows.map(({ id }) => id);
}

/**
 * What these lines cost when the opportunity was last won with them, as far as that was known; null for others. One
 * line that stands for several, with their sum, costs what they cost together.
 */
export async function costsBefore(
  runner: SqlRunner,
  opportunityId: string,
  lines: readonly BookingLine[],
): Promise<(string | null)[]> {
  const rows = await runner.rows<{ cost: string | null }>(sql`
    with wanted as (
      select l.*, row_number() over (partition by "productId", quantity, amount, currency order by position) as place
      from jsonb_to_recordset(${asRows(lines)}::jsonb)
        as l(position int, "productId" uuid, quantity numeric, amount numeric, currency text)
    ), gone as (
      select s.*, max(deleted_at) over () as ended,
        max(deleted_at) over (partition by product_id, quantity, amount, currency_code) as line_ended,
        row_number() over (partition by product_id, quantity, amount, currency_code, deleted_at order by id) as place
      from sale s where opportunity_id = ${opportunityId}::uuid and deleted_at is not null
    ), altogether as (
      select min(currency_code) as currency, sum(amount) as amount, sum(cost) as cost
      from gone where deleted_at = ended
      having count(*) > 1 and count(distinct currency_code) = 1 and bool_and(cost is not null)
    )
    select (case when g.id is not null then g.cost else a.cost end)::text as cost
    from wanted w
    left join gone g on g.deleted_at = g.line_ended and g.place = w.place and g.quantity = w.quantity
      and g.amount = w.amount and g.currency_code = w.currency and g.product_id is not distinct from w."productId"
    left join altogether a on ${lines.length}::int = 1 and a.amount = w.amount and a.currency = w.currency
    order by w.position`);
  return rows.map(({ cost }) => cost);
}
