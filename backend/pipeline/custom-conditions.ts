import type { RecordType } from '../contracts/common.ts';
import type { CustomField } from '../contracts/fields.ts';
import type { Sql, SqlRunner } from '../db/index.ts';
import { invalid } from '../http/index.ts';
import { listFields } from './custom-fields/field-row.ts';
import { type CustomContext, customFilterSql, customFiltersOf, customSort } from './custom-fields/filter-sql.ts';

/** Parameters `custom.KEY` and `custom.KEY.OPERATOR` of a query. */
export type CustomFilters = Readonly<Record<string, unknown>>;
export type LoadedFields = readonly CustomField[];

const CUSTOM = 'custom.';

/** The definitions that a query needs: none unless it names a custom field. */
export async function loadFields(
  runner: SqlRunner,
  entity: RecordType,
  query: CustomFilters & { sort?: string },
): Promise<LoadedFields> {
  const namesOne = Object.keys(query).some((name) => name.startsWith(CUSTOM));
  return namesOne || query.sort?.replace('-', '').startsWith(CUSTOM) ? listFields(runner, { entity }) : [];
}

/** The conditions on custom fields. @throws ProblemError invalid for fields that the asker doesn't see */
export const customConditions = (context: CustomContext, query: CustomFilters): Sql =>
  customFilterSql(context, customFiltersOf(query));

/** The order of a list sorted by a custom field. @throws ProblemError invalid where there is no such field */
export function customOrder(
  context: CustomContext,
  sort: string,
): { expression: Sql; type: Sql; isDescending: boolean } {
  const order = customSort(context, sort);
  if (!order) throw invalid('/query/sort', 'is no order of this list');
  return { ...order, isDescending: sort.startsWith('-') };
}
