import { sql } from '../../db/index.ts';
import {
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
import { checkCurrency, dimensionFields, referenceFields } from './shared-fields.ts';

const NAMING = ['name', 'firstName', 'lastName', 'company', 'email', 'id'] as const;

/** Interest not yet qualified. */
export const leadsImport: EntityImport = {
  entity: 'leads',
  customEntity: 'lead',
  fields: [
    field(
      'id',
      'Lead id',
      'line',
      ['Lead ID', 'Prospect ID', 'Record ID', 'Record ID - Contact', 'ID', 'Lead Number', 'Contact ID'],
      'Recognises the lead when the file comes again. Without it e-mail, name and company do.',
      { isKey: true },
    ),
    field(
      'name',
      'Name',
      'line',
      ['Lead Name', 'Name', 'Full Name', 'Contact Name', 'Ansprechpartner'],
      'Left out: first and last name, company or e-mail.',
    ),
    field('firstName', 'First name', 'line', ['First Name', 'Vorname', 'Given Name'], 'Put before the last name.'),
    field(
      'lastName',
      'Last name',
      'line',
      ['Last Name', 'Nachname', 'Surname', 'Family Name'],
      'Put behind the first name.',
    ),
    field(
      'company',
      'Company',
      'line',
      ['Company', 'Company Name', 'Account', 'Account Name', 'Organization', 'Organisation', 'Firma', 'Unternehmen'],
      'Where the person works.',
    ),
    field(
      'email',
      'E-mail',
      'email',
      ['Email', 'E-Mail', 'Email Address', 'E-Mail-Adresse', 'Mail'],
      'E-mail address.',
      { isKey: true },
    ),
    field(
      'phone',
      'Phone',
      'phone',
      ['Phone', 'Phone Number', 'Telephone', 'Mobile', 'Mobile Phone', 'Telefon', 'Handy', 'Telefonnummer'],
      'Phone number, kept as written.',
    ),
    field(
      'stage',
      'Stage',
      'line',
      ['Lead Status', 'Status', 'Stage', 'Lead Stage', 'Lifecycle Stage', 'Phase'],
      'Stage of the default lead pipeline, by name or by what other programs call it. Left out: the first stage.',
      { max: 100 },
    ),
    field(
      'converted',
      'Converted',
      'flag',
      ['Converted', 'Is Converted', 'IsConverted', 'Konvertiert'],
      'Yes: the lead was converted, where no stage says otherwise.',
    ),
    field(
      'createdOn',
      'Created',
      'moment',
      [
        'Created Date',
        'Create Date',
        'Created On',
        'Created At',
        'Created',
        'Creation Date',
        'Lead Date',
        'Date',
        'Erstellt am',
        'Erstelldatum',
        'Angelegt am',
      ],
      'When the interest came up.',
    ),
    field(
      'closedOn',
      'Settled',
      'date',
      ['Converted Date', 'Converted On', 'Conversion Date', 'Closed Date', 'Close Date', 'Closed On', 'Lost Date'],
      'When it was converted or lost.',
    ),
    field(
      'value',
      'Value',
      'money',
      ['Value', 'Lead Value', 'Estimated Value', 'Amount', 'Potential', 'Annual Value', 'Wert'],
      'What it may be worth.',
    ),
    ...referenceFields({ account: false, product: false }),
    ...dimensionFields(),
  ],
  mappingProblems: (mapped) =>
    NAMING.some((key) => mapped.has(key))
      ? []
      : ['No column names the leads: map one to name, last name, company, e-mail or id.'],
  check(row, run, fail) {
    if (NAMING.every((key) => textOf(row, key) === null))
      fail(row, 'name', 'is empty, and there is no company, e-mail address or id either');
    if (textOf(row, 'stage') === null && textOf(row, 'converted') === 'true') row.values.stage = 'Converted';
    checkCurrency(row, run, fail, ['value']);
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    return { kind: 'content', parts: [textOf(row, 'email'), personName(row), textOf(row, 'company')] };
  },
  refer(row, references) {
    references.users.want(textOf(row, 'owner'), null);
    references.teams.want(textOf(row, 'team'), null);
  },
  merge,
};

/** First and last name in one, or null. */
function personName(row: ImportRow): string | null {
  const parts = [textOf(row, 'firstName'), textOf(row, 'lastName')].filter((part) => part !== null);
  return textOf(row, 'name') ?? (parts.length > 0 ? parts.join(' ') : null);
}

const nameOf = (row: ImportRow): string =>
  personName(row) ?? textOf(row, 'company') ?? textOf(row, 'email') ?? `Lead ${textOf(row, 'id')}`;

async function merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { tx, run, references, mapped } = context;
  const board = await openBoard(context, 'lead');
  const owner = (row: ImportRow) => references.users.get(textOf(row, 'owner'));
  const team = (row: ImportRow) => references.teams.get(textOf(row, 'team'));
  await stageRows(tx, rows, {
    ...cardColumns(board),
    name: ['text', nameOf],
    company: ['text', (row) => textOf(row, 'company')],
    email: ['text', (row) => textOf(row, 'email')],
    phone: ['text', (row) => textOf(row, 'phone')],
    product_category: ['text', (row) => textOf(row, 'productCategory')],
    value: ['numeric(18,4)', (row) => moneyOf(row, 'value', run.currency).amount],
    currency_code: ['text', (row) => moneyOf(row, 'value', run.currency).currency],
    owner_id: ['uuid', (row) => owner(row)?.id ?? null],
    team_id: ['uuid', (row) => team(row)?.id ?? owner(row)?.teamId ?? null],
    region: ['text', (row) => textOf(row, 'region') ?? team(row)?.region ?? owner(row)?.region ?? null],
    segment: ['text', (row) => textOf(row, 'segment')],
    source: ['text', (row) => textOf(row, 'source')],
    campaign: ['text', (row) => textOf(row, 'campaign')],
  });
  await lookUpPrior(context, 'lead');
  await placeCards(context);
  const isNamed = ['name', 'firstName', 'lastName'].some((key) => mapped.has(key));
  const merged = await countCards(
    context,
    mergeStatement(
      'lead',
      'external_key',
      [
        ...cardTargets(context, 'lead'),
        fieldColumn('name', isNamed),
        fieldColumn('company', mapped.has('company')),
        fieldColumn('email', mapped.has('email')),
        fieldColumn('phone', mapped.has('phone')),
        fieldColumn('product_category', mapped.has('productCategory')),
        fieldColumn('value', mapped.has('value')),
        fieldColumn('currency_code', mapped.has('value') || mapped.has('currency')),
        baseAmountOnChange('lead', 'value', sql`${run.today}::date`, run.currency, mapped),
        column('converted_at', 'replace', sql`case when s.stage_kind = 'won' then s.since end`),
        fieldColumn('owner_id', mapped.has('owner')),
        ownerColumn('lead', 'team_id', mapped.has('team')),
        ownerColumn('lead', 'region', mapped.has('region')),
        fieldColumn('segment', mapped.has('segment')),
        fieldColumn('source', mapped.has('source')),
        fieldColumn('campaign', mapped.has('campaign')),
      ],
      { revives: true, returning: sql`id, external_key, (xmax = 0) as is_new` },
    ),
    rows.length,
  );
  await writeStageEvents(context, 'lead', 'value_base');
  return merged;
}
