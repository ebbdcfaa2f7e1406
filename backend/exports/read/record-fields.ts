import type { RecordsResponse } from '../../contracts/analytics.ts';

/** What the list on screen shows, in its order, and then what else a record says. */
const orders: Readonly<Record<RecordsResponse['entity'], readonly string[]>> = {
  sale: [
    ...['product', 'account', 'soldOn', 'owner', 'amount', 'amountBase'],
    ...['productCategory', 'quantity', 'cost', 'costBase', 'region', 'segment', 'team', 'source', 'opportunityId'],
  ],
  lead: [
    ...['name', 'company', 'createdAt', 'owner', 'value', 'valueBase'],
    ...['stage', 'convertedAt', 'productCategory', 'region', 'segment', 'team', 'source'],
  ],
  opportunity: [
    ...['name', 'account', 'closedOn', 'expectedCloseOn', 'owner', 'amount', 'amountBase'],
    ...['stage', 'createdAt', 'product', 'productCategory', 'region', 'segment', 'team', 'source'],
  ],
  spend: [...['campaign', 'category', 'spentOn', 'team', 'amount', 'amountBase'], ...['region', 'source']],
};

/**
 * The fields that records have, in the order that they are read in: rows come from the database with their fields in
 * none that means anything. Those that no order knows, and the id, are the last.
 */
export function fieldsInOrder(entity: RecordsResponse['entity'], found: ReadonlySet<string>): string[] {
  const known = orders[entity].filter((field) => found.has(field));
  const others = [...found].filter((field) => field !== 'id' && !known.includes(field)).sort();
  return [...known, ...others, ...(found.has('id') ? ['id'] : [])];
}

/** `productCategory` as "Product category", `amountBase` as "Amount in company currency". */
export function fieldLabel(field: string): string {
  const words = field
    .replace(/Base$/, 'InCompanyCurrency')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
