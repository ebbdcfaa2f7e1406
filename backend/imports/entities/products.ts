import { raw, sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import { column, countMerge, fieldColumn, mergeStatement, STAGED, stageRows } from '../engine/merge.ts';
import { nameKey } from '../name-key.ts';
import { field } from './field.ts';
import { checkCurrency, currencyField } from './shared-fields.ts';

/** What is sold. A product is known by its name: sales and deals name it so. */
export const productsImport: EntityImport = {
  entity: 'products',
  customEntity: null,
  fields: [
    field(
      'name',
      'Name',
      'line',
      [
        'Product Name',
        'Product',
        'Name',
        'Item',
        'Item Name',
        'Title',
        'Produkt',
        'Produktname',
        'Artikel',
        'Bezeichnung',
      ],
      "Recognises the product; case, spaces and signs don't matter.",
      { required: true, isKey: true },
    ),
    field(
      'sku',
      'Product number',
      'line',
      ['SKU', 'Product ID', 'Product Code', 'Item Number', 'Artikelnummer', 'ID'],
      'Product number.',
    ),
    field(
      'category',
      'Category',
      'line',
      [
        'Category',
        'Product Category',
        'Product Family',
        'Series',
        'Product Line',
        'Type',
        'Kategorie',
        'Produktgruppe',
        'Warengruppe',
      ],
      'Product category.',
    ),
    field(
      'listPrice',
      'List price',
      'money',
      ['List Price', 'Sales Price', 'Price', 'Unit Price', 'Preis', 'Listenpreis', 'Verkaufspreis'],
      'Price of one piece.',
    ),
    field(
      'unitCost',
      'Unit cost',
      'money',
      ['Unit Cost', 'Cost', 'Cost of Goods Sold', 'Einkaufspreis', 'Stückkosten'],
      'Cost of one piece.',
    ),
    field('isActive', 'Active', 'flag', ['Active', 'Is Active', 'IsActive', 'Aktiv'], 'No: no longer sold.'),
    currencyField(),
  ],
  mappingProblems: () => [],
  check(row, run, fail) {
    if (textOf(row, 'name') === null) fail(row, 'name', 'is empty; a product needs its name');
    checkCurrency(row, run, fail, ['listPrice', 'unitCost']);
  },
  identify: (row) => ({ kind: 'name', key: nameKey(textOf(row, 'name') ?? ''), column: 'name' }),
  refer: () => {},
  merge,
};

async function merge({ tx, run, mapped }: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const price = (row: ImportRow) => moneyOf(row, 'listPrice', run.currency);
  const cost = (row: ImportRow) => moneyOf(row, 'unitCost', run.currency);
  await stageRows(tx, rows, {
    id: ['uuid', () => null],
    name: ['text', (row) => textOf(row, 'name')],
    name_key: ['text', (row) => nameKey(textOf(row, 'name') ?? '')],
    sku: ['text', (row) => textOf(row, 'sku')],
    category: ['text', (row) => textOf(row, 'category')],
    list_price: ['numeric(18,4)', (row) => price(row).amount],
    unit_cost: ['numeric(18,4)', (row) => cost(row).amount],
    currency_code: ['text', (row) => (price(row).amount === null ? cost(row) : price(row)).currency],
    is_active: ['boolean', (row) => textOf(row, 'isActive') ?? 'true'],
  });
  await tx.sql.rows(sql`
    update ${raw(STAGED)} s set id = coalesce((select p.id from product p where p.name_key = s.name_key), uuid_v7())`);
  const hasPrice = mapped.has('listPrice') || mapped.has('unitCost') || mapped.has('currency');
  const statement = mergeStatement('product', 'id', [
    column('id', 'keep'),
    column('name', 'replace'),
    column('name_key', 'keep'),
    fieldColumn('sku', mapped.has('sku')),
    fieldColumn('category', mapped.has('category')),
    fieldColumn('list_price', mapped.has('listPrice')),
    fieldColumn('unit_cost', mapped.has('unitCost')),
    fieldColumn('currency_code', hasPrice),
    fieldColumn('is_active', mapped.has('isActive')),
  ]);
  return countMerge(tx, statement, rows.length);
}
