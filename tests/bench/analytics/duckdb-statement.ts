import type { Question } from '../../../backend/analytics/engine.ts';
import { type FactId, type MeasureId, measureFacts } from '../../../backend/analytics/measures.ts';

const tables: Record<FactId, string> = {
  sales: 'sales',
  customers: 'customers',
  leads: 'leads',
  closed: 'opportunities',
  pipeline: 'opportunities',
  spend: 'spend',
};

const expressions: Record<MeasureId, string> = {
  revenue: 'coalesce(sum(amount), 0)',
  saleCount: 'count(*)',
  units: 'coalesce(sum(quantity), 0)',
  costedRevenue: 'coalesce(sum(amount) filter (cost is not null), 0)',
  costedCount: 'count(cost)',
  cost: 'coalesce(sum(cost), 0)',
  activeCustomers: 'count(distinct account)',
  newCustomers: 'count(*)',
  leadCount: 'count(*)',
  convertedCount: 'count(*) filter (converted)',
  wonCount: `count(*) filter (state = 'won')`,
  lostCount: `count(*) filter (state = 'lost')`,
  wonAmount: `coalesce(sum(amount) filter (state = 'won'), 0)`,
  wonPriced: `count(amount) filter (state = 'won')`,
  cycleDays: 'median(cycle)',
  openCount: 'count(*)',
  openAmount: 'coalesce(sum(amount), 0)',
  openWeighted: 'coalesce(sum(weighted), 0)',
  spend: 'coalesce(sum(amount), 0)',
};

/** Values as members of the column's enum: compared as numbers, where texts would be made of every row. */
const members = (type: string, values: readonly (string | null)[]) =>
  values.map((value) => `try_cast('${value}' as ${type})`).join(', ');

/** The question as one statement for DuckDB, with columns `bucket`, `key` ('' for null) and one for each measure. */
export function duckDbStatement({ measures, period, filters, grain, by }: Omit<Question, 'byReach'>): string {
  const facts = [...new Set(measures.map((measure): FactId => measureFacts[measure]))];
  const isWhole = grain === null && by === null;
  const parts = facts.map((fact) => {
    const table = tables[fact];
    const conditions = [
      fact === 'pipeline' ? `state = 'open'` : `day between date '${period.from}' and date '${period.to}'`,
      ...(fact === 'closed' ? [`state in ('won', 'lost')`] : []),
      ...Object.entries(filters).map(
        ([dimension, values]) => `${dimension} in (${members(`${table}_${dimension}`, values)})`,
      ),
    ];
    const own = measures.filter((measure) => measureFacts[measure] === fact);
    const columns = own.map((measure) => `${expressions[measure]} as "${measure}"`).join(', ');
    const from = `from ${table} where ${conditions.join(' and ')}`;
    if (isWhole) return `(select ${columns} ${from}) ${fact}_part`;
    // Texts are made of the groups, not of the rows; and a full join matches no nulls, so what is not there is ''.
    const bucket = grain === null ? 'null::date' : `date_trunc('${grain}', day)`;
    const grouped = `select ${bucket} as bucket_day, ${by ?? 'null'} as value, ${columns} ${from} group by 1, 2`;
    return `(select coalesce(bucket_day::date::varchar, '') as bucket, coalesce(value::varchar, '') as key,
      * exclude (bucket_day, value) from (${grouped})) ${fact}_part`;
  });
  const joined = isWhole
    ? parts.join(' cross join ')
    : parts.reduce((all, part) => `${all} full join ${part} using (bucket, key)`);
  return `select * from ${joined}`;
}
