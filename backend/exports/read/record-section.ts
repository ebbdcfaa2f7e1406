import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerRecords, metricOf } from '../../analytics/index.ts';
import { type MetricId, type RecordsResponse, recordsQuery } from '../../contracts/analytics.ts';
import type { ExportFormat } from '../../contracts/exports.ts';
import { ProblemError } from '../../http/index.ts';
import type { FigureColumn } from '../export-document.ts';
import type { Texts } from '../texts.ts';
import { hashOfLongTable } from './long-hash.ts';
import { asked, commonOf, type Reading, type ReadSection } from './reading.ts';
import { fieldLabel, fieldsInOrder } from './record-fields.ts';

const PAGE = 200;
/** Rows worked on before others get their turn. */
const SLICE = 500;
/** More than this is work for an import of the API into something made for it. */
const MOST_RECORDS = 50_000;
/** Some 400 pages: nobody reads more, and each takes a moment to set. */
const MOST_RECORDS_OF_PDF = 10_000;

/** How many records a file of this format holds at most, and what to say to more. */
export const mostRecords = (format: ExportFormat): { count: number; advice: string } =>
  format === 'pdf'
    ? { count: MOST_RECORDS_OF_PDF, advice: 'Choose a shorter period, or XLSX or CSV instead of a PDF.' }
    : { count: MOST_RECORDS, advice: 'Choose a shorter period.' };

type Item = RecordsResponse['items'][number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

const isMoney = (value: unknown): value is { amount: string; currency: string } =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (isMoney(value)) return value.amount;
  if (typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value);
  return String(value);
}

interface FieldColumn {
  /** the same in every language, as files in several have one hash */
  id: string;
  column: FigureColumn;
  cell(item: Item): string | null;
}

/** The columns of a field. Money as it was booked has one of its own for the currency, as rows may differ in it. */
function columnsOf(field: string, items: readonly Item[], place: number, texts: Texts): FieldColumn[] {
  const values = items.map((item) => item[field]).filter((value) => value !== null && value !== undefined);
  const id = fieldLabel(field);
  const label = texts.fields[field] ?? id;
  const base = { label, unit: null, currency: null, grain: null };
  const cell = (item: Item) => textOf(item[field]);
  const money = values.find(isMoney);
  if (money && field.endsWith('Base'))
    return [{ id, column: { ...base, type: 'number', unit: 'money', currency: money.currency }, cell }];
  if (money) {
    const currency = (item: Item) => (isMoney(item[field]) ? item[field].currency : null);
    return [
      { id, column: { ...base, type: 'number', unit: 'money', currencyAt: place + 1 }, cell },
      {
        id: `${id}: currency`,
        column: {
          ...base,
          label: texts.currencyOf(label),
          type: 'text',
          isForMachines: true,
        },
        cell: currency,
      },
    ];
  }
  const all = (test: (value: unknown) => boolean) => values.length > 0 && values.every(test);
  const isForMachines = field === 'id' || field.endsWith('Id');
  // By its name: a lead source may read like a day.
  if (field.endsWith('On') && all((value) => typeof value === 'string' && DAY.test(value)))
    return [{ id, column: { ...base, type: 'day' }, cell }];
  if (field.endsWith('At') && all((value) => typeof value === 'string' && MOMENT.test(value)))
    return [{ id, column: { ...base, type: 'moment' }, cell }];
  // Exact decimals come as texts: again by its name.
  const isNumber = (value: unknown) =>
    typeof value === 'number' || (field === 'quantity' && DECIMAL.test(String(value)));
  if (all(isNumber)) return [{ id, column: { ...base, type: 'number' }, cell }];
  return [{ id, column: { ...base, type: 'text', isForMachines }, cell }];
}

/** All pages of the records. @throws ProblemError too_large beyond `most` */
async function allRecords(
  reading: Reading,
  metric: MetricId,
  most: ReturnType<typeof mostRecords>,
  progress: (done: number) => Promise<void>,
): Promise<{ entity: RecordsResponse['entity']; items: Item[] }> {
  const { context, principal } = reading;
  const items: Item[] = [];
  let entity: RecordsResponse['entity'] = 'sale';
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = asked(recordsQuery, { ...commonOf(reading), metric, limit: PAGE, cursor });
    const page: RecordsResponse = await answerRecords(context, principal, query);
    items.push(...page.items);
    entity = page.entity;
    cursor = page.nextCursor;
    await progress(items.length);
    if (items.length > most.count) {
      throw new ProblemError('too_large', `There are more than ${most.count} records. ${most.advice}`);
    }
  }
  return { entity, items };
}

/**
 * The records behind a number, all pages of them. `progress` is told after each.
 * @throws ProblemError too_large beyond `most`
 */
export async function readRecords(
  reading: Reading,
  { metric, title }: { metric: MetricId; title: string | null },
  most: ReturnType<typeof mostRecords>,
  progress: (done: number) => Promise<void>,
): Promise<ReadSection> {
  const { texts } = reading;
  const { entity, items } = await allRecords(reading, metric, most, progress);
  const fields = fieldsInOrder(entity, new Set(items.flatMap((item) => Object.keys(item))));
  const columns: FieldColumn[] = [];
  for (const field of fields) {
    columns.push(...columnsOf(field, items, columns.length, texts));
    await nextTurn();
  }
  const rows: (string | null)[][] = [];
  for (let at = 0; at < items.length; at += SLICE) {
    rows.push(...items.slice(at, at + SLICE).map((item) => columns.map(({ cell }) => cell(item))));
    await nextTurn();
  }
  const hashed = columns.map(({ id, column: { unit, currency } }) => ({ id, unit, currency }));
  return {
    dataHash: await hashOfLongTable({ columns: hashed, rows }),
    comparedWith: null,
    section: {
      title: title ?? texts.metrics[metric] ?? metricOf(metric).name,
      width: 12,
      height: 'tall',
      tiles: [],
      chart: null,
      table: { columns: columns.map(({ column }) => column), rows },
      notes: [],
    },
  };
}
