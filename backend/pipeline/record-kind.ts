import type { Permission } from '../access/index.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { raw, type Sql, sql } from '../db/index.ts';

/**
 * What leads and opportunities share, and where they differ. Board, moves, history, lists and access are
 * written once against this description; the record's table is always aliased `r`.
 */
export interface RecordKind {
  readonly entity: PipelineEntity;
  readonly table: Sql;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
  /**
   * The record over the wire: select list expression and the joins it needs (stage `s` is among them). Moments go
   * in as they are: PostgreSQL writes them in ISO 8601 by itself, at a fifth of to_char's cost.
   */
  readonly json: Sql;
  readonly joins: Sql;
  /** value in its own currency, and in the company's */
  readonly value: Sql;
  readonly valueBase: Sql;
  /** second line of a card, and the joins it needs */
  readonly subtitle: Sql;
  readonly cardJoins: Sql;
  readonly dueOn: Sql;
  /** column of the business day on which a closed stage was entered; null where none is kept */
  readonly closedColumn: string | null;
  /** columns searched by `q` */
  readonly searched: readonly Sql[];
}

const commonJoins = sql`
  join stage s on s.id = r.stage_id
  left join app_user o on o.id = r.owner_id
  left join team t on t.id = r.team_id`;

/** `{id, name}` of a joined row, or null. */
export const namedJson = (alias: string): Sql =>
  raw(`case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`);

const stageJson = raw(`json_build_object('id', s.id, 'name', s.name, 'kind', s.kind)`);

export const leadKind: RecordKind = {
  entity: 'lead',
  table: raw('lead'),
  read: 'lead.read',
  write: 'lead.write',
  remove: 'lead.delete',
  json: sql`json_build_object(
    'id', r.id, 'name', r.name, 'company', r.company, 'email', r.email, 'phone', r.phone, 'source', r.source,
    'segment', r.segment, 'region', r.region, 'productCategory', r.product_category, 'campaign', r.campaign,
    'value', money_json(r.value, r.currency_code), 'owner', ${namedJson('o')}, 'team', ${namedJson('t')},
    'pipelineId', r.pipeline_id, 'stage', ${stageJson}, 'stageSince', r.stage_since, 'score', r.score,
    'custom', r.custom, 'position', r.position,
    'converted', case when r.converted_at is null then null else json_build_object('at', r.converted_at,
      'accountId', r.converted_account_id, 'contactId', r.converted_contact_id,
      'opportunityId', r.converted_opportunity_id) end,
    'createdAt', r.created_at, 'updatedAt', r.updated_at, 'version', r.version)`,
  joins: commonJoins,
  value: raw('r.value'),
  valueBase: raw('r.value_base'),
  subtitle: raw('r.company'),
  cardJoins: raw(''),
  dueOn: raw('null::date'),
  closedColumn: null,
  searched: [raw('r.name'), raw('r.company'), raw('r.email'), raw('r.phone')],
};

export const opportunityKind: RecordKind = {
  entity: 'opportunity',
  table: raw('opportunity'),
  read: 'opportunity.read',
  write: 'opportunity.write',
  remove: 'opportunity.delete',
  json: sql`json_build_object(
    'id', r.id, 'name', r.name, 'account', ${namedJson('a')}, 'contact', ${namedJson('c')},
    'product', ${namedJson('p')}, 'leadId', r.lead_id, 'source', r.source, 'segment', r.segment,
    'region', r.region, 'productCategory', r.product_category, 'campaign', r.campaign,
    'amount', money_json(r.amount, r.currency_code), 'probability', coalesce(r.probability, s.probability),
    'expectedCloseOn', r.expected_close_on, 'closedOn', r.closed_on, 'nextStep', r.next_step,
    'owner', ${namedJson('o')}, 'team', ${namedJson('t')}, 'pipelineId', r.pipeline_id, 'stage', ${stageJson},
    'stageSince', r.stage_since, 'score', r.score, 'custom', r.custom, 'position', r.position,
    'createdAt', r.created_at, 'updatedAt', r.updated_at, 'version', r.version)`,
  joins: sql`${commonJoins}
    left join account a on a.id = r.account_id
    left join contact c on c.id = r.contact_id
    left join product p on p.id = r.product_id`,
  value: raw('r.amount'),
  valueBase: raw('r.amount_base'),
  subtitle: raw('a.name'),
  cardJoins: raw('left join account a on a.id = r.account_id'),
  dueOn: raw('r.expected_close_on'),
  closedColumn: 'closed_on',
  searched: [raw('r.name'), raw('a.name')],
};

export const recordKinds: Readonly<Record<PipelineEntity, RecordKind>> = {
  lead: leadKind,
  opportunity: opportunityKind,
};
