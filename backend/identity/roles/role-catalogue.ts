import {
  fieldGroupCatalogue,
  type Permission,
  type Principal,
  permissionGroups,
  permissionMeta,
} from '../../access/index.ts';
import type { PermissionCatalogue } from '../../contracts/administration.ts';
import type { Scope } from '../../contracts/auth.ts';
import { reachesAsFar } from '../grants.ts';

/** The grid of a role for this person: what there is, what it can be set to, and how far they may give it. */
export function permissionCatalogue(principal: Principal): PermissionCatalogue {
  return {
    groups: permissionGroups.map(({ key, label, permissions }) => ({
      key,
      label,
      permissions: permissions.map((name) => {
        const { label: own, description, scopes, isInPerson = false } = permissionMeta[name];
        return {
          name,
          label: own,
          description,
          scopes: ['none', ...scopes],
          grantable: grantable(principal, name, scopes),
          isInPerson,
        };
      }),
    })),
    fieldGroups: fieldGroupCatalogue.map((group) => ({ ...group, isGrantable: principal.fieldGroups.has(group.key) })),
  };
}

/** The widest scope on offer that the person's own reach covers. */
function grantable(principal: Principal, name: Permission, scopes: readonly Scope[]): Scope {
  const held = principal.permissions[name] ?? 'none';
  return scopes.findLast((scope) => reachesAsFar(held, scope)) ?? 'none';
}
