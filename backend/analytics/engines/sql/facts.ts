import { type RecordScope, scopeSql } from '../../../access/index.ts';
import { type Sql, sql } from '../../../db/index.ts';
import { spendScope } from '../../../sales/index.ts';
import type { Population, Selection } from '../../engine.ts';
import type { FactId, MeasureId } from '../../measures.ts';
import { allOf, type DimensionColumns, dayOf, endOf, filterConditions, startOf } from './conditions.ts';
import { customBehind, ownCustom } from './custom-values.ts';

/** One kind of fact as SQL: where its rows are, and what they say. */
export interface FactSource {
  from: Sql;
  /** period, filters, scope and what makes the row count at all */
  where: Sql;
  columns: DimensionColumns;
  /** the business day that puts the row into a bucket */
  day: Sql;
  measures: Partial<Record<MeasureId, Sql>>;
}

const ownColumns = (alias: string): DimensionColumns => ({
  product: `${alias}.product_id`,
  category: `${alias}.product_category`,
  region: `${alias}.region`,
  team: `${alias}.team_id`,
  owner: `${alias}.owner_id`,
  source: `${alias}.source`,
  segment: `${alias}.segment`,
});

/** The rows of a kind of fact that a selection takes. */
export function factSource(fact: FactId, selection: Selection, timeZone: string): FactSource {
  switch (fact) {
    case 'sales':
      return salesSource(selection);
    case 'customers':
      return customersSource(selection);
    case 'leads':
      return leadsSource(selection, timeZone);
    case 'closed':
      return closedSource(selection, timeZone);
    case 'pipeline':
      return selection.period.to >= selection.today ? presentPipeline(selection) : pastPipeline(selection, timeZone);
    case 'spend':
      return spendSource(selection);
    default:
      return fact satisfies never;
  }
}

/** What narrows a fact to the records that a metric lists. */
export const populationFacts: Record<Population, { fact: FactId; only: Sql }> = {
  sales: { fact: 'sales', only: sql`true` },
  costedSales: { fact: 'sales', only: sql`s.cost_base is not null` },
  accountSales: { fact: 'sales', only: sql`s.account_id is not null` },
  leads: { fact: 'leads', only: sql`true` },
  closed: { fact: 'closed', only: sql`true` },
  won: { fact: 'closed', only: sql`st.kind = 'won'` },
  open: { fact: 'pipeline', only: sql`true` },
  spend: { fact: 'spend', only: sql`true` },
};

/** A sale's own columns, and the records behind it. */
const saleColumns = (alias: string): DimensionColumns => ({
  ...ownColumns(alias),
  custom: {
    lead: customBehind('lead', `${alias}.lead_id`),
    opportunity: customBehind('opportunity', `${alias}.opportunity_id`),
    account: customBehind('account', `${alias}.account_id`),
  },
});

const opportunityColumns: DimensionColumns = {
  ...ownColumns('o'),
  custom: {
    lead: customBehind('lead', 'o.lead_id'),
    opportunity: ownCustom('o'),
    account: customBehind('account', 'o.account_id'),
  },
};

function salesSource(selection: Selection): FactSource {
  const { period, scope } = selection;
  const columns = saleColumns('s');
  return {
    from: sql`sale s`,
    where: allOf([
      sql`s.deleted_at is null and s.sold_on between ${period.from}::date and ${period.to}::date`,
      scopeSql(scope, 's'),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day: sql`s.sold_on`,
    measures: {
      revenue: sql`coalesce(sum(s.amount_base), 0)`,
      saleCount: sql`count(*)`,
      units: sql`coalesce(sum(s.quantity), 0)`,
      costedRevenue: sql`coalesce(sum(s.amount_base) filter (where s.cost_base is not null), 0)`,
      costedCount: sql`count(s.cost_base)`,
      cost: sql`coalesce(sum(s.cost_base), 0)`,
      activeCustomers: sql`count(distinct s.account_id)`,
    },
  };
}

/**
 * Accounts by their first sale ever: whoever made it, and whatever it was. Only accounts that have a
 * matching sale in the period are looked at, because a first sale that counts is such a sale itself.
 */
function customersSource(selection: Selection): FactSource {
  const { period, scope } = selection;
  const columns = saleColumns('f');
  return {
    from: sql`(select distinct s.account_id from sale s where ${salesSource(selection).where}) a
              cross join lateral (select s.* from sale s where s.account_id = a.account_id and s.deleted_at is null
                                  order by s.sold_on, s.id limit 1) f`,
    where: allOf([
      sql`f.sold_on >= ${period.from}::date`,
      scopeSql(scope, 'f'),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day: sql`f.sold_on`,
    measures: { newCustomers: sql`count(*)` },
  };
}

function leadsSource(selection: Selection, timeZone: string): FactSource {
  const { period, scope } = selection;
  const { product: _, ...own } = ownColumns('l');
  const columns: DimensionColumns = { ...own, custom: { lead: ownCustom('l') } };
  const day = dayOf(sql`l.created_at`, timeZone);
  return {
    from: sql`lead l join stage st on st.id = l.stage_id`,
    where: allOf([
      // The moments are for the index. Where clocks go back over midnight, a day begins twice: the day itself decides.
      sql`l.deleted_at is null and l.created_at >= ${startOf(period.from, timeZone)} - interval '1 day'
          and l.created_at < ${endOf(period.to, timeZone)} + interval '1 day'
          and ${day} between ${period.from}::date and ${period.to}::date`,
      scopeSql(scope, 'l'),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day,
    measures: {
      leadCount: sql`count(*)`,
      convertedCount: sql`count(*) filter (where l.converted_at is not null or st.kind = 'won')`,
    },
  };
}

function closedSource(selection: Selection, timeZone: string): FactSource {
  const { period, scope } = selection;
  const columns = opportunityColumns;
  const created = dayOf(sql`o.created_at`, timeZone);
  return {
    from: sql`opportunity o join stage st on st.id = o.stage_id`,
    where: allOf([
      sql`o.deleted_at is null and st.kind in ('won', 'lost')
          and o.closed_on between ${period.from}::date and ${period.to}::date`,
      scopeSql(scope, 'o'),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day: sql`o.closed_on`,
    measures: {
      wonCount: sql`count(*) filter (where st.kind = 'won')`,
      lostCount: sql`count(*) filter (where st.kind = 'lost')`,
      wonAmount: sql`coalesce(sum(o.amount_base) filter (where st.kind = 'won'), 0)`,
      wonPriced: sql`count(o.amount_base) filter (where st.kind = 'won')`,
      cycleDays: sql`percentile_cont(0.5) within group (order by (o.closed_on - ${created})::float8)
                     filter (where st.kind = 'won' and o.closed_on >= ${created})`,
    },
  };
}

const openMeasures = (amount: Sql, probability: Sql): FactSource['measures'] => ({
  openCount: sql`count(*)`,
  openAmount: sql`coalesce(sum(${amount}), 0)`,
  openWeighted: sql`coalesce(sum(${amount} * ${probability}::numeric), 0)`,
});

function presentPipeline(selection: Selection): FactSource {
  const columns = opportunityColumns;
  return {
    from: sql`opportunity o join stage st on st.id = o.stage_id`,
    where: allOf([
      sql`o.deleted_at is null and st.kind = 'open'`,
      scopeSql(selection.scope, 'o'),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day: sql`o.created_at::date`,
    measures: openMeasures(sql`o.amount_base`, sql`coalesce(o.probability, st.probability)`),
  };
}

/** Who may see a past pipeline follows from the record as it is today; whose it was from its history. */
function pastPipeline(selection: Selection, timeZone: string): FactSource {
  const end = endOf(selection.period.to, timeZone);
  return {
    from: sql`opportunity o
              join lateral (select * from stage_event
                            where record_type = 'opportunity' and record_id = o.id and at < ${end}
                            order by at desc, (from_stage_id is null), id desc limit 1) e on true
              join stage st on st.id = e.to_stage_id`,
    where: allOf(pastConditions(selection)),
    columns: historyColumns,
    day: sql`o.created_at::date`,
    measures: openMeasures(sql`e.amount_base`, sql`st.probability`),
  };
}

/** Dimensions of a past pipeline: `e` is the stage event that held, `o` the opportunity as it is today. */
export const historyColumns: DimensionColumns = { ...opportunityColumns, team: 'e.team_id', owner: 'e.owner_id' };

/** Opportunities that are there and within the scope, as they are today. */
export const reachable = (scope: RecordScope): Sql => sql`o.deleted_at is null and ${scopeSql(scope, 'o')}`;

/** What makes an opportunity count in a past pipeline. */
export const pastConditions = (selection: Pick<Selection, 'scope' | 'filters' | 'custom'>): Sql[] => [
  sql`st.kind = 'open'`,
  reachable(selection.scope),
  ...filterConditions(selection, historyColumns),
];

function spendSource(selection: Selection): FactSource {
  const { period, scope } = selection;
  const columns: DimensionColumns = { region: 'sp.region', team: 'sp.team_id', source: 'sp.source' };
  return {
    from: sql`spend sp`,
    where: allOf([
      sql`sp.spent_on between ${period.from}::date and ${period.to}::date`,
      spendScope(scope),
      ...filterConditions(selection, columns),
    ]),
    columns,
    day: sql`sp.spent_on`,
    measures: { spend: sql`coalesce(sum(sp.amount_base), 0)` },
  };
}
