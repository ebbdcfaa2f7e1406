import type { z } from 'zod';
import {
  accountCreateSchema,
  accountListQuery,
  accountPageSchema,
  accountSchema,
  accountUpdateSchema,
  contactCreateSchema,
  contactListQuery,
  contactPageSchema,
  contactSchema,
  contactUpdateSchema,
} from '../contracts/customers.ts';
import type { Dependencies } from '../dependencies.ts';
import type { AnyRoute } from '../http/index.ts';
import { crudRoutes } from '../pipeline/index.ts';
import { type CustomerService, createCustomerService } from './customer.service.ts';
import { accountColumns, contactColumns } from './customer-columns.ts';
import { accountKind, contactKind } from './customer-kind.ts';

export type AccountService = CustomerService<
  z.output<typeof accountCreateSchema>,
  z.output<typeof accountUpdateSchema>
>;
export type ContactService = CustomerService<
  z.output<typeof contactCreateSchema>,
  z.output<typeof contactUpdateSchema>
>;

/** Accounts and contacts: their services, for conversion, and their endpoints. */
export function createCustomers(deps: Dependencies): {
  accounts: AccountService;
  contacts: ContactService;
  routes: AnyRoute[];
} {
  const accounts: AccountService = createCustomerService(accountKind, deps, accountColumns);
  const contacts: ContactService = createCustomerService(contactKind, deps, contactColumns);
  const accountContract = {
    path: 'accounts',
    noun: 'Account',
    tag: 'Accounts',
    record: accountSchema,
    page: accountPageSchema,
    listQuery: accountListQuery,
    create: accountCreateSchema,
    update: accountUpdateSchema,
  } as const;
  const contactContract = {
    path: 'contacts',
    noun: 'Contact',
    tag: 'Contacts',
    record: contactSchema,
    page: contactPageSchema,
    listQuery: contactListQuery,
    create: contactCreateSchema,
    update: contactUpdateSchema,
  } as const;
  return {
    accounts,
    contacts,
    routes: [
      ...crudRoutes(deps, accountKind, accountContract, accounts),
      ...crudRoutes(deps, contactKind, contactContract, contacts),
    ],
  };
}
