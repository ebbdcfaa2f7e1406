import { sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import { column, countMerge, fieldColumn, mergeStatement, ownerColumn, stageRows } from '../engine/merge.ts';
import { field } from './field.ts';
import { baseAmount } from './money-sql.ts';
import { checkCurrency, dimensionFields, referenceFields } from './shared-fields.ts';

/** Booked revenue, one row a line. */
export const salesImport: EntityImport = {
  entity: 'sales',
  customEntity: null,
  fields: [
    field(
      'id',
      'Sale id',
      'line',
      ['Row ID', 'Sale ID', 'Line ID', 'Line Item ID', 'Transaction ID', 'Record ID', 'Invoice Line', 'Position ID'],
      'Tells lines apart when the file comes again. Without it the whole content of a row does.',
      { isKey: true },
    ),
    field(
      'orderId',
      'Order',
      'line',
      ['Order ID', 'Order Number', 'Invoice Number', 'Invoice', 'Bestellnummer', 'Rechnungsnummer', 'Auftrag'],
      'Where there is no sale id: the order and the place of the line in it tell lines apart.',
      { isKey: true },
    ),
    field(
      'soldOn',
      'Date',
      'date',
      [
        'Order Date',
        'Sale Date',
        'Sold On',
        'Invoice Date',
        'Close Date',
        'Transaction Date',
        'Datum',
        'Verkaufsdatum',
        'Rechnungsdatum',
        'Date',
      ],
      'The business day of the sale.',
      { required: true },
    ),
    field(
      'amount',
      'Net amount',
      'money',
      [
        'Sales',
        'Revenue',
        'Net Amount',
        'Amount',
        'Total',
        'Total Price',
        'Sales Amount',
        'Line Total',
        'Net Sales',
        'Turnover',
        'Umsatz',
        'Betrag',
        'Nettobetrag',
        'Close Value',
      ],
      'Net amount of the line, not of one piece.',
      { required: true },
    ),
    field(
      'cost',
      'Cost',
      'money',
      ['Cost', 'COGS', 'Cost of Goods Sold', 'Total Cost', 'Kosten', 'Wareneinsatz'],
      'Cost of the whole line.',
    ),
    field(
      'profit',
      'Profit',
      'money',
      ['Profit', 'Gross Profit', 'Margin Amount', 'Gewinn', 'Rohertrag', 'Deckungsbeitrag'],
      'Where there is no cost: the cost is amount less profit.',
    ),
    field(
      'quantity',
      'Quantity',
      'number',
      ['Quantity', 'Qty', 'Units', 'Units Sold', 'Menge', 'Anzahl', 'Stück'],
      'Pieces; 1 when left out.',
    ),
    ...referenceFields({ account: true, product: true }),
    field(
      'sku',
      'Product number',
      'line',
      ['Product ID', 'SKU', 'Product Code', 'Artikelnummer'],
      'Kept with products that the file brings in.',
    ),
    ...dimensionFields(),
  ],
  mappingProblems: () => [],
  check(row, run, fail) {
    if (textOf(row, 'soldOn') === null) fail(row, 'soldOn', 'is empty; a sale needs its date');
    if (textOf(row, 'amount') === null) fail(row, 'amount', 'is empty; a sale needs its amount');
    checkCurrency(row, run, fail, ['amount', 'cost', 'profit']);
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    const order = textOf(row, 'orderId');
    if (order !== null) return { kind: 'content', parts: ['order', order] };
    return { kind: 'content', parts: Object.values(row.values) };
  },
  refer(row, references) {
    const owner = textOf(row, 'owner');
    references.users.want(owner, null);
    references.teams.want(textOf(row, 'team'), null);
    references.accounts.want(textOf(row, 'account'), { owner });
    references.products.want(textOf(row, 'product'), {
      category: textOf(row, 'productCategory'),
      sku: textOf(row, 'sku'),
    });
  },
  merge,
};

async function merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { tx, run, references, mapped } = context;
  const owner = (row: ImportRow) => references.users.get(textOf(row, 'owner'));
  const product = (row: ImportRow) => references.products.get(textOf(row, 'product'));
  const account = (row: ImportRow) => references.accounts.get(textOf(row, 'account'));
  const team = (row: ImportRow) => references.teams.get(textOf(row, 'team'));
  await stageRows(tx, rows, {
    external_key: ['text', (row) => row.key],
    sold_on: ['date', (row) => textOf(row, 'soldOn')],
    account_id: ['uuid', (row) => account(row)?.id ?? null],
    product_id: ['uuid', (row) => product(row)?.id ?? null],
    product_category: ['text', (row) => textOf(row, 'productCategory') ?? product(row)?.category ?? null],
    quantity: ['numeric(18,4)', (row) => textOf(row, 'quantity') ?? '1'],
    amount: ['numeric(18,4)', (row) => moneyOf(row, 'amount', run.currency).amount],
    cost: ['numeric(18,4)', (row) => moneyOf(row, 'cost', run.currency).amount],
    profit: ['numeric(18,4)', (row) => moneyOf(row, 'profit', run.currency).amount],
    currency_code: ['text', (row) => moneyOf(row, 'amount', run.currency).currency],
    owner_id: ['uuid', (row) => owner(row)?.id ?? null],
    team_id: ['uuid', (row) => team(row)?.id ?? owner(row)?.teamId ?? null],
    region: [
      'text',
      (row) => textOf(row, 'region') ?? team(row)?.region ?? owner(row)?.region ?? account(row)?.region ?? null,
    ],
    segment: ['text', (row) => textOf(row, 'segment') ?? account(row)?.segment ?? null],
    source: ['text', (row) => textOf(row, 'source')],
    campaign: ['text', (row) => textOf(row, 'campaign')],
  });
  const day = sql`s.sold_on`;
  const isCostGiven = mapped.has('cost') || mapped.has('profit');
  const statement = mergeStatement(
    'sale',
    'external_key',
    [
      column('external_key', 'keep'),
      fieldColumn('sold_on', true),
      fieldColumn('account_id', mapped.has('account')),
      fieldColumn('product_id', mapped.has('product')),
      column('product_category', mapped.has('productCategory') ? 'replace' : 'fill'),
      fieldColumn('quantity', mapped.has('quantity')),
      fieldColumn('amount', true),
      fieldColumn('cost', isCostGiven, sql`coalesce(s.cost, s.amount - s.profit)`),
      fieldColumn('currency_code', true),
      fieldColumn('amount_base', true, baseAmount('amount', day, run.currency)),
      fieldColumn(
        'cost_base',
        isCostGiven,
        sql`coalesce(${baseAmount('cost', day, run.currency)},
        ${baseAmount('amount', day, run.currency)} - ${baseAmount('profit', day, run.currency)})`,
      ),
      fieldColumn('owner_id', mapped.has('owner')),
      ownerColumn('sale', 'team_id', mapped.has('team')),
      ownerColumn('sale', 'region', mapped.has('region')),
      column('segment', mapped.has('segment') ? 'replace' : 'fill'),
      fieldColumn('source', mapped.has('source')),
      fieldColumn('campaign', mapped.has('campaign')),
    ],
    { revives: true },
  );
  return countMerge(tx, statement, rows.length);
}
