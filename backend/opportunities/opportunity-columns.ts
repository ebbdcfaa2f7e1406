import { type Permission, scopeOf } from '../access/index.ts';
import type { OpportunityCreate, OpportunityUpdate } from '../contracts/opportunities.ts';
import { accountKind, contactKind, findCustomer } from '../customers/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { invalid } from '../http/index.ts';
import {
  type ColumnsOf,
  checkMoney,
  customColumns,
  idColumns,
  moneyColumns,
  ownerColumns,
  plainColumns,
  tagColumns,
} from '../pipeline/index.ts';
import { findProduct } from './opportunity.repository.ts';

const textColumns = {
  name: 'name',
  source: 'source',
  segment: 'segment',
  region: 'region',
  productCategory: 'product_category',
  campaign: 'campaign',
  nextStep: 'next_step',
  probability: 'probability',
};

type Input = OpportunityCreate | OpportunityUpdate;

/** The columns of an opportunity's input; account, contact and product must be within the asker's reach. */
export function opportunityColumns(companyCurrency: string): ColumnsOf<Input> {
  return async (runner, actor, input, { isNew, today }) => {
    const scope = (permission: Permission) => scopeOf(actor.principal, permission);
    const custom = await customColumns(runner, actor, 'opportunity', input.custom, isNew);
    if (input.amount) await checkMoney(runner, input.amount, '/amount', today);
    if (input.accountId && !(await findCustomer(runner, accountKind, scope('account.read'), input.accountId))) {
      throw invalid('/accountId', 'is no account you can see');
    }
    if (input.contactId && !(await findCustomer(runner, contactKind, scope('contact.read'), input.contactId))) {
      throw invalid('/contactId', 'is no contact you can see');
    }
    const product = await productOf(runner, input);
    const columns = plainColumns(input, textColumns);
    columns.push(...idColumns(input, { accountId: 'account_id', contactId: 'contact_id', productId: 'product_id' }));
    if (product?.category && !input.productCategory) columns.push(['product_category', sql`${product.category}`]);
    if (input.expectedCloseOn !== undefined) columns.push(['expected_close_on', sql`${input.expectedCloseOn}::date`]);
    if (input.amount !== undefined)
      columns.push(...moneyColumns({ value: 'amount', base: 'amount_base' }, input.amount, today));
    if (isNew && !input.amount) columns.push(['currency_code', sql`${companyCurrency}`]);
    columns.push(...custom, ...(await tagColumns(runner, input.tags)));
    columns.push(...(await ownerColumns(runner, actor, 'opportunity.write', input.ownerId, isNew)));
    return columns;
  };
}

async function productOf(runner: SqlRunner, input: Input): Promise<{ category: string | null } | undefined> {
  if (!input.productId) return undefined;
  const product = await findProduct(runner, input.productId);
  if (!product) throw invalid('/productId', 'is not a product of the catalogue');
  return product;
}
