type Row = (string | null)[];

/** The rows of one table, ready to be copied in. */
export interface TableRows {
  table: string;
  columns: string[];
  count: number;
  rows: Iterable<Row>;
}

/** Hundredths as a decimal text. */
export function moneyText(hundredths: number): string {
  const whole = Math.floor(hundredths / 100);
  const rest = hundredths % 100;
  return rest === 0 ? `${whole}` : `${whole}.${rest < 10 ? '0' : ''}${rest}`;
}
export const moneyOrNull = (hundredths: number | null): string | null =>
  hundredths === null ? null : moneyText(hundredths);

/** One table: its records, and each column with how to read it from a record. */
export function table<T>(
  name: string,
  records: readonly T[],
  columns: Record<string, (record: T) => string | null>,
): TableRows {
  const readers = Object.values(columns);
  return {
    table: name,
    columns: Object.keys(columns),
    count: records.length,
    rows: {
      *[Symbol.iterator]() {
        for (const record of records) yield readers.map((read) => read(record));
      },
    },
  };
}
