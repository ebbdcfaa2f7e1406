export { findAccountByName, findContactByEmail, findCustomer } from './customer.repository.ts';
export { type AccountService, type ContactService, createCustomers } from './customer.routes.ts';
export { accountKind, contactKind } from './customer-kind.ts';
export { accountNameKey } from './name-key.ts';
