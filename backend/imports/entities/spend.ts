import { sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import { column, countMerge, fieldColumn, mergeStatement, stageRows } from '../engine/merge.ts';
import { field } from './field.ts';
import { baseAmount } from './money-sql.ts';
import { checkCurrency, currencyField } from './shared-fields.ts';

/** Money spent on sales and marketing. */
export const spendImport: EntityImport = {
  entity: 'spend',
  customEntity: null,
  fields: [
    field(
      'id',
      'Spend id',
      'line',
      ['Spend ID', 'ID', 'Expense ID', 'Record ID', 'Row ID'],
      'Recognises the row when the file comes again. Without it date, kind, source, campaign, region and team do.',
      { isKey: true },
    ),
    field(
      'spentOn',
      'Date',
      'date',
      ['Date', 'Spend Date', 'Spent On', 'Day', 'Month', 'Invoice Date', 'Datum', 'Tag', 'Monat'],
      'The business day of the spending.',
      { required: true },
    ),
    field(
      'amount',
      'Amount',
      'money',
      ['Amount', 'Spend', 'Cost', 'Costs', 'Amount Spent', 'Betrag', 'Kosten', 'Ausgaben'],
      'What was spent.',
      { required: true },
    ),
    field(
      'category',
      'Kind',
      'choice',
      ['Kind', 'Category', 'Type', 'Department', 'Art', 'Kategorie'],
      'marketing or sales; marketing when left out.',
      { options: ['marketing', 'sales'] },
    ),
    field(
      'source',
      'Source',
      'line',
      ['Source', 'Lead Source', 'Channel', 'Platform', 'Quelle', 'Kanal'],
      'The lead source it paid for.',
    ),
    field('campaign', 'Campaign', 'line', ['Campaign', 'Campaign Name', 'Kampagne'], 'Marketing campaign.'),
    field('region', 'Region', 'line', ['Region', 'Territory', 'Gebiet'], 'Sales region.'),
    field('team', 'Team', 'line', ['Team', 'Team Name'], 'Name of the team; found or made.'),
    currencyField(),
  ],
  mappingProblems: () => [],
  check(row, run, fail) {
    if (textOf(row, 'spentOn') === null) fail(row, 'spentOn', 'is empty; spending needs its date');
    if (textOf(row, 'amount') === null) fail(row, 'amount', 'is empty; spending needs its amount');
    checkCurrency(row, run, fail, ['amount']);
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    return {
      kind: 'content',
      parts: ['spentOn', 'category', 'source', 'campaign', 'region', 'team'].map((key) => textOf(row, key)),
    };
  },
  refer(row, references) {
    references.teams.want(textOf(row, 'team'), null);
  },
  merge,
};

async function merge({ tx, run, references, mapped }: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  await stageRows(tx, rows, {
    external_key: ['text', (row) => row.key],
    spent_on: ['date', (row) => textOf(row, 'spentOn')],
    category: ['text', (row) => textOf(row, 'category') ?? 'marketing'],
    amount: ['numeric(18,4)', (row) => moneyOf(row, 'amount', run.currency).amount],
    currency_code: ['text', (row) => moneyOf(row, 'amount', run.currency).currency],
    source: ['text', (row) => textOf(row, 'source')],
    campaign: ['text', (row) => textOf(row, 'campaign')],
    region: ['text', (row) => textOf(row, 'region')],
    team_id: ['uuid', (row) => references.teams.get(textOf(row, 'team'))?.id ?? null],
  });
  const statement = mergeStatement('spend', 'external_key', [
    column('external_key', 'keep'),
    fieldColumn('spent_on', true),
    fieldColumn('category', mapped.has('category')),
    fieldColumn('amount', true),
    fieldColumn('currency_code', true),
    fieldColumn('amount_base', true, baseAmount('amount', sql`s.spent_on`, run.currency)),
    fieldColumn('source', mapped.has('source')),
    fieldColumn('campaign', mapped.has('campaign')),
    fieldColumn('region', mapped.has('region')),
    fieldColumn('team_id', mapped.has('team')),
  ]);
  return countMerge(tx, statement, rows.length);
}
