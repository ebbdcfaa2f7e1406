import { guardedJson, type Permission, type Reach } from '../access/index.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import {
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
import { personalText, type SearchedText } from './record-search.ts';

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
  /** texts searched by `q` */
  readonly searched: readonly SearchedText[];
}

const commonJoins = sql`
  join stage s on s.id = r.stage_id
  left join app_user o on o.id = r.owner_id
  left join team t on t.id = r.team_id
  left join lost_reason lr on lr.id = r.lost_reason_id`;

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
  lostReason: jsonPart({ id: jsonWord('lr.id'), name: jsonText('lr.label') }, 'lr.id'),
  lostNote: jsonText('r.lost_note'),
  score: jsonBare('r.score'),
  custom: jsonBare('r.custom'),
  position: jsonBare('r.position'),
};

const lifeFields = {
  tags: jsonBare('to_json(r.tags)'),
  createdAt: jsonMoment('r.created_at'),
  updatedAt: jsonMoment('r.updated_at'),
  deletedAt: jsonMoment('r.deleted_at'),
  version: jsonBare('r.version'),
};

const accountText = raw(`lower(x.name || ' ' || coalesce(x.domain, ''))`);
/** By the account's name alone: its domain is in the index, but not on the opportunity. */
const ofAccount = (has: (text: Sql) => Sql): Sql =>
  sql`r.account_id = any(array(select x.id from account x where ${has(accountText)} and ${has(raw('lower(x.name)'))}))`;

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
  searched: [
    { fields: ['name', 'company'], text: raw(`lower(r.name || ' ' || coalesce(r.company, ''))`) },
    personalText,
  ],
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
  searched: [
    { fields: ['name'], text: raw('lower(r.name)') },
    { fields: ['account'], text: accountText, through: ofAccount },
  ],
};

export const recordKinds: Readonly<Record<PipelineEntity, RecordKind>> = {
  lead: leadKind,
  opportunity: opportunityKind,
};
