import type { z } from 'zod';
import { scopeOf } from '../access/index.ts';
import type {
  accountCreateSchema,
  accountUpdateSchema,
  contactCreateSchema,
  contactUpdateSchema,
} from '../contracts/customers.ts';
import { sql } from '../db/index.ts';
import { invalid } from '../http/index.ts';
import {
  type ColumnValue,
  checkMoney,
  customColumns,
  idColumns,
  ownerColumns,
  plainColumns,
  tagColumns,
} from '../pipeline/index.ts';
import { findCustomer } from './customer.repository.ts';
import type { CustomerColumnsOf } from './customer.service.ts';
import { accountKind } from './customer-kind.ts';
import { accountNameKey } from './name-key.ts';

export type AccountInput = z.output<typeof accountCreateSchema> | z.output<typeof accountUpdateSchema>;
export type ContactInput = z.output<typeof contactCreateSchema> | z.output<typeof contactUpdateSchema>;

const accountText = {
  name: 'name',
  domain: 'domain',
  industry: 'industry',
  segment: 'segment',
  region: 'region',
  country: 'country',
  employees: 'employees',
  foundedYear: 'founded_year',
};

/** The columns of an account's input. */
export const accountColumns: CustomerColumnsOf<AccountInput> = async (runner, actor, input, { isNew, today }) => {
  const { annualRevenue: revenue } = input;
  const custom = await customColumns(runner, actor, 'account', input.custom, isNew);
  if (revenue) await checkMoney(runner, revenue, '/annualRevenue', today);
  const columns: ColumnValue[] = plainColumns(input, accountText);
  if (input.name !== undefined) columns.push(['name_key', sql`${accountNameKey(input.name)}`]);
  if (revenue !== undefined) columns.push(['annual_revenue', sql`${revenue?.amount ?? null}::numeric`]);
  if (revenue) columns.push(['currency_code', sql`${revenue.currency}`]);
  columns.push(...custom, ...(await tagColumns(runner, input.tags)));
  columns.push(...(await ownerColumns(runner, actor, 'account.write', input.ownerId, isNew)));
  return columns;
};

/** The columns of a contact's input. */
export const contactColumns: CustomerColumnsOf<ContactInput> = async (runner, actor, input, { isNew }) => {
  const custom = await customColumns(runner, actor, 'contact', input.custom, isNew);
  if (input.accountId) {
    const account = await findCustomer(runner, accountKind, scopeOf(actor.principal, 'account.read'), input.accountId);
    if (!account) throw invalid('/accountId', 'is no account you can see');
  }
  return [
    ...plainColumns(input, { name: 'name', email: 'email', phone: 'phone', title: 'title' }),
    ...idColumns(input, { accountId: 'account_id' }),
    ...custom,
    ...(await tagColumns(runner, input.tags)),
    ...(await ownerColumns(runner, actor, 'contact.write', input.ownerId, isNew)),
  ];
};
