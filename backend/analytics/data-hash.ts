import { createHash } from 'node:crypto';
import type { AnalyticsCell, AnalyticsTable, KpiResponse } from '../contracts/analytics.ts';

/** Columns of a table as its hash sees them. */
interface HashedColumn {
  id: string;
  unit: string | null;
  currency: string | null;
}

const canonicalCell = (cell: AnalyticsCell): unknown =>
  cell === null || typeof cell === 'string' ? cell : [cell.id, cell.name, cell.isOthers ?? false];

/**
 * What tells two sets of figures apart: SHA-256 (hex) over the columns' ids, units and currencies and over all
 * cells, in their order. Whoever shows the same figures, on screen or in a file, can show the same hash; when
 * they were computed is no part of it, nor are labels and caveats.
 */
export function hashOfTable({
  columns,
  rows,
}: {
  columns: readonly HashedColumn[];
  rows: readonly (readonly AnalyticsCell[])[];
}): string {
  const canonical = JSON.stringify([
    columns.map(({ id, unit, currency }) => [id, unit, currency]),
    rows.map((row) => row.map(canonicalCell)),
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}

const plain = (id: string): HashedColumn => ({ id, unit: null, currency: null });
const kpiColumns = ['metric', 'unit', 'currency', 'value', 'previous', 'target'].map(plain);

/** The hash of key figures: of the table with one row a metric. */
export const hashOfKpis = (items: KpiResponse['items']): string =>
  hashOfTable({
    columns: kpiColumns,
    rows: items.map(({ metric, unit, currency, value, previous, target }) => [
      metric,
      unit,
      currency,
      value,
      previous,
      target,
    ]),
  });

/** The answer with the hash of its figures. */
export const withHash = <Table extends Omit<AnalyticsTable, 'dataHash'>>(
  table: Table,
): Table & { dataHash: string } => ({
  ...table,
  dataHash: hashOfTable(table),
});
