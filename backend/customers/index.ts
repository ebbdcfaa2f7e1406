export {
  type CustomerFilters,
  findAccountByName,
  findContactByEmail,
  findCustomer,
  listedCustomerIds,
} from './customer.repository.ts';
export { type AccountService, type ContactService, createCustomers } from './customer.routes.ts';
export { accountKind, type CustomerKind, contactKind } from './customer-kind.ts';
export { accountNameKey } from './name-key.ts';
