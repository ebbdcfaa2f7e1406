import type { Principal } from '../access/index.ts';
import type { Scope } from '../contracts/auth.ts';

const RANK: Record<Scope, number> = { none: 0, own: 1, team: 2, all: 3 };

export interface Rights {
  permissions: Record<string, Scope>;
  fieldGroups: readonly string[];
}

/** What `rights` would give that the person does not hold with at least the same reach; empty when nothing. */
export function exceeding(principal: Principal, rights: Rights): string[] {
  const held: Readonly<Record<string, Scope | undefined>> = principal.permissions;
  const groups: ReadonlySet<string> = principal.fieldGroups;
  return [
    ...Object.entries(rights.permissions)
      .filter(([name, scope]) => RANK[scope] > RANK[held[name] ?? 'none'])
      .map(([name]) => name),
    ...rights.fieldGroups.filter((group) => !groups.has(group)),
  ];
}
