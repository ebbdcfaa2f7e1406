import type { Principal } from '../access/index.ts';
import type { AnalyticsTable, BreakdownQuery, CustomDimension, Dimension } from '../contracts/analytics.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { SqlRunner } from '../db/index.ts';
import { dimensionNames } from './availability.ts';
import { findDimensionField, readCustomDimension } from './custom-dimension.ts';
import { compare } from './decimal.ts';
import { findNames } from './dimension-names.repository.ts';
import { type AnalyticsContext, inquire, measureColumns } from './inquiry.ts';

const NOT_SET = 'Not set';
const UNKNOWN = 'Unknown';

/**
 * Each metric split by a dimension, largest value of the first metric first, at most `limit` rows;
 * `omitted` says how many more there are. Facts without a value are a row of their own with id null.
 */
export async function answerBreakdown(
  context: AnalyticsContext,
  principal: Principal,
  query: BreakdownQuery,
): Promise<AnalyticsTable> {
  const { by, limit } = query;
  const custom =
    readCustomDimension(by) && (await findDimensionField(context.runner, principal, by as CustomDimension));
  const inquiry = await inquire(context, principal, query, by);
  const { metrics, period, asOf } = inquiry;
  const found = await context.engine.table({ ...inquiry.question, period, grain: null });
  const rows = found
    .map(({ key, measures }) => ({ key, values: metrics.map((metric) => inquiry.value(metric, measures)) }))
    .sort((a, b) => largestFirst(a.values[0] ?? null, b.values[0] ?? null) || inKeyOrder(a.key, b.key));
  const shown = rows.slice(0, limit);
  const keys = shown.map(({ key }) => key).filter((key) => key !== null);
  const names = custom
    ? await namesOfValues(context.runner, custom, keys)
    : await findNames(context.runner, by as Dimension, keys);
  return {
    columns: [
      {
        id: by,
        label: custom ? custom.label : capitalised(dimensionNames[by as Dimension]),
        kind: 'dimension',
        unit: null,
        currency: null,
      },
      ...measureColumns(inquiry),
    ],
    rows: shown.map(({ key, values }) => [
      { id: key, name: key === null ? NOT_SET : (names.get(key) ?? UNKNOWN) },
      ...values,
    ]),
    omitted: rows.length - shown.length,
    asOf,
  };
}

/** Custom values as people read them: yes and no, and the names of people. */
async function namesOfValues(
  runner: SqlRunner,
  { type }: CustomField,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (type === 'user') return findNames(runner, 'owner', keys);
  return new Map(keys.map((key) => [key, type === 'boolean' ? (key === 'true' ? 'Yes' : 'No') : key]));
}

function largestFirst(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return compare(b, a);
}

/** Ties: by value, "not set" last, so that the same question always gets the same rows. */
function inKeyOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
