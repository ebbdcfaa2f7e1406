import type { CustomerRow, LeadRow, OpportunityRow, SaleRow, SpendRow } from '../store/contract.ts';

/** A row of a fact as the database writes it: texts in the order of the fact's fields. */
export type Fields = readonly (string | null)[];

/** A kind of fact that is read as rows known by their id: what is read, and where from. The id is the first field. */
export interface FactQuery {
  fields: readonly string[];
  from: string;
  where: string;
}

const EPOCH = `date '1970-01-01'`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export function leadQuery(timeZone: string): FactQuery {
  return {
    fields: [
      'l.id::text',
      `((l.created_at at time zone ${literal(timeZone)})::date - ${EPOCH})::text`,
      ...['l.product_category', 'l.region', 'l.team_id::text', 'l.owner_id::text', 'l.source', 'l.segment'],
      `(l.converted_at is not null or st.kind = 'won')::text`,
    ],
    from: 'lead l join stage st on st.id = l.stage_id',
    where: 'l.deleted_at is null',
  };
}

export function opportunityQuery(timeZone: string): FactQuery {
  const created = `(o.created_at at time zone ${literal(timeZone)})::date`;
  return {
    fields: [
      'o.id::text',
      'st.kind',
      `case when st.kind <> 'open' then (o.closed_on - ${EPOCH})::text end`,
      'o.amount_base::text',
      `case when st.kind = 'open' then (o.amount_base * coalesce(o.probability, st.probability)::numeric)::text end`,
      `case when st.kind = 'won' and o.closed_on >= ${created} then (o.closed_on - ${created})::text end`,
      ...['o.product_id::text', 'o.product_category', 'o.region', 'o.team_id::text', 'o.owner_id::text'],
      ...['o.source', 'o.segment'],
    ],
    from: 'opportunity o join stage st on st.id = o.stage_id',
    where: `o.deleted_at is null and (st.kind = 'open' or o.closed_on is not null)`,
  };
}

export const spendQuery: FactQuery = {
  fields: [
    'sp.id::text',
    `(sp.spent_on - ${EPOCH})::text`,
    'sp.amount_base::text',
    ...['sp.region', 'sp.team_id::text', 'sp.source'],
  ],
  from: 'spend sp',
  where: 'true',
};

/** A customer's fields, of its first sale `f`. */
export const customerFields: readonly string[] = [
  'f.account_id::text',
  `(f.sold_on - ${EPOCH})::text`,
  ...['f.product_id::text', 'f.product_category', 'f.region', 'f.team_id::text', 'f.owner_id::text'],
  ...['f.source', 'f.segment'],
];

/** The first sale ever of the account that `account` names, as a subquery. */
export const firstSaleOf = (account: string, fields: string): string =>
  `select ${fields} from sale f where f.account_id = ${account} and f.deleted_at is null order by f.sold_on, f.id limit 1`;

/** Some of the accounts: ids after one and up to another, where given. */
export interface AccountRange {
  after?: string | null;
  upTo?: string | null;
}

/**
 * The accounts that sales are of, ascending by id; from the sales themselves, which outlive accounts. One probe of their
 * index for each account, however many sales it has.
 *
 * Source: PostgreSQL wiki, "Loose indexscan".
 */
export function buyingAccounts({ after = null, upTo = null }: AccountRange = {}): string {
  const end = upTo === null ? '' : ` and account_id <= ${literal(upTo)}`;
  const next = (condition: string) =>
    `select account_id from sale where account_id ${condition}${end} order by account_id limit 1`;
  return `with recursive buying(id) as (
    (${next(after === null ? 'is not null' : `> ${literal(after)}`)})
    union all
    select (${next('> buying.id')}) from buying where buying.id is not null
  ) select id from buying where id is not null`;
}

export const customerQuery = (accounts?: AccountRange): FactQuery => ({
  fields: customerFields,
  from: `(${buyingAccounts(accounts)}) a cross join lateral (${firstSaleOf('a.id', 'f.*')}) f`,
  where: 'true',
});

const text = (fields: Fields, index: number): string | null => fields[index] ?? null;
const needed = (fields: Fields, index: number): string => {
  const value = fields[index];
  if (value === undefined || value === null) throw new Error(`field ${index} of a fact is missing`);
  return value;
};
/** Money is numeric(18, 4), so its text has four decimals. */
const tenThousandths = (value: string): bigint => BigInt(value.replace('.', ''));
const tenThousandthsOrNull = (value: string | null): bigint | null => (value === null ? null : tenThousandths(value));
const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

const dimensionsFrom = (fields: Fields, at: number) => ({
  product: text(fields, at),
  category: text(fields, at + 1),
  region: text(fields, at + 2),
  team: text(fields, at + 3),
  owner: text(fields, at + 4),
  source: text(fields, at + 5),
  segment: text(fields, at + 6),
});

/** A sale of the log; the first field is its sign. */
export const saleOf = (fields: Fields): SaleRow => ({
  day: Number(needed(fields, 1)),
  ...dimensionsFrom(fields, 2),
  amount: tenThousandths(needed(fields, 9)),
  cost: tenThousandthsOrNull(text(fields, 10)),
  quantity: tenThousandths(needed(fields, 11)),
  account: text(fields, 12),
});

export const customerOf = (fields: Fields): CustomerRow => ({
  id: needed(fields, 0),
  day: Number(needed(fields, 1)),
  ...dimensionsFrom(fields, 2),
});

export const leadOf = (fields: Fields): LeadRow => ({
  id: needed(fields, 0),
  day: Number(needed(fields, 1)),
  category: text(fields, 2),
  region: text(fields, 3),
  team: text(fields, 4),
  owner: text(fields, 5),
  source: text(fields, 6),
  segment: text(fields, 7),
  isConverted: text(fields, 8) === 'true',
});

export const opportunityOf = (fields: Fields): OpportunityRow => ({
  id: needed(fields, 0),
  state: needed(fields, 1) as OpportunityRow['state'],
  day: numberOrNull(text(fields, 2)),
  amount: tenThousandthsOrNull(text(fields, 3)),
  weighted: text(fields, 4),
  cycleDays: numberOrNull(text(fields, 5)),
  ...dimensionsFrom(fields, 6),
});

export const spendOf = (fields: Fields): SpendRow => ({
  id: needed(fields, 0),
  day: Number(needed(fields, 1)),
  amount: tenThousandths(needed(fields, 2)),
  region: text(fields, 3),
  team: text(fields, 4),
  source: text(fields, 5),
});
