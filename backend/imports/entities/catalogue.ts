import type { ImportEntity } from '../../contracts/imports.ts';
import type { EntityImport } from '../engine/entity-import.ts';
import { accountsImport } from './accounts.ts';
import { contactsImport } from './contacts.ts';
import { leadsImport } from './leads.ts';
import { opportunitiesImport } from './opportunities.ts';
import { productsImport } from './products.ts';
import { salesImport } from './sales.ts';
import { spendImport } from './spend.ts';
import { teamsImport } from './teams.ts';

/** Everything that can be imported. */
export const entityImports: Record<ImportEntity, EntityImport> = {
  leads: leadsImport,
  opportunities: opportunitiesImport,
  sales: salesImport,
  accounts: accountsImport,
  contacts: contactsImport,
  products: productsImport,
  teams: teamsImport,
  spend: spendImport,
};
