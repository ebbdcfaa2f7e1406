import { guardedJson, isFieldShown, type Permission, type Reach } from '../access/index.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import {
  join,
  jsonBare,
  jsonMoment,
  jsonMoney,
  jsonNamed,
  jsonPart,
  jsonText,
  jsonWord,
  raw,
  type Sql,
  sql,
} from '../db/index.ts';

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
  /** the record over the wire as JSON text, as far as a reach shows it, and the joins it needs (stage `s` is among them) */
  readonly json: (reach: Pick<Reach, 'fields'>) => Sql;
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
  /** columns searched by `q`, by the fields they hold */
  readonly searched: Readonly<Record<string, Sql>>;
}

/** The condition that `q` is found in a field which the reach shows: a hidden one can't be guessed by searching. */
export function searchSql(
  { entity, searched }: { entity: string; searched: Readonly<Record<string, Sql>> },
  reach: Pick<Reach, 'fields'>,
  q: string,
): Sql {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const shown = Object.entries(searched).filter(([field]) => isFieldShown(entity, field, reach));
  return sql`(${join(
    shown.map(([, column]) => sql`${column} ilike ${pattern}`),
    ' or ',
  )})`;
}

const commonJoins = sql`
  join stage s on s.id = r.stage_id
  left join app_user o on o.id = r.owner_id
  left join team t on t.id = r.team_id`;

/** `{id, name}` of a joined row, or null. */
export const namedJson = (alias: string): Sql =>
  raw(`case when ${alias}.id is null then null else json_build_object('id', ${alias}.id, 'name', ${alias}.name) end`);

/** Where interest came from. */
const originFields = {
  source: jsonText('r.source'),
  segment: jsonText('r.segment'),
  region: jsonText('r.region'),
  productCategory: jsonText('r.product_category'),
  campaign: jsonText('r.campaign'),
};

/** Whose it is, and where it stands. */
const placeFields = {
  owner: jsonNamed('o'),
  team: jsonNamed('t'),
  pipelineId: jsonWord('r.pipeline_id'),
  stage: jsonPart({ id: jsonWord('s.id'), name: jsonText('s.name'), kind: jsonWord('s.kind') }),
  stageSince: jsonMoment('r.stage_since'),
  score: jsonBare('r.score'),
  custom: jsonBare('r.custom'),
  position: jsonBare('r.position'),
};

const lifeFields = {
  createdAt: jsonMoment('r.created_at'),
  updatedAt: jsonMoment('r.updated_at'),
  version: jsonBare('r.version'),
};

export const leadKind: RecordKind = {
  entity: 'lead',
  table: raw('lead'),
  read: 'lead.read',
  write: 'lead.write',
  remove: 'lead.delete',
  json: guardedJson('lead', {
    id: jsonWord('r.id'),
    name: jsonText('r.name'),
    company: jsonText('r.company'),
    email: jsonText('r.email'),
    phone: jsonText('r.phone'),
    ...originFields,
    value: jsonMoney('r.value', 'r.currency_code'),
    ...placeFields,
    converted: jsonPart(
      {
        at: jsonMoment('r.converted_at'),
        accountId: jsonWord('r.converted_account_id'),
        contactId: jsonWord('r.converted_contact_id'),
        opportunityId: jsonWord('r.converted_opportunity_id'),
      },
      'r.converted_at',
    ),
    ...lifeFields,
  }),
  joins: commonJoins,
  value: raw('r.value'),
  valueBase: raw('r.value_base'),
  subtitle: raw('r.company'),
  cardJoins: raw(''),
  dueOn: raw('null::date'),
  closedColumn: null,
  searched: { name: raw('r.name'), company: raw('r.company'), email: raw('r.email'), phone: raw('r.phone') },
};

export const opportunityKind: RecordKind = {
  entity: 'opportunity',
  table: raw('opportunity'),
  read: 'opportunity.read',
  write: 'opportunity.write',
  remove: 'opportunity.delete',
  json: guardedJson('opportunity', {
    id: jsonWord('r.id'),
    name: jsonText('r.name'),
    account: jsonNamed('a'),
    contact: jsonNamed('c'),
    product: jsonNamed('p'),
    leadId: jsonWord('r.lead_id'),
    ...originFields,
    amount: jsonMoney('r.amount', 'r.currency_code'),
    probability: jsonBare('coalesce(r.probability, s.probability)'),
    expectedCloseOn: jsonWord('r.expected_close_on'),
    closedOn: jsonWord('r.closed_on'),
    nextStep: jsonText('r.next_step'),
    ...placeFields,
    ...lifeFields,
  }),
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
  searched: { name: raw('r.name'), account: raw('a.name') },
};

export const recordKinds: Readonly<Record<PipelineEntity, RecordKind>> = {
  lead: leadKind,
  opportunity: opportunityKind,
};
