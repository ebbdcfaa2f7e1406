import { fieldView, type Principal } from '../access/index.ts';
import type { Scope } from '../contracts/auth.ts';

const RANK: Record<Scope, number> = { none: 0, own: 1, team: 2, all: 3 };

export interface Rights {
  permissions: Readonly<Record<string, Scope>>;
  fieldGroups: readonly string[];
}

/** Does `scope` reach at least as far as `other`? */
export const reachesAsFar = (scope: Scope, other: Scope): boolean => RANK[scope] >= RANK[other];

/** The narrower of two scopes. */
export const lesserScope = (one: Scope, other: Scope): Scope => (RANK[one] <= RANK[other] ? one : other);

const heldBy = (principal: Principal, permission: string): Scope =>
  (principal.permissions as Readonly<Record<string, Scope | undefined>>)[permission] ?? 'none';

/** What `rights` would give that the person does not hold with at least the same reach; empty when nothing. */
export function exceeding(principal: Principal, rights: Rights): string[] {
  const groups: ReadonlySet<string> = principal.fieldGroups;
  return [
    ...Object.entries(rights.permissions)
      .filter(([name, scope]) => !reachesAsFar(heldBy(principal, name), scope))
      .map(([name]) => name),
    ...rights.fieldGroups.filter((group) => !groups.has(group)),
  ];
}

/**
 * The same for what `rights` would reach of a team: a right over "the team" is as wide as the team it is held in,
 * so who holds it in one team can't give it away in another. Nothing where `teamId` is null or in reach.
 */
export function exceedingInTeam(
  principal: Principal,
  rights: Pick<Rights, 'permissions'>,
  teamId: string | null,
): string[] {
  if (teamId === null || principal.teamIds.includes(teamId)) return [];
  return Object.entries(rights.permissions)
    .filter(([name, scope]) => scope === 'team' && heldBy(principal, name) !== 'all')
    .map(([name]) => name);
}

/** The person with no more than `limit` allows: permission by permission the narrower scope, and shared field groups. */
export function narrowed(
  principal: Principal,
  limit: { permissions: Readonly<Partial<Record<string, Scope>>>; fieldGroups: Iterable<string> },
): Principal {
  const permissions = Object.entries(principal.permissions)
    .map(([name, scope]): [string, Scope] => [name, lesserScope(scope, limit.permissions[name] ?? 'none')])
    .filter(([, scope]) => scope !== 'none');
  const groups = new Set(limit.fieldGroups);
  return {
    ...principal,
    permissions: Object.fromEntries(permissions),
    fieldGroups: fieldView(
      [...principal.fieldGroups].filter((group) => groups.has(group)),
      principal.fieldGroups.hiddenCustom,
    ),
  };
}
