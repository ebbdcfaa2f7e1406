import type { CustomField } from '../../contracts/fields.ts';
import type { SqlRunner } from '../../db/index.ts';
import { ProblemError } from '../../http/index.ts';
import { repeatedValues } from './values.repository.ts';

/** @throws ProblemError conflict where several records have one value, naming some of them */
export async function refuseRepeated(
  runner: SqlRunner,
  field: Pick<CustomField, 'entity' | 'key' | 'label'>,
): Promise<void> {
  const repeated = await repeatedValues(runner, field);
  if (repeated.length === 0) return;
  const named = repeated.slice(0, 3).map(({ value, records }) => `"${value}" (${records} records)`);
  throw new ProblemError(
    'conflict',
    `Several records have the same ${field.label}: ${named.join(', ')}${repeated.length > 3 ? ' and more' : ''}. Change them first.`,
    { errors: [{ pointer: '/isUnique', message: 'is not so yet: some values occur several times' }] },
  );
}
