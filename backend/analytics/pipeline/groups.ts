import type { Dimension } from '../../contracts/analytics.ts';
import type { SqlRunner } from '../../db/index.ts';
import { findNames } from '../dimension-names.repository.ts';

/** More values than these are left out of a split. */
const LIMIT = 50;

/**
 * The rows of a split by the dimension's values, the weightiest first, with names; what goes beyond the limit is counted.
 */
export async function namedGroups<Row>(
  runner: SqlRunner,
  by: Dimension | undefined,
  rows: readonly Row[],
  keyOf: (row: Row) => string | null,
  weight: (rows: Row[]) => number,
): Promise<{ groups: { key: { id: string | null; name: string }; rows: Row[] }[]; omitted: number }> {
  if (by === undefined) return { groups: [], omitted: 0 };
  const byKey = new Map<string | null, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  const ordered = [...byKey].sort(
    ([a, left], [b, right]) => weight(right) - weight(left) || (`${a}` < `${b}` ? -1 : 1),
  );
  const shown = ordered.slice(0, LIMIT);
  const keys = shown.flatMap(([key]) => (key === null ? [] : [key]));
  const names = await findNames(runner, by, keys);
  return {
    groups: shown.map(([id, group]) => ({
      key: { id, name: id === null ? 'Not set' : (names.get(id) ?? 'Unknown') },
      rows: group,
    })),
    omitted: ordered.length - shown.length,
  };
}
