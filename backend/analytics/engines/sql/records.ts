import { scopeSql } from '../../../access/index.ts';
import { limitSql, type Sql, type SqlRunner, sql } from '../../../db/index.ts';
import { saleItem, saleJoins, spendItem, spendJoins, spendScope } from '../../../sales/index.ts';
import type { RecordRow, RecordsQuestion } from '../../engine.ts';
import type { FactId } from '../../measures.ts';
import { factSource, populationFacts } from './facts.ts';

/** How the records of a fact are shown and ordered. */
interface Presentation {
  alias: string;
  id: Sql;
  /** what the order is by, newest first, with its type */
  sort: Sql;
  sortText: Sql;
  sortType: Sql;
  item: Sql;
  joins: Sql;
}

/** The records behind a cell, newest first: the very rows that the table adds up. */
export function answerRecords(runner: SqlRunner, question: RecordsQuestion, timeZone: string): Promise<RecordRow[]> {
  const { fact, only } = populationFacts[question.population];
  const { from, where } = factSource(fact, question, timeZone);
  const { alias, id, sort, sortText, sortType, item, joins } = presentation(fact, question);
  const reach = fact === 'spend' ? spendScope(question.recordScope) : scopeSql(question.recordScope, alias);
  const after = question.after
    ? sql`and (${sort}, ${id}) < (${question.after[0]}::text::${sortType}, ${question.after[1]}::text::uuid)`
    : sql``;
  return runner.rows<RecordRow>(sql`
    select ${id}::text as id, ${sortText} as sort, ${item} as item
    from ${from} ${joins}
    where ${where} and ${only} and ${reach} ${after}
    order by ${sort} desc, ${id} desc
    ${limitSql(question.limit + 1)}`);
}

function presentation(fact: FactId, { population, seesCost, period, today }: RecordsQuestion): Presentation {
  switch (fact) {
    case 'sales':
    case 'customers':
      return {
        alias: 's',
        id: sql`s.id`,
        sort: sql`s.sold_on`,
        sortText: sql`s.sold_on::text`,
        sortType: sql`date`,
        item: saleRecord(seesCost),
        joins: saleJoins,
      };
    case 'leads':
      return { ...byCreation('l'), item: leadItem, joins: peopleJoins('l') };
    case 'closed':
      return {
        ...byCreation('o'),
        sort: sql`o.closed_on`,
        sortText: sql`o.closed_on::text`,
        sortType: sql`date`,
        item: opportunityItem(sql`o.amount_base`),
        joins: opportunityJoins,
      };
    case 'pipeline':
      return {
        ...byCreation('o'),
        item: opportunityItem(population === 'open' && period.to < today ? sql`e.amount_base` : sql`o.amount_base`),
        joins: opportunityJoins,
      };
    case 'spend':
      return {
        alias: 'sp',
        id: sql`sp.id`,
        sort: sql`sp.spent_on`,
        sortText: sql`sp.spent_on::text`,
        sortType: sql`date`,
        item: spendRecord,
        joins: spendJoins,
      };
    default:
      return fact satisfies never;
  }
}

const byCreation = (alias: 'l' | 'o') => ({
  alias,
  id: alias === 'l' ? sql`l.id` : sql`o.id`,
  sort: alias === 'l' ? sql`l.created_at` : sql`o.created_at`,
  sortText: alias === 'l' ? sql`iso(l.created_at)` : sql`iso(o.created_at)`,
  sortType: sql`timestamptz`,
});

const peopleJoins = (alias: 'l' | 'o'): Sql =>
  alias === 'l'
    ? sql`left join app_user owner on owner.id = l.owner_id left join team on team.id = l.team_id`
    : sql`left join app_user owner on owner.id = o.owner_id left join team on team.id = o.team_id`;

const companyCurrency = sql`(select value #>> '{}' from setting where key = 'currency')`;
/** A sale as it was booked, with its amounts at the rate of its day: those that metrics add up. */
const saleRecord = (seesCost: boolean): Sql => sql`(${saleItem(seesCost)}::jsonb || jsonb_build_object(
  ${seesCost ? sql`'costBase', money_json(s.cost_base, ${companyCurrency})::jsonb,` : sql``}
  'amountBase', money_json(s.amount_base, ${companyCurrency})::jsonb))`;
const spendRecord = sql`(${spendItem}::jsonb || jsonb_build_object(
  'amountBase', money_json(sp.amount_base, ${companyCurrency})::jsonb))`;
const people = sql`
  'owner', case when owner.id is not null then json_build_object('id', owner.id, 'name', owner.name) end,
  'team', case when team.id is not null then json_build_object('id', team.id, 'name', team.name) end`;

const leadItem = sql`json_build_object(
  'id', l.id, 'name', l.name, 'company', l.company, 'createdAt', iso(l.created_at),
  'convertedAt', iso(l.converted_at), 'stage', json_build_object('id', st.id, 'name', st.name, 'kind', st.kind),
  'source', l.source, 'segment', l.segment, 'region', l.region, 'productCategory', l.product_category,
  'value', money_json(l.value, l.currency_code), 'valueBase', money_json(l.value_base, ${companyCurrency}), ${people})`;

const opportunityJoins = sql`
  left join account on account.id = o.account_id
  left join product on product.id = o.product_id
  left join stage present on present.id = o.stage_id
  ${peopleJoins('o')}`;

/** An opportunity as it is today; `amountBase` is what the metric counts. */
const opportunityItem = (amountBase: Sql): Sql => sql`json_build_object(
  'id', o.id, 'name', o.name, 'createdAt', iso(o.created_at), 'expectedCloseOn', o.expected_close_on,
  'closedOn', o.closed_on, 'stage', json_build_object('id', present.id, 'name', present.name, 'kind', present.kind),
  'account', case when account.id is not null then json_build_object('id', account.id, 'name', account.name) end,
  'product', case when product.id is not null then json_build_object('id', product.id, 'name', product.name) end,
  'source', o.source, 'segment', o.segment, 'region', o.region, 'productCategory', o.product_category,
  'amount', money_json(o.amount, o.currency_code), 'amountBase', money_json(${amountBase}, ${companyCurrency}), ${people})`;
