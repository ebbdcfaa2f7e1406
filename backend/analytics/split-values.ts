import type { Principal } from '../access/index.ts';
import type { CustomDimension, Dimension, Split } from '../contracts/analytics.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { SqlRunner } from '../db/index.ts';
import { dimensionNames } from './availability.ts';
import { findDimensionField, readCustomDimension } from './custom-dimension.ts';
import { compare } from './decimal.ts';
import { findNames } from './dimension-names.repository.ts';

const NOT_SET = 'Not set';
const UNKNOWN = 'Unknown';

/** All values that are not shown singly. */
export const OTHERS = { id: null, name: 'Others', isOthers: true } as const;

/** What a split and its values are called. */
export interface SplitNames {
  label: string;
  /** the values as people read them, by value; null is "not set" */
  of(keys: readonly (string | null)[]): Promise<(key: string | null) => { id: string | null; name: string }>;
}

/** @throws ProblemError invalid when numbers can't be split so by this viewer */
export async function findSplitNames(runner: SqlRunner, principal: Principal, by: Split): Promise<SplitNames> {
  const custom = readCustomDimension(by) && (await findDimensionField(runner, principal, by as CustomDimension));
  return {
    label: custom ? custom.label : capitalised(dimensionNames[by as Dimension]),
    async of(keys) {
      const values = keys.filter((key) => key !== null);
      const names = custom
        ? await namesOfValues(runner, custom, values)
        : await findNames(runner, by as Dimension, values);
      return (key) => ({ id: key, name: key === null ? NOT_SET : (names.get(key) ?? UNKNOWN) });
    },
  };
}

/** Custom values as people read them: yes and no, and the names of people. */
export async function namesOfValues(
  runner: SqlRunner,
  { type }: Pick<CustomField, 'type'>,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (type === 'user') return findNames(runner, 'owner', keys);
  return new Map(keys.map((key) => [key, type === 'boolean' ? (key === 'true' ? 'Yes' : 'No') : key]));
}

/** Largest first, those without a figure last; ties by value, "not set" last: the same question gets the same rows. */
export function inRank<Ranked extends { key: string | null; rank: string | null }>(rows: readonly Ranked[]): Ranked[] {
  return rows
    .map((row) => ({ row, near: row.rank === null ? Number.NaN : Number(row.rank) }))
    .sort((a, b) => largestFirst(a, b) || inKeyOrder(a.row.key, b.row.key))
    .map(({ row }) => row);
}

/** Numbers settle nearly all of it: exact decimals are only compared where these can't tell them apart. */
function largestFirst(
  a: { row: { rank: string | null }; near: number },
  b: { row: { rank: string | null }; near: number },
): number {
  if (a.near > b.near) return -1;
  if (a.near < b.near) return 1;
  const [left, right] = [a.row.rank, b.row.rank];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return compare(right, left);
}

function inKeyOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
