import { isFieldShown, type Reach } from '../access/index.ts';
import type { Money } from '../contracts/common.ts';
import type { CustomField } from '../contracts/fields.ts';
import { csvLine } from '../csv/index.ts';
import type { CustomValue } from './custom-fields/read-value.ts';
import { type Person, textOfValue } from './custom-fields/value-text.ts';

type Wire = Readonly<Record<string, unknown>>;

/** A column of an exported file: its heading, and a record's cell. */
interface ExportColumn {
  label: string;
  cell(record: Wire): string;
}

/** Fields of the wire with their headings, in the order of the file; a record has those of its kind. */
const headings: Readonly<Record<string, string>> = {
  id: 'SalesPulse record',
  name: 'Name',
  title: 'Job title',
  company: 'Company',
  account: 'Account',
  contact: 'Contact',
  email: 'E-mail',
  phone: 'Phone',
  domain: 'Domain',
  industry: 'Industry',
  value: 'Value',
  amount: 'Amount',
  annualRevenue: 'Annual revenue',
  employees: 'Employees',
  foundedYear: 'Founded',
  country: 'Country',
  parent: 'Parent account',
  product: 'Product',
  stage: 'Stage',
  probability: 'Probability',
  expectedCloseOn: 'Expected close',
  closedOn: 'Closed',
  nextStep: 'Next step',
  owner: 'Owner',
  team: 'Team',
  source: 'Source',
  segment: 'Segment',
  region: 'Region',
  productCategory: 'Product category',
  campaign: 'Campaign',
  score: 'Score',
  tags: 'Tags',
  createdAt: 'Created',
  updatedAt: 'Changed',
};

/** A value of the wire as one cell: money as `1234.50 EUR`, what has a name by its name. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'object') return String(value);
  if ('name' in value) return String(value.name);
  const { amount, currency } = value as Money;
  return `${amount} ${currency}`;
}

/**
 * The columns of a file of records as far as `reach` shows them, the custom fields last; `sample` is a record of
 * that kind. Headings that occur twice are told apart by the field's key.
 */
export function exportColumns(
  entity: string,
  reach: Pick<Reach, 'fields'>,
  sample: Wire,
  custom: readonly CustomField[],
  people: ReadonlyMap<string, Person>,
): ExportColumn[] {
  const own = Object.entries(headings)
    .filter(([field]) => Object.hasOwn(sample, field) && isFieldShown(entity, field, reach))
    .map(([field, label]): ExportColumn => ({ label, cell: (record) => textOf(record[field]) }));
  const taken = new Set(own.map(({ label }) => label.toLowerCase()));
  const others = custom
    .filter(({ key, archivedAt }) => archivedAt === null && isFieldShown(entity, `custom.${key}`, reach))
    .map(({ key, label, type }): ExportColumn => {
      const heading = taken.has(label.toLowerCase()) ? `${label} (${key})` : label;
      taken.add(heading.toLowerCase());
      return {
        label: heading,
        cell: ({ custom: values }) => textOfValue(type, ((values as Wire)[key] ?? null) as CustomValue, people),
      };
    });
  return [...own, ...others];
}

/** Records as lines of the file. */
export const exportLines = (columns: readonly ExportColumn[], records: readonly Wire[]): string =>
  records.map((record) => csvLine(columns.map(({ cell }) => cell(record)))).join('');

/** The first line. A byte order mark before it, or spreadsheets misread all but ASCII. */
export const exportHead = (columns: readonly ExportColumn[]): string =>
  `\ufeff${csvLine(columns.map(({ label }) => label))}`;
