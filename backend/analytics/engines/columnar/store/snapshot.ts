import type { AmountColumn } from './amounts.ts';
import type { CodeArray } from './codes.ts';
import { Dictionary } from './dictionary.ts';
import { type Dictionaries, dimensions } from './dimensions.ts';
import { type Decimal, type FactParts, FactTable } from './fact-table.ts';
import { amountColumns, type SalesSegment } from './sales-segment.ts';

const FORMAT = 'SalesPulse columns 3';
const tableNames = ['customers', 'leads', 'opportunities', 'spend'] as const;
type TableName = (typeof tableNames)[number];

/** What each table has beside what all have. */
export const factParts: Readonly<Record<TableName, FactParts>> = {
  customers: { amounts: false, cycles: false, keepsRows: true },
  leads: { amounts: false, cycles: false, keepsRows: false },
  opportunities: { amounts: true, cycles: true, keepsRows: false },
  spend: { amounts: true, cycles: false, keepsRows: false },
};

/** A table of each name, made in their order. */
export const tablesOf = (table: (name: TableName) => FactTable): Record<TableName, FactTable> =>
  Object.fromEntries(tableNames.map((name) => [name, table(name)])) as Record<TableName, FactTable>;

/** All that a store holds. */
export interface SavedStore {
  dictionaries: Dictionaries;
  tables: Record<TableName, FactTable>;
  sales: SalesSegment;
}

const arrayKinds = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array, BigInt64Array };
type ArrayKind = keyof typeof arrayKinds;
type SavedArray = InstanceType<(typeof arrayKinds)[ArrayKind]>;

/** The first part: what there is besides numbers, and which arrays follow, in order. */
interface Header {
  format: string;
  values: string[][];
  sales: { rows: number; amounts: { divisor: number; isWide: boolean; largest: number }[] };
  tables: { rows: number; weighted: [row: number, units: string, scale: number][] }[];
  arrays: { kind: ArrayKind; length: number }[];
}

/** A header, and then each column as it lies in memory. */
export function writeSnapshot({ dictionaries, tables, sales }: SavedStore): Uint8Array[] {
  const arrays: SavedArray[] = [
    sales.days,
    sales.starts,
    ...sales.codes,
    sales.accounts,
    ...amountColumns.flatMap((column) => [sales[column].values, sales[column].oddRows, sales[column].oddValues]),
    ...tableNames.flatMap((name) => {
      const { ids, codes, days, states, high, low, hasAmount, cycleDays } = tables[name].columns();
      return [ids, ...codes, days, states, high, low, hasAmount, cycleDays];
    }),
  ];
  const header: Header = {
    format: FORMAT,
    values: dictionaries.map((dictionary) => dictionary.list()),
    sales: {
      rows: sales.rows,
      amounts: amountColumns.map((column) => {
        const { divisor, isWide, largest } = sales[column];
        return { divisor, isWide, largest };
      }),
    },
    tables: tableNames.map((name) => ({
      rows: tables[name].rows,
      weighted: Array.from(tables[name].weighted, ([row, { units, scale }]) => [row, String(units), scale]),
    })),
    arrays: arrays.map((array) => ({ kind: array.constructor.name as ArrayKind, length: array.length })),
  };
  const bytesOf = ({ buffer, byteOffset, byteLength }: SavedArray) => new Uint8Array(buffer, byteOffset, byteLength);
  return [new TextEncoder().encode(JSON.stringify(header)), ...arrays.map(bytesOf)];
}

/** @throws Error when the parts are cut short, or something else */
export function readSnapshot([head, ...parts]: readonly Uint8Array[]): SavedStore {
  const header = headerOf(head);
  if (parts.length !== header.arrays.length) throw new Error('the saved store lacks some of its columns');
  let next = 0;
  const take = (): SavedArray => {
    const layout = header.arrays[next];
    const part = parts[next++];
    if (!layout || !part) throw new Error('the saved store lacks some of its columns');
    return arrayOf(part, layout);
  };
  const takeAs = <Kind extends ArrayKind>(...kinds: Kind[]) => {
    const array = take();
    if (!kinds.some((kind) => array instanceof arrayKinds[kind])) throw new Error('a saved column is of another kind');
    return array as InstanceType<(typeof arrayKinds)[Kind]>;
  };
  const takeCodes = (rows: number): CodeArray[] =>
    dimensions.map(() => sized(takeAs('Uint8Array', 'Uint16Array', 'Uint32Array') as CodeArray, rows));

  const dictionaries = header.values.map((values) => new Dictionary(values));
  const { rows } = header.sales;
  const days = takeAs('Int32Array');
  const starts = sized(takeAs('Uint32Array'), days.length + 1);
  if (starts[days.length] !== rows) throw new Error('the saved sales are of another number');
  const codes = takeCodes(rows);
  const accounts = sized(takeAs('Uint32Array'), rows);
  const [amount, cost, quantity] = header.sales.amounts.map((format): AmountColumn => {
    const values = sized(takeAs('Int32Array', 'Float64Array'), rows);
    const oddRows = takeAs('Uint32Array');
    return { ...format, values, oddRows, oddValues: sized(takeAs('BigInt64Array'), oddRows.length) };
  });
  if (!amount || !cost || !quantity) throw new Error('the saved store lacks some of its columns');
  const takeTable = (name: TableName): FactTable => {
    const { rows: count = 0, weighted = [] } = header.tables[tableNames.indexOf(name)] ?? {};
    const { amounts, cycles } = factParts[name];
    const columns = {
      ids: sized(takeAs('Uint32Array'), count * 4),
      codes: takeCodes(count),
      days: sized(takeAs('Int32Array'), count),
      states: sized(takeAs('Uint8Array'), count),
      high: sized(takeAs('Int32Array'), amounts ? count : 0),
      low: sized(takeAs('Int32Array'), amounts ? count : 0),
      hasAmount: sized(takeAs('Uint8Array'), amounts ? count : 0),
      cycleDays: sized(takeAs('Int32Array'), cycles ? count : 0),
    };
    const decimals = weighted.map(([row, units, scale]): [number, Decimal] => [row, { units: BigInt(units), scale }]);
    return new FactTable(dictionaries, factParts[name], { columns, weighted: new Map(decimals) });
  };
  return {
    dictionaries,
    tables: tablesOf(takeTable),
    sales: { rows, days, starts, codes, accounts, amount, cost, quantity },
  };
}

function headerOf(head: Uint8Array | undefined): Header {
  let header: Partial<Header> | null = null;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(head)) as Partial<Header> | null;
  } catch {
    // said below
  }
  if (header?.format !== FORMAT || header.values?.length !== dimensions.length || !header.arrays) {
    throw new Error('these bytes are no saved store, or of another version');
  }
  return header as Header;
}

function arrayOf(part: Uint8Array, { kind, length }: Header['arrays'][number]): SavedArray {
  const Kind = arrayKinds[kind];
  if (!Kind || part.byteLength !== length * Kind.BYTES_PER_ELEMENT) throw new Error('a saved column is cut short');
  // A view, where the bytes lie at a place where numbers may begin.
  const { buffer, byteOffset } = part.byteOffset % Kind.BYTES_PER_ELEMENT === 0 ? part : part.slice();
  return new Kind(buffer as ArrayBuffer, byteOffset, length) as SavedArray;
}

function sized<T extends { length: number }>(array: T, length: number): T {
  if (array.length !== length) throw new Error('a saved column has another number of rows');
  return array;
}
