import type { Actor } from '../../access/index.ts';
import type { RecordType } from '../../contracts/common.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import type { ColumnValue } from '../record-write.repository.ts';
import { customInput } from './check-values.ts';

/**
 * The column of custom values: checked, stored with the defaults on creation, merged over the present ones
 * afterwards. Once the record is written, `claimUniqueValues` takes what may occur only once.
 *
 * @throws ProblemError listing every problem, by pointer
 */
export async function customColumns(
  runner: SqlRunner,
  actor: Actor,
  entity: RecordType,
  input: Readonly<Record<string, unknown>> | undefined,
  isNew: boolean,
): Promise<ColumnValue[]> {
  const values = await customInput(runner, actor, entity, input, isNew);
  if (values === undefined) return [];
  const given = sql`${JSON.stringify(values)}::jsonb`;
  return [['custom', isNew ? given : sql`r.custom || ${given}`]];
}
