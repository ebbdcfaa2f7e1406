import type { Permission } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { raw, type Sql } from '../db/index.ts';

/** What finding and merging must know of a kind of record; its table is aliased `r`. */
export interface Mergeable {
  readonly entity: RecordType;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
  /** second line where records are compared */
  readonly subtitle: Sql;
  /** what a merge lets people choose, by the names of the wire, with the columns that go together */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** columns of other tables that point to a record of this kind: `[table, column, its key column]` */
  readonly references: readonly (readonly [table: string, column: string])[];
}

const permissionsOf = (entity: RecordType) =>
  ({ read: `${entity}.read`, write: `${entity}.write`, remove: `${entity}.delete` }) as const;

const origin = {
  source: ['source'],
  segment: ['segment'],
  region: ['region'],
  productCategory: ['product_category'],
  campaign: ['campaign'],
} as const;
const owner = { owner: ['owner_id', 'team_id'] } as const;

/** Stage events and audit rows keep pointing to the record they were written for: they are its history. */
export const mergeables: Readonly<Record<RecordType, Mergeable>> = {
  lead: {
    entity: 'lead',
    ...permissionsOf('lead'),
    subtitle: raw('r.company'),
    fields: {
      name: ['name'],
      company: ['company'],
      email: ['email'],
      phone: ['phone'],
      ...origin,
      value: ['value', 'currency_code', 'value_base'],
      ...owner,
    },
    references: [
      ['opportunity', 'lead_id'],
      ['sale', 'lead_id'],
    ],
  },
  opportunity: {
    entity: 'opportunity',
    ...permissionsOf('opportunity'),
    subtitle: raw('(select a.name from account a where a.id = r.account_id)'),
    fields: {
      name: ['name'],
      account: ['account_id'],
      contact: ['contact_id'],
      product: ['product_id'],
      ...origin,
      amount: ['amount', 'currency_code', 'amount_base'],
      probability: ['probability'],
      expectedCloseOn: ['expected_close_on'],
      nextStep: ['next_step'],
      ...owner,
    },
    references: [
      ['sale', 'opportunity_id'],
      ['lead', 'converted_opportunity_id'],
      ['conversion', 'opportunity_id'],
    ],
  },
  account: {
    entity: 'account',
    ...permissionsOf('account'),
    subtitle: raw('r.domain'),
    fields: {
      name: ['name', 'name_key'],
      domain: ['domain'],
      industry: ['industry'],
      segment: ['segment'],
      region: ['region'],
      country: ['country'],
      employees: ['employees'],
      annualRevenue: ['annual_revenue', 'currency_code'],
      foundedYear: ['founded_year'],
      parent: ['parent_id'],
      ...owner,
    },
    references: [
      ['contact', 'account_id'],
      ['opportunity', 'account_id'],
      ['sale', 'account_id'],
      ['account', 'parent_id'],
      ['lead', 'converted_account_id'],
      ['conversion', 'account_id'],
    ],
  },
  contact: {
    entity: 'contact',
    ...permissionsOf('contact'),
    subtitle: raw('(select a.name from account a where a.id = r.account_id)'),
    fields: {
      name: ['name'],
      email: ['email'],
      phone: ['phone'],
      title: ['title'],
      account: ['account_id'],
      ...owner,
    },
    references: [
      ['opportunity', 'contact_id'],
      ['activity', 'contact_id'],
      ['lead', 'converted_contact_id'],
      ['conversion', 'contact_id'],
    ],
  },
};
