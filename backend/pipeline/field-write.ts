import { type FieldGroup, guardedNouns, guardOf, type Principal } from '../access/index.ts';
import { ProblemError } from '../http/index.ts';

/**
 * Refuses input that sets fields which the person may not see: nobody writes over what they can't read. Fields
 * that are left out are no input; null in a new record says nothing and is let through.
 *
 * @throws ProblemError forbidden, naming every such field
 */
export function checkWritable(
  principal: Principal,
  entity: string,
  input: object,
  { isNew = false, below = '' }: { isNew?: boolean; below?: string } = {},
): void {
  const refused = Object.entries(input).flatMap(([field, value]) => {
    const group = guardOf(entity, field);
    const isSaid = value !== undefined && !(isNew && value === null);
    return group !== null && isSaid && !principal.fieldGroups.has(group) ? [{ field, group }] : [];
  });
  const [first] = refused;
  if (!first) return;
  throw new ProblemError('forbidden', hiddenSentence(first.group), {
    errors: refused.map(({ field }) => ({ pointer: `${below}/${field}`, message: 'may not be set by your role' })),
  });
}

const hiddenSentence = (group: FieldGroup): string =>
  `Your role does not show you ${guardedNouns[group]}, so you can't set them either. Leave them out.`;
