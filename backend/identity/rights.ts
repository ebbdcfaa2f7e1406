import { fieldGroups, type Permission, permissionMeta } from '../access/index.ts';
import type { Scope } from '../contracts/auth.ts';
import { type FieldProblem, ProblemError, pointerPart } from '../http/index.ts';
import { type Rights, reachesAsFar } from './grants.ts';

const isPermission = (name: string): name is Permission => Object.hasOwn(permissionMeta, name);

/** Is it done in person only, so that no API key holds it? */
export const isInPerson = (name: string): boolean => isPermission(name) && permissionMeta[name].isInPerson === true;

/**
 * Rights as they are stored: without what is set to none, field groups once each.
 *
 * @throws ProblemError invalid with every problem: an unknown name, a scope that is not offered, a right that
 * would open nothing because another one is missing or narrower
 */
export function checkedRights(input: { permissions: Record<string, Scope>; fieldGroups: readonly string[] }): Rights {
  const problems = [
    ...Object.entries(input.permissions).flatMap(([name, scope]) => permissionProblem(name, scope, input.permissions)),
    ...input.fieldGroups.flatMap((group, place): FieldProblem[] =>
      (fieldGroups as readonly string[]).includes(group)
        ? []
        : [{ pointer: `/fieldGroups/${place}`, message: 'is not a group of fields' }],
    ),
  ];
  const [first] = problems;
  if (first) {
    const sentence = `${first.pointer.split('/').at(-1)} ${first.message}.`;
    throw new ProblemError(
      'invalid',
      problems.length === 1 ? sentence : `${problems.length} of these rights can’t be given as they are: ${sentence}`,
      { errors: problems },
    );
  }
  const given = Object.entries(input.permissions).filter(([, scope]) => scope !== 'none');
  return { permissions: Object.fromEntries(given), fieldGroups: [...new Set(input.fieldGroups)] };
}

function permissionProblem(name: string, scope: Scope, all: Record<string, Scope>): FieldProblem[] {
  const pointer = `/permissions${pointerPart(name)}`;
  if (!isPermission(name)) return [{ pointer, message: 'is not a permission' }];
  if (scope === 'none') return [];
  const { scopes, needs } = permissionMeta[name];
  if (!scopes.includes(scope)) {
    return [{ pointer, message: `can’t be set to ${scope}, only to none or ${scopes.join(', ')}` }];
  }
  if (needs === undefined) return [];
  const held = all[needs] ?? 'none';
  // What belongs to nobody has one reach only; there it is enough to hold the other at all.
  const wanted = scopes.length === 1 && permissionMeta[needs].scopes.length > 1 ? 'own' : scope;
  return reachesAsFar(held, wanted)
    ? []
    : [{ pointer, message: `would open nothing: give ${needs} with the same reach too` }];
}
