import type { PermissionCatalogue } from '../../../../backend/contracts/administration.ts';
import type { Scope } from '../../../../backend/contracts/auth.ts';

/** What a role or a key allows: permission -> scope, and the guarded groups of fields that are seen. */
export interface Rights {
  permissions: Readonly<Record<string, Scope>>;
  fieldGroups: readonly string[];
}

/** One difference between two sets of rights; `from` and `to` are scopes, or `seen` and `hidden` for fields. */
export interface RightChange {
  name: string;
  label: string;
  from: Scope | 'seen' | 'hidden';
  to: Scope | 'seen' | 'hidden';
}

type PermissionEntry = PermissionCatalogue['groups'][number]['permissions'][number];

const scopes: readonly Scope[] = ['none', 'own', 'team', 'all'];
const rank = (scope: Scope) => scopes.indexOf(scope);

export const noRights: Rights = { permissions: {}, fieldGroups: [] };

/** True where the caller may give `scope` of this permission to somebody. */
export const isGrantable = ({ grantable }: PermissionEntry, scope: Scope): boolean => rank(scope) <= rank(grantable);

export const scopeIn = ({ permissions }: Rights, name: string): Scope => permissions[name] ?? 'none';

const entriesOf = ({ groups }: PermissionCatalogue) => groups.flatMap(({ permissions }) => permissions);

/** What differs, in the order of the catalogue. */
export function rightsDiff(catalogue: PermissionCatalogue, before: Rights, after: Rights): RightChange[] {
  const changes: RightChange[] = [];
  for (const group of catalogue.groups) {
    for (const { name, label } of group.permissions) {
      const [from, to] = [scopeIn(before, name), scopeIn(after, name)];
      if (from !== to) changes.push({ name, label: `${group.label}, ${label}`, from, to });
    }
  }
  for (const { key, label } of catalogue.fieldGroups) {
    const [from, to] = [before, after].map(({ fieldGroups }) => (fieldGroups.includes(key) ? 'seen' : 'hidden'));
    if (from && to && from !== to) changes.push({ name: key, label, from, to });
  }
  return changes;
}

/** The rights with one permission set. */
export function withScope(rights: Rights, name: string, scope: Scope): Rights {
  const { [name]: _old, ...others } = rights.permissions;
  return { ...rights, permissions: scope === 'none' ? others : { ...others, [name]: scope } };
}

/** The rights with a group of fields seen or hidden. */
export function withFields(rights: Rights, key: string, isSeen: boolean): Rights {
  const others = rights.fieldGroups.filter((group) => group !== key);
  return { ...rights, fieldGroups: isSeen ? [...others, key] : others };
}

/** As much of `rights` as the caller may give: every scope no wider than they hold, in a width that is offered. */
export function withinReach(catalogue: PermissionCatalogue, rights: Rights): Rights {
  const permissions: Record<string, Scope> = {};
  for (const entry of entriesOf(catalogue)) {
    const wanted = scopeIn(rights, entry.name);
    const fitting = entry.scopes.filter((scope) => rank(scope) <= rank(wanted) && isGrantable(entry, scope));
    const widest = fitting.sort((a, b) => rank(b) - rank(a))[0] ?? 'none';
    if (widest !== 'none') permissions[entry.name] = widest;
  }
  const groups = new Set(catalogue.fieldGroups.filter((group) => group.isGrantable).map(({ key }) => key));
  return { permissions, fieldGroups: rights.fieldGroups.filter((key) => groups.has(key)) };
}

/** Everything the caller may give, or only what reads. */
export function grantableRights(catalogue: PermissionCatalogue, { isReadOnly = false } = {}): Rights {
  const entries = entriesOf(catalogue).filter(({ name }) => !isReadOnly || name.endsWith('.read'));
  const everything: Rights = {
    permissions: Object.fromEntries(entries.map(({ name, grantable }) => [name, grantable])),
    fieldGroups: catalogue.fieldGroups.map(({ key }) => key),
  };
  return withinReach(catalogue, everything);
}

/** How many permissions are given at all. */
export const countGranted = ({ permissions }: Rights): number =>
  Object.values(permissions).filter((scope) => scope !== 'none').length;
