import type { z } from 'zod';
import { idParams } from '../contracts/common.ts';
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
import { type AnyRoute, defineRoute } from '../http/index.ts';
import type { CustomerListQuery } from './customer.repository.ts';
import { type CustomerService, createCustomerService } from './customer.service.ts';
import { accountColumns, contactColumns } from './customer-columns.ts';
import { accountKind, type CustomerKind, contactKind } from './customer-kind.ts';

interface CustomerContract<Create, Update> {
  path: 'accounts' | 'contacts';
  noun: string;
  tag: string;
  record: z.ZodType;
  page: z.ZodType;
  listQuery: z.ZodType<CustomerListQuery>;
  create: z.ZodType<Create>;
  update: z.ZodType<Update>;
}

function routesOf<Create, Update>(
  { database }: Dependencies,
  kind: CustomerKind,
  contract: CustomerContract<Create, Update>,
  service: CustomerService<Create, Update>,
): AnyRoute[] {
  const { path, noun, tag, record } = contract;
  return [
    defineRoute({
      method: 'get',
      path: `/${path}`,
      operationId: `list${tag}`,
      tag,
      summary: `${tag} within the asker's scope`,
      access: kind.read,
      query: contract.listQuery,
      responses: { 200: contract.page },
      handler: async ({ principal, query }) => ({ json: await service.list(principal, query) }),
    }),
    defineRoute({
      method: 'post',
      path: `/${path}`,
      operationId: `create${noun}`,
      tag,
      summary: `Create a ${kind.entity}`,
      access: kind.write,
      body: contract.create,
      responses: { 201: record },
      async handler({ actor, body }) {
        const { id, json, version } = await database.transaction((tx) => service.createIn(tx, actor, body));
        return { status: 201, json, version, headers: { Location: `/api/v1/${path}/${id}` } };
      },
    }),
    defineRoute({
      method: 'get',
      path: `/${path}/:id`,
      operationId: `get${noun}`,
      tag,
      summary: `One ${kind.entity}`,
      access: kind.read,
      params: idParams,
      responses: { 200: record },
      handler: ({ principal, params }) => service.get(principal, params.id),
    }),
    defineRoute({
      method: 'patch',
      path: `/${path}/:id`,
      operationId: `update${noun}`,
      tag,
      summary: `Change fields of a ${kind.entity}`,
      access: kind.write,
      params: idParams,
      body: contract.update,
      responses: { 200: record },
      handler: ({ actor, params, body, ifMatch }) => service.update(actor, params.id, body, ifMatch),
    }),
    defineRoute({
      method: 'delete',
      path: `/${path}/:id`,
      operationId: `delete${noun}`,
      tag,
      summary: `Delete a ${kind.entity}`,
      access: kind.remove,
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params, ifMatch }) {
        await service.remove(actor, params.id, ifMatch);
        return { status: 204 };
      },
    }),
  ];
}

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
      ...routesOf(deps, accountKind, accountContract, accounts),
      ...routesOf(deps, contactKind, contactContract, contacts),
    ],
  };
}
