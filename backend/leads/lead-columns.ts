import type { LeadCreate, LeadUpdate } from '../contracts/leads.ts';
import { sql } from '../db/index.ts';
import {
  type ColumnsOf,
  checkMoney,
  customColumns,
  moneyColumns,
  ownerColumns,
  plainColumns,
  tagColumns,
} from '../pipeline/index.ts';

const textColumns = {
  name: 'name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  source: 'source',
  segment: 'segment',
  region: 'region',
  productCategory: 'product_category',
  campaign: 'campaign',
};

/** The columns of a lead's input. `companyCurrency` is what a lead without a value is kept in. */
export function leadColumns(companyCurrency: string): ColumnsOf<LeadCreate | LeadUpdate> {
  return async (runner, actor, input, { isNew, today }) => {
    const custom = await customColumns(runner, actor, 'lead', input.custom, isNew);
    if (input.value) await checkMoney(runner, input.value, '/value', today);
    const columns = plainColumns(input, textColumns);
    if (input.value !== undefined)
      columns.push(...moneyColumns({ value: 'value', base: 'value_base' }, input.value, today));
    if (isNew && !input.value) columns.push(['currency_code', sql`${companyCurrency}`]);
    columns.push(...custom, ...(await tagColumns(runner, input.tags)));
    columns.push(...(await ownerColumns(runner, actor, 'lead.write', input.ownerId, isNew)));
    return columns;
  };
}
