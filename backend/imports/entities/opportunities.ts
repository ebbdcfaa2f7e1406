import { sql } from '../../db/index.ts';
import {
  type Board,
  cardColumns,
  cardTargets,
  countCards,
  lookUpPrior,
  openBoard,
  placeCards,
  writeStageEvents,
} from '../engine/board-merge.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import { column, fieldColumn, mergeStatement, ownerColumn, stageRows } from '../engine/merge.ts';
import { field } from './field.ts';
import { baseAmountOnChange } from './money-sql.ts';
import { bookWonSales } from './opportunity-sales.ts';
import { checkCurrency, dimensionFields, referenceFields } from './shared-fields.ts';

/** Deals. Won ones book a sale on their close date. */
export const opportunitiesImport: EntityImport = {
  entity: 'opportunities',
  customEntity: 'opportunity',
  fields: [
    field(
      'id',
      'Opportunity id',
      'line',
      ['Opportunity ID', 'Deal ID', 'Record ID', 'Record ID - Deal', 'ID', 'Opportunity Number', 'Case Safe ID'],
      'Recognises the opportunity when the file comes again. Without it name, account, product, owner and creation date do.',
      { isKey: true },
    ),
    field(
      'name',
      'Name',
      'line',
      ['Opportunity Name', 'Deal Name', 'Name', 'Opportunity', 'Deal', 'Title', 'Bezeichnung', 'Titel'],
      'Left out: account and product.',
    ),
    field(
      'stage',
      'Stage',
      'line',
      ['Deal Stage', 'Stage', 'Stage Name', 'Opportunity Stage', 'Status', 'Phase', 'Verkaufsphase'],
      'Stage of the default pipeline, by name or by what other programs call it. Left out: the first stage.',
      { max: 100 },
    ),
    field(
      'amount',
      'Amount',
      'money',
      [
        'Close Value',
        'Amount',
        'Deal Amount',
        'Deal Value',
        'Opportunity Amount',
        'Value',
        'Total',
        'Betrag',
        'Wert',
        'Umsatz',
        'Sales',
      ],
      'What the deal is worth; a won one needs it.',
    ),
    field(
      'createdOn',
      'Created',
      'moment',
      [
        'Engage Date',
        'Created Date',
        'Create Date',
        'Created On',
        'Created At',
        'Created',
        'Creation Date',
        'Open Date',
        'Start Date',
        'Erstellt am',
        'Erstelldatum',
        'Angelegt am',
      ],
      'When the opportunity came up.',
    ),
    field(
      'closedOn',
      'Close date',
      'date',
      [
        'Close Date',
        'Closed Date',
        'Closed On',
        'Close',
        'Date Closed',
        'Actual Close Date',
        'Won Date',
        'Abschlussdatum',
        'Geschlossen am',
      ],
      'When it was won or lost; a won one needs it. For an open one it is the expected date.',
    ),
    field(
      'expectedCloseOn',
      'Expected close',
      'date',
      ['Expected Close Date', 'Expected Close', 'Estimated Close Date', 'Forecast Date', 'Erwarteter Abschluss'],
      'When it is expected to be won.',
    ),
    field(
      'probability',
      'Probability',
      'share',
      ['Probability', 'Probability (%)', 'Deal Probability', 'Win Probability', 'Wahrscheinlichkeit'],
      "Left out: the stage's own.",
    ),
    ...referenceFields({ account: true, product: true }),
    field('nextStep', 'Next step', 'line', ['Next Step', 'Next Steps', 'Nächster Schritt'], 'What is to be done next.'),
    ...dimensionFields(),
  ],
  mappingProblems: (mapped) =>
    ['id', 'name', 'account', 'product'].some((key) => mapped.has(key))
      ? []
      : ['No column tells the opportunities apart: map one to id, name, account or product.'],
  check(row, run, fail) {
    if (['id', 'name', 'account', 'product'].every((key) => textOf(row, key) === null))
      fail(row, null, 'has neither an id nor a name, an account or a product');
    checkCurrency(row, run, fail, ['amount']);
  },
  checkStage(row, stage, fail) {
    if (stage?.kind !== 'won') return;
    if (textOf(row, 'closedOn') === null) fail(row, 'closedOn', 'is empty; a won opportunity needs its close date');
    if (textOf(row, 'amount') === null) fail(row, 'amount', 'is empty; a won opportunity needs its value');
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    return {
      kind: 'content',
      parts: ['name', 'account', 'product', 'owner', 'createdOn'].map((key) => textOf(row, key)),
    };
  },
  refer(row, references) {
    const owner = textOf(row, 'owner');
    references.users.want(owner, null);
    references.teams.want(textOf(row, 'team'), null);
    references.accounts.want(textOf(row, 'account'), { owner });
    references.products.want(textOf(row, 'product'), { category: textOf(row, 'productCategory'), sku: null });
  },
  merge,
};

/** What a deal without a name is called. */
function nameOf(row: ImportRow): string {
  const parts = [textOf(row, 'account'), textOf(row, 'product')].filter((part) => part !== null);
  return textOf(row, 'name') ?? (parts.length > 0 ? parts.join(' – ') : `Opportunity ${textOf(row, 'id')}`);
}

async function merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { tx, run, references, mapped } = context;
  const board: Board = await openBoard(context, 'opportunity');
  const owner = (row: ImportRow) => references.users.get(textOf(row, 'owner'));
  const product = (row: ImportRow) => references.products.get(textOf(row, 'product'));
  const account = (row: ImportRow) => references.accounts.get(textOf(row, 'account'));
  const team = (row: ImportRow) => references.teams.get(textOf(row, 'team'));
  await stageRows(tx, rows, {
    ...cardColumns(board),
    name: ['text', nameOf],
    account_id: ['uuid', (row) => account(row)?.id ?? null],
    product_id: ['uuid', (row) => product(row)?.id ?? null],
    product_category: ['text', (row) => textOf(row, 'productCategory') ?? product(row)?.category ?? null],
    amount: ['numeric(18,4)', (row) => moneyOf(row, 'amount', run.currency).amount],
    currency_code: ['text', (row) => moneyOf(row, 'amount', run.currency).currency],
    probability: ['float8', (row) => textOf(row, 'probability')],
    expected_close_on: ['date', (row) => textOf(row, 'expectedCloseOn')],
    prior_closed_on: ['date', () => null],
    next_step: ['text', (row) => textOf(row, 'nextStep')],
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
  await lookUpPrior(context, 'opportunity', sql`, prior_closed_on = r.closed_on`);
  await placeCards(context);
  const closedOn = sql`case when s.stage_kind <> 'open' then coalesce(s.settled_on, s.prior_closed_on) end`;
  const expected = sql`coalesce(s.expected_close_on, case when s.stage_kind = 'open' then s.settled_on end)`;
  const merged = await countCards(
    context,
    mergeStatement(
      'opportunity',
      'external_key',
      [
        ...cardTargets(context, 'opportunity'),
        fieldColumn('name', mapped.has('name')),
        fieldColumn('account_id', mapped.has('account')),
        fieldColumn('product_id', mapped.has('product')),
        column('product_category', mapped.has('productCategory') ? 'replace' : 'fill'),
        fieldColumn('amount', mapped.has('amount')),
        fieldColumn('currency_code', mapped.has('amount') || mapped.has('currency')),
        baseAmountOnChange(
          'opportunity',
          'amount',
          sql`coalesce(${closedOn}, ${run.today}::date)`,
          run.currency,
          mapped,
        ),
        fieldColumn('probability', mapped.has('probability')),
        fieldColumn('closed_on', mapped.has('closedOn') || mapped.has('stage'), closedOn),
        column(
          'expected_close_on',
          mapped.has('expectedCloseOn') ? 'replace' : mapped.has('closedOn') ? 'given' : 'keep',
          expected,
        ),
        fieldColumn('next_step', mapped.has('nextStep')),
        fieldColumn('owner_id', mapped.has('owner')),
        ownerColumn('opportunity', 'team_id', mapped.has('team')),
        ownerColumn('opportunity', 'region', mapped.has('region')),
        column('segment', mapped.has('segment') ? 'replace' : 'fill'),
        fieldColumn('source', mapped.has('source')),
        fieldColumn('campaign', mapped.has('campaign')),
      ],
      { revives: true, returning: sql`id, external_key, (xmax = 0) as is_new` },
    ),
    rows.length,
  );
  await writeStageEvents(context, 'opportunity', 'amount_base');
  await bookWonSales(tx);
  return merged;
}
