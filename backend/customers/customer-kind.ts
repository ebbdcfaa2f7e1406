import { guardedJson, type Permission, type Reach } from '../access/index.ts';
import { jsonBare, jsonMoment, jsonMoney, jsonNamed, jsonText, jsonWord, raw, type Sql, sql } from '../db/index.ts';
import { personalText, type SearchedText } from '../pipeline/index.ts';

/** What accounts and contacts share, and where they differ; the table is aliased `r`. */
export interface CustomerKind {
  readonly entity: 'account' | 'contact';
  readonly table: Sql;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
  /** the record over the wire as JSON text, as far as a reach shows it */
  readonly json: (reach: Pick<Reach, 'fields'>) => Sql;
  readonly joins: Sql;
  /** texts searched by `q` */
  readonly searched: readonly SearchedText[];
}

const sharedFields = {
  owner: jsonNamed('o'),
  team: jsonNamed('t'),
  custom: jsonBare('r.custom'),
  tags: jsonBare('to_json(r.tags)'),
  createdAt: jsonMoment('r.created_at'),
  updatedAt: jsonMoment('r.updated_at'),
  deletedAt: jsonMoment('r.deleted_at'),
  version: jsonBare('r.version'),
};

export const accountKind: CustomerKind = {
  entity: 'account',
  table: raw('account'),
  read: 'account.read',
  write: 'account.write',
  remove: 'account.delete',
  json: guardedJson('account', {
    id: jsonWord('r.id'),
    name: jsonText('r.name'),
    domain: jsonText('r.domain'),
    industry: jsonText('r.industry'),
    segment: jsonText('r.segment'),
    region: jsonText('r.region'),
    country: jsonText('r.country'),
    employees: jsonBare('r.employees'),
    annualRevenue: jsonMoney('r.annual_revenue', 'r.currency_code'),
    foundedYear: jsonBare('r.founded_year'),
    parent: jsonNamed('p'),
    ...sharedFields,
  }),
  joins: sql`left join app_user o on o.id = r.owner_id left join team t on t.id = r.team_id
    left join account p on p.id = r.parent_id`,
  searched: [{ fields: ['name', 'domain'], text: raw(`lower(r.name || ' ' || coalesce(r.domain, ''))`) }],
};

export const contactKind: CustomerKind = {
  entity: 'contact',
  table: raw('contact'),
  read: 'contact.read',
  write: 'contact.write',
  remove: 'contact.delete',
  json: guardedJson('contact', {
    id: jsonWord('r.id'),
    name: jsonText('r.name'),
    email: jsonText('r.email'),
    phone: jsonText('r.phone'),
    title: jsonText('r.title'),
    account: jsonNamed('a'),
    ...sharedFields,
  }),
  joins: sql`left join app_user o on o.id = r.owner_id left join team t on t.id = r.team_id
    left join account a on a.id = r.account_id`,
  searched: [{ fields: ['name'], text: raw('lower(r.name)') }, personalText],
};
