import writeExcelFile from 'write-excel-file/node';
import {
  columnIn,
  type ExportDocument,
  type FigureColumn,
  type FigureTable,
  type Section,
} from '../export-document.ts';
import { type Texts, textsOf } from '../texts.ts';
import { headingOf } from './csv.ts';

const MOST_CHARACTERS = 40;
const MOST_OF_NAME = 31;
const HEADER = { fontWeight: 'bold', backgroundColor: '#e6effb', wrap: true } as const;

/** Excel keeps numbers as doubles: beyond 15 digits it would lose some, so those stay text. */
const isExact = (value: string): boolean => value.replace(/\D/g, '').replace(/^0+/, '').length <= 15;

/** Decimals that a currency has: 2, but 0 of the yen. */
const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

function numberFormat({ unit, currency }: FigureColumn): string {
  switch (unit) {
    case 'money':
    case 'moneyPerDay': {
      const digits = currency === null ? 2 : digitsOf(currency);
      return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
    }
    case 'ratio':
      return '0.00%';
    case 'days':
      return '0.0';
    case 'count':
      return '#,##0.####';
    case null:
      return 'General';
    default:
      return unit satisfies never;
  }
}

/** Texts are typed as texts, so none is ever run as a formula. */
function cellOf(column: FigureColumn, value: string | null) {
  if (value === null || value === '') return null;
  switch (column.type) {
    case 'number':
      if (isExact(value)) return { value: Number(value), type: Number, format: numberFormat(column) };
      break;
    case 'day':
      return { value: new Date(`${value.slice(0, 10)}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    case 'moment':
      return { value: new Date(value), type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
    case 'text':
      break;
    default:
      column.type satisfies never;
  }
  return { value: column.words?.[value] ?? value, type: String, format: '@' };
}

const lengthOf = (value: string | null): number => value?.length ?? 0;

function widthOf({ columns, rows }: FigureTable, index: number): number {
  const heading = headingOf(columns[index] as FigureColumn).length;
  const longest = rows.slice(0, 1000).reduce((most, row) => Math.max(most, lengthOf(row[index] ?? null)), heading);
  return Math.min(Math.max(longest + 2, 10), MOST_CHARACTERS);
}

/** A name that Excel takes for a sheet: 31 characters, none of its own signs, and no other's name. */
function sheetName(title: string, taken: Set<string>, { figures }: Texts): string {
  const plain = title
    .replace(/[\\/?*[\]:']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const cut = (length: number) =>
    plain
      .slice(0, length)
      // What is left of a letter beyond U+FFFF that was cut in two.
      .replace(/[\ud800-\udbff]$/, '')
      .trim() || figures;
  let name = cut(MOST_OF_NAME);
  for (let number = 2; taken.has(name.toLowerCase()); number++) {
    const end = ` ${number}`;
    name = cut(MOST_OF_NAME - end.length) + end;
  }
  taken.add(name.toLowerCase());
  return name;
}

/** Excel keeps it for itself. */
const RESERVED = 'history';

const text = (value: string) => ({ value, type: String, format: '@' });

function sheetOf({ title, table }: Section, taken: Set<string>, texts: Texts) {
  const { columns, rows } = table;
  return {
    sheet: sheetName(title, taken, texts),
    data: [
      columns.map((column) => ({ ...text(headingOf(column)), ...HEADER })),
      ...rows.map((row) => columns.map((column, index) => cellOf(columnIn(column, row), row[index] ?? null))),
    ],
    columns: columns.map((_column, index) => ({ width: widthOf(table, index) })),
    stickyRowsCount: 1,
  };
}

/** A sheet for each table, with numbers as numbers and days as dates, and one that says what they are. */
export function renderXlsx({ title, about, sections, locale }: ExportDocument): Promise<Buffer> {
  const texts = textsOf(locale);
  const taken = new Set([texts.about.toLowerCase(), RESERVED]);
  const notes = sections.flatMap((section) => section.notes.map((note) => [section.title, note]));
  const facts = [['', title], ...about.map((fact) => [fact.label, fact.text]), ...notes];
  return writeExcelFile([
    ...sections.map((section) => sheetOf(section, taken, texts)),
    {
      sheet: texts.about,
      data: facts.map(([label = '', fact = '']) => [{ ...text(label), fontWeight: 'bold' as const }, text(fact)]),
      columns: [{ width: 24 }, { width: 90 }],
    },
  ]).toBuffer();
}
