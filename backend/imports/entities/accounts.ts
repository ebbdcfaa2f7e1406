import { raw, sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, moneyOf, textOf } from '../engine/import-row.ts';
import {
  column,
  countMerge,
  customColumn,
  fieldColumn,
  mergeStatement,
  ownerColumn,
  STAGED,
  stageRows,
} from '../engine/merge.ts';
import { findAccounts } from '../engine/resolve-accounts.ts';
import { accountNameKey, nameKey } from '../name-key.ts';
import { field } from './field.ts';
import { idsByExternalKey } from './known-ids.ts';
import { currencyField, referenceFields } from './shared-fields.ts';

/** Companies. */
export const accountsImport: EntityImport = {
  entity: 'accounts',
  customEntity: 'account',
  fields: [
    field(
      'id',
      'Account id',
      'line',
      ['Account ID', 'Company ID', 'Record ID', 'Record ID - Company', 'Customer ID', 'ID', 'Kundennummer'],
      'Recognises the account when the file comes again. Without it the name does.',
      { isKey: true },
    ),
    field(
      'name',
      'Name',
      'line',
      [
        'Account Name',
        'Account',
        'Company Name',
        'Company',
        'Name',
        'Customer',
        'Customer Name',
        'Organization',
        'Firma',
        'Firmenname',
        'Unternehmen',
        'Kunde',
      ],
      "Case, spaces and signs don't matter when it is looked for.",
      { required: true, isKey: true },
    ),
    field(
      'domain',
      'Website',
      'line',
      ['Website', 'Domain', 'Company Domain Name', 'Website URL', 'Web', 'Webseite', 'Homepage'],
      'Domain of the company.',
    ),
    field('industry', 'Industry', 'line', ['Industry', 'Sector', 'Branche', 'Vertical'], 'Industry.'),
    field(
      'segment',
      'Segment',
      'line',
      ['Segment', 'Customer Segment', 'Account Segment', 'Size', 'Kundensegment'],
      'Customer segment.',
    ),
    field('region', 'Region', 'line', ['Region', 'Territory', 'Sales Region', 'Gebiet'], 'Sales region.'),
    field(
      'country',
      'Country',
      'line',
      ['Country', 'Billing Country', 'Country/Region', 'Office Location', 'Location', 'Land'],
      'Country.',
    ),
    field(
      'employees',
      'Employees',
      'count',
      ['Employees', 'Number of Employees', 'NumberOfEmployees', 'Headcount', 'Mitarbeiter', 'Mitarbeiterzahl'],
      'Number of employees.',
    ),
    field(
      'annualRevenue',
      'Annual revenue',
      'money',
      ['Annual Revenue', 'Revenue', 'AnnualRevenue', 'Jahresumsatz', 'Umsatz'],
      "The company's own revenue in a year, as the file has it.",
    ),
    field(
      'foundedYear',
      'Founded',
      'count',
      ['Year Established', 'Founded', 'Year Founded', 'Founded Year', 'Gründungsjahr', 'Gegründet'],
      'Year of foundation.',
    ),
    field(
      'parent',
      'Parent company',
      'line',
      ['Subsidiary Of', 'Parent Account', 'Parent Company', 'Parent', 'Muttergesellschaft'],
      'Name of the company it belongs to; found or made.',
    ),
    ...referenceFields({ account: false, product: false }),
    currencyField(),
  ],
  mappingProblems: () => [],
  check(row, _run, fail) {
    if (textOf(row, 'name') === null) fail(row, 'name', 'is empty; an account needs its name');
    const year = Number(textOf(row, 'foundedYear') ?? 2000);
    if (year < 1000 || year > 2200) fail(row, 'foundedYear', 'is not a year');
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    return { kind: 'name', key: nameKey(textOf(row, 'name') ?? ''), column: 'name' };
  },
  refer(row, references) {
    references.users.want(textOf(row, 'owner'), null);
    references.teams.want(textOf(row, 'team'), null);
  },
  merge,
};

/**
 * The account each row is about: the one that came under the same id before, else one of that name that has
 * no id of a file yet.
 */
async function knownAccounts({ tx }: MergeContext, rows: readonly ImportRow[]): Promise<Map<ImportRow, string>> {
  const byKey = await idsByExternalKey(tx, 'account', rows);
  const byName = await findAccounts(
    tx.sql,
    rows.map((row) => textOf(row, 'name') ?? ''),
  );
  const taken = new Set(byKey.values());
  const known = new Map<ImportRow, string>();
  for (const row of rows) {
    const named = byName.get(nameKey(textOf(row, 'name') ?? ''));
    const isFree = named && !taken.has(named.id) && (textOf(row, 'id') === null || named.externalKey === null);
    const id = byKey.get(row.key) ?? (isFree ? named.id : undefined);
    if (id === undefined) continue;
    taken.add(id);
    known.set(row, id);
  }
  return known;
}

async function merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { tx, run, references, mapped } = context;
  const known = await knownAccounts(context, rows);
  const parentNames = [...new Set(rows.map((row) => textOf(row, 'parent')).filter((name) => name !== null))];
  const parents = await findAccounts(tx.sql, parentNames);
  const owner = (row: ImportRow) => references.users.get(textOf(row, 'owner'));
  const parentKey = (row: ImportRow) => nameKey(textOf(row, 'parent') ?? '');
  await stageRows(tx, rows, {
    id: ['uuid', (row) => known.get(row) ?? null],
    external_key: ['text', (row) => (textOf(row, 'id') === null ? null : row.key)],
    name: ['text', (row) => textOf(row, 'name')],
    name_key: ['text', (row) => accountNameKey(textOf(row, 'name') ?? '')],
    domain: ['text', (row) => textOf(row, 'domain')],
    industry: ['text', (row) => textOf(row, 'industry')],
    segment: ['text', (row) => textOf(row, 'segment')],
    region: ['text', (row) => textOf(row, 'region')],
    country: ['text', (row) => textOf(row, 'country')],
    employees: ['int', (row) => textOf(row, 'employees')],
    annual_revenue: ['numeric(18,4)', (row) => moneyOf(row, 'annualRevenue', run.currency).amount],
    currency_code: ['text', (row) => moneyOf(row, 'annualRevenue', run.currency).currency],
    founded_year: ['int', (row) => textOf(row, 'foundedYear')],
    parent_id: ['uuid', (row) => parents.get(parentKey(row))?.id ?? null],
    parent_name: ['text', (row) => textOf(row, 'parent')],
    owner_id: ['uuid', (row) => owner(row)?.id ?? null],
    team_id: ['uuid', (row) => references.teams.get(textOf(row, 'team'))?.id ?? owner(row)?.teamId ?? null],
    line: ['int', (row) => String(row.line)],
    custom: ['jsonb', (row) => JSON.stringify(row.custom ?? {})],
  });
  await tx.sql.rows(sql`update ${raw(STAGED)} set id = uuid_v7() where id is null`);
  const statement = mergeStatement(
    'account',
    'id',
    [
      column('id', 'keep'),
      column('external_key', 'fill'),
      column('name', 'replace'),
      column('name_key', 'replace'),
      fieldColumn('domain', mapped.has('domain')),
      fieldColumn('industry', mapped.has('industry')),
      fieldColumn('segment', mapped.has('segment')),
      fieldColumn('region', mapped.has('region')),
      fieldColumn('country', mapped.has('country')),
      fieldColumn('employees', mapped.has('employees')),
      fieldColumn('annual_revenue', mapped.has('annualRevenue')),
      fieldColumn('currency_code', mapped.has('annualRevenue') || mapped.has('currency')),
      fieldColumn('founded_year', mapped.has('foundedYear')),
      fieldColumn('parent_id', mapped.has('parent')),
      fieldColumn('owner_id', mapped.has('owner')),
      ownerColumn('account', 'team_id', mapped.has('team')),
      customColumn(context.custom.defaults),
    ],
    { revives: true },
  );
  const counts = await countMerge(tx, statement, rows.length);
  await linkNewParents(
    context,
    parentNames.filter((name) => !parents.has(nameKey(name))),
  );
  return counts;
}

/** Parents that were not there before the batch: rows of the same file, else made now. */
async function linkNewParents({ tx, references }: MergeContext, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  for (const name of names) references.accounts.want(name, { owner: null });
  await references.resolve(tx.sql);
  const links = names.map((name) => ({ name, id: references.accounts.get(name)?.id ?? null }));
  await tx.sql.rows(sql`
    update account a set parent_id = l.id
    from ${raw(STAGED)} s join jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l(name text, id uuid)
      on l.name = s.parent_name
    where a.id = s.id and l.id <> a.id`);
}
