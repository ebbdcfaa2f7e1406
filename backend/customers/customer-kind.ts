import type { Permission } from '../access/index.ts';
import { raw, type Sql, sql } from '../db/index.ts';
import { namedJson } from '../pipeline/index.ts';

/** What accounts and contacts share, and where they differ; the table is aliased `r`. */
export interface CustomerKind {
  readonly entity: 'account' | 'contact';
  readonly table: Sql;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
  readonly json: Sql;
  readonly joins: Sql;
  readonly searched: readonly Sql[];
}

export const accountKind: CustomerKind = {
  entity: 'account',
  table: raw('account'),
  read: 'account.read',
  write: 'account.write',
  remove: 'account.delete',
  json: sql`json_build_object('id', r.id, 'name', r.name, 'domain', r.domain, 'industry', r.industry,
    'segment', r.segment, 'region', r.region, 'country', r.country, 'employees', r.employees,
    'annualRevenue', money_json(r.annual_revenue, r.currency_code), 'foundedYear', r.founded_year,
    'parent', ${namedJson('p')}, 'owner', ${namedJson('o')}, 'team', ${namedJson('t')}, 'custom', r.custom,
    'createdAt', r.created_at, 'updatedAt', r.updated_at, 'version', r.version)`,
  joins: sql`left join app_user o on o.id = r.owner_id left join team t on t.id = r.team_id
    left join account p on p.id = r.parent_id`,
  searched: [raw('r.name'), raw('r.domain')],
};

export const contactKind: CustomerKind = {
  entity: 'contact',
  table: raw('contact'),
  read: 'contact.read',
  write: 'contact.write',
  remove: 'contact.delete',
  json: sql`json_build_object('id', r.id, 'name', r.name, 'email', r.email, 'phone', r.phone, 'title', r.title,
    'account', ${namedJson('a')}, 'owner', ${namedJson('o')}, 'team', ${namedJson('t')}, 'custom', r.custom,
    'createdAt', r.created_at, 'updatedAt', r.updated_at, 'version', r.version)`,
  joins: sql`left join app_user o on o.id = r.owner_id left join team t on t.id = r.team_id
    left join account a on a.id = r.account_id`,
  searched: [raw('r.name'), raw('r.email'), raw('r.phone')],
};
