import { csvLine } from '../csv/index.ts';
import type { SqlRunner } from '../db/index.ts';
import { type CellAccess, EVERY_CELL, HIDDEN_REASON } from './field-access.ts';
import { findMapping, listRefusedRows } from './imports.repository.ts';
import { REASON_COLUMN } from './reading/inspect.ts';

const PAGE_ROWS = 1000;

/** What is wrong, without quoting a cell that isn't shown. */
const reasonText = ({ column, reason }: { column: string | null; reason: string }, access: CellAccess): string =>
  `${column ?? 'The row'} ${access.column(column) ? reason : HIDDEN_REASON}`;

/**
 * The refused rows of a run as a CSV file, in pieces: what is wrong, then the columns as they came. Mended, it
 * can be imported as it is. Cells that `access` doesn't show are blank.
 */
export async function* errorReport(
  runner: SqlRunner,
  runId: string,
  access: CellAccess = EVERY_CELL,
): AsyncGenerator<string> {
  const kept = await findMapping(runner, runId);
  const columns = (kept?.mapping?.columns ?? []).filter((name) => name !== REASON_COLUMN);
  const own = kept?.mapping?.columns.indexOf(REASON_COLUMN) ?? -1;
  yield `\ufeff${csvLine([REASON_COLUMN, ...columns])}`;
  let after = 0;
  for (;;) {
    const rows = await listRefusedRows(runner, runId, after, PAGE_ROWS);
    const lines = rows.map(({ cells, problems }) => {
      const isBroken = cells.length > (kept?.mapping?.columns.length ?? 0);
      const isShown = (index: number) =>
        isBroken ? access.brokenRows : access.column(kept?.mapping?.columns[index] ?? null);
      const visible = cells.map((cell, index) => (isShown(index) ? cell : ''));
      const reasons = problems.map((problem) => reasonText(problem, access));
      return csvLine([reasons.join(' | '), ...(own < 0 ? visible : visible.toSpliced(own, 1))]);
    });
    if (lines.length > 0) yield lines.join('');
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.row ?? after;
  }
}
