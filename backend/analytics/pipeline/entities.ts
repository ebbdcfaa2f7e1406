import type { Permission } from '../../access/index.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { raw, type Sql, sql } from '../../db/index.ts';
import { type DimensionColumns, dayOf } from '../engines/sql/conditions.ts';
import { customBehind, ownCustom } from '../engines/sql/custom-values.ts';

/** What pipeline reports need to know of leads and of opportunities; the record's table is always aliased `r`. */
export interface ReportEntity {
  entity: PipelineEntity;
  read: Permission;
  table: Sql;
  /** worth now: in its own currency, and in the company's */
  value: Sql;
  valueBase: Sql;
  dueOn: Sql;
  nextStep: Sql;
  company: Sql;
  companyJoin: Sql;
  probability: Sql;
  /** the business day on which it was won or lost, while it is (stage `st` is joined) */
  closedOn(timeZone: string): Sql;
  /** whose it is and what it is like, as it is now */
  columns: DimensionColumns;
}

const columns: DimensionColumns = {
  category: 'r.product_category',
  region: 'r.region',
  team: 'r.team_id',
  owner: 'r.owner_id',
  source: 'r.source',
  segment: 'r.segment',
};

export const reportEntities: Readonly<Record<PipelineEntity, ReportEntity>> = {
  lead: {
    entity: 'lead',
    read: 'lead.read',
    table: raw('lead'),
    value: raw('r.value'),
    valueBase: raw('r.value_base'),
    dueOn: raw('null::date'),
    nextStep: raw('null::text'),
    company: raw('r.company'),
    companyJoin: raw(''),
    probability: raw('st.probability'),
    closedOn: (timeZone) => dayOf(sql`r.stage_since`, timeZone),
    columns: { ...columns, custom: { lead: ownCustom('r') } },
  },
  opportunity: {
    entity: 'opportunity',
    read: 'opportunity.read',
    table: raw('opportunity'),
    value: raw('r.amount'),
    valueBase: raw('r.amount_base'),
    dueOn: raw('r.expected_close_on'),
    nextStep: raw('r.next_step'),
    company: raw('a.name'),
    companyJoin: raw('left join account a on a.id = r.account_id'),
    probability: raw('coalesce(r.probability, st.probability)'),
    closedOn: () => raw('r.closed_on'),
    columns: {
      ...columns,
      product: 'r.product_id',
      custom: {
        lead: customBehind('lead', 'r.lead_id'),
        opportunity: ownCustom('r'),
        account: customBehind('account', 'r.account_id'),
      },
    },
  },
};
