import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { hashOfTable } from '../../analytics/index.ts';

const SLICE = 500;

/** What `hashOfTable` says of a table of texts, worked out in small steps, so that requests are answered in between. */
export async function hashOfLongTable({
  columns,
  rows,
}: {
  columns: Parameters<typeof hashOfTable>[0]['columns'];
  rows: readonly (readonly (string | null)[])[];
}): Promise<string> {
  const heads = columns.map(({ id, unit, currency }) => [id, unit, currency]);
  const hash = createHash('sha256').update(`[${JSON.stringify(heads)},[`);
  for (let at = 0; at < rows.length; at += SLICE) {
    hash.update((at > 0 ? ',' : '') + JSON.stringify(rows.slice(at, at + SLICE)).slice(1, -1));
    await nextTurn();
  }
  return hash.update(']]').digest('hex');
}
