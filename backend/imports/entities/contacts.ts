import { raw, sql } from '../../db/index.ts';
import type { EntityImport, MergeContext, MergeCounts } from '../engine/entity-import.ts';
import { type ImportRow, textOf } from '../engine/import-row.ts';
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
import { nameKey } from '../name-key.ts';
import { field } from './field.ts';
import { idsByExternalKey } from './known-ids.ts';
import { referenceFields } from './shared-fields.ts';

const NAMING = ['name', 'firstName', 'lastName', 'email'] as const;

/** People at companies. */
export const contactsImport: EntityImport = {
  entity: 'contacts',
  customEntity: 'contact',
  fields: [
    field(
      'id',
      'Contact id',
      'line',
      ['Contact ID', 'Record ID', 'Record ID - Contact', 'ID', 'Person ID'],
      'Recognises the contact when the file comes again. Without it the e-mail address does, else name and account.',
      { isKey: true },
    ),
    field(
      'name',
      'Name',
      'line',
      ['Contact Name', 'Full Name', 'Name', 'Contact', 'Person', 'Ansprechpartner', 'Kontakt'],
      'Left out: first and last name, else the e-mail address.',
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
      'email',
      'E-mail',
      'email',
      ['Email', 'E-Mail', 'Email Address', 'E-Mail-Adresse', 'Work Email', 'Mail'],
      'E-mail address.',
      { isKey: true },
    ),
    field(
      'phone',
      'Phone',
      'phone',
      ['Phone', 'Phone Number', 'Business Phone', 'Mobile', 'Mobile Phone', 'Mobile Phone Number', 'Telefon', 'Handy'],
      'Phone number, kept as written.',
    ),
    field(
      'title',
      'Job title',
      'line',
      ['Job Title', 'Title', 'Position', 'Role', 'Funktion', 'Stellenbezeichnung'],
      'What the person does there.',
    ),
    ...referenceFields({ account: true, product: false }),
  ],
  mappingProblems: (mapped) =>
    NAMING.some((key) => mapped.has(key))
      ? []
      : ['No column names the contacts: map one to name, last name or e-mail.'],
  check(row, _run, fail) {
    if (NAMING.every((key) => textOf(row, key) === null))
      fail(row, 'name', 'is empty, and there is no e-mail address either');
  },
  identify(row) {
    const id = textOf(row, 'id');
    if (id !== null) return { kind: 'id', id, column: 'id' };
    const email = textOf(row, 'email');
    if (email !== null) return { kind: 'name', key: email, column: 'email' };
    return { kind: 'content', parts: [nameOf(row), textOf(row, 'account')] };
  },
  refer(row, references) {
    const owner = textOf(row, 'owner');
    references.users.want(owner, null);
    references.teams.want(textOf(row, 'team'), null);
    references.accounts.want(textOf(row, 'account'), { owner });
  },
  merge,
};

function nameOf(row: ImportRow): string {
  const parts = [textOf(row, 'firstName'), textOf(row, 'lastName')].filter((part) => part !== null);
  return textOf(row, 'name') ?? (parts.length > 0 ? parts.join(' ') : (textOf(row, 'email') ?? ''));
}

interface Candidate {
  id: string;
  email: string | null;
  name: string;
  accountId: string | null;
  externalKey: string | null;
}

/** The contact each row is about: by key, else by e-mail address, else by name at the same account. */
async function knownContacts(
  { tx, references }: MergeContext,
  rows: readonly ImportRow[],
): Promise<Map<ImportRow, string>> {
  const byKey = await idsByExternalKey(tx, 'contact', rows);
  const emails = rows.map((row) => textOf(row, 'email')).filter((email) => email !== null);
  const accountIds = rows
    .map((row) => references.accounts.get(textOf(row, 'account'))?.id)
    .filter((id) => id !== undefined);
  const candidates = await tx.sql.rows<Candidate>(sql`
    select id::text as id, lower(email) as email, name, account_id::text as "accountId", external_key as "externalKey"
    from contact where deleted_at is null
      and (lower(email) = any(${emails}::text[]) or (account_id = any(${[...new Set(accountIds)]}::uuid[]) and email is null))
    order by created_at desc, id desc`);
  const byTrait = new Map<string, Candidate>();
  for (const candidate of candidates) {
    byTrait.set(candidate.email ?? `${candidate.accountId}\n${nameKey(candidate.name)}`, candidate);
  }
  const taken = new Set(byKey.values());
  const known = new Map<ImportRow, string>();
  for (const row of rows) {
    const account = references.accounts.get(textOf(row, 'account'))?.id ?? null;
    const found = byTrait.get(textOf(row, 'email') ?? '') ?? byTrait.get(`${account}\n${nameKey(nameOf(row))}`);
    const isFree = found && !taken.has(found.id) && (textOf(row, 'id') === null || found.externalKey === null);
    const id = byKey.get(row.key) ?? (isFree ? found.id : undefined);
    if (id === undefined) continue;
    taken.add(id);
    known.set(row, id);
  }
  return known;
}

async function merge(context: MergeContext, rows: readonly ImportRow[]): Promise<MergeCounts> {
  const { tx, references, mapped } = context;
  const known = await knownContacts(context, rows);
  const owner = (row: ImportRow) => references.users.get(textOf(row, 'owner'));
  await stageRows(tx, rows, {
    id: ['uuid', (row) => known.get(row) ?? null],
    external_key: ['text', (row) => row.key],
    name: ['text', nameOf],
    email: ['text', (row) => textOf(row, 'email')],
    phone: ['text', (row) => textOf(row, 'phone')],
    title: ['text', (row) => textOf(row, 'title')],
    account_id: ['uuid', (row) => references.accounts.get(textOf(row, 'account'))?.id ?? null],
    owner_id: ['uuid', (row) => owner(row)?.id ?? null],
    team_id: ['uuid', (row) => references.teams.get(textOf(row, 'team'))?.id ?? owner(row)?.teamId ?? null],
    line: ['int', (row) => String(row.line)],
    custom: ['jsonb', (row) => JSON.stringify(row.custom ?? {})],
  });
  await tx.sql.rows(sql`update ${raw(STAGED)} set id = uuid_v7() where id is null`);
  const statement = mergeStatement(
    'contact',
    'id',
    [
      column('id', 'keep'),
      column('external_key', 'fill'),
      fieldColumn(
        'name',
        ['name', 'firstName', 'lastName'].some((key) => mapped.has(key)),
      ),
      fieldColumn('email', mapped.has('email')),
      fieldColumn('phone', mapped.has('phone')),
      fieldColumn('title', mapped.has('title')),
      fieldColumn('account_id', mapped.has('account')),
      fieldColumn('owner_id', mapped.has('owner')),
      ownerColumn('contact', 'team_id', mapped.has('team')),
      customColumn(context.custom.defaults),
    ],
    { revives: true },
  );
  return countMerge(tx, statement, rows.length);
}
