import type { Role } from '../../../backend/contracts/users.ts';
import { t } from '../text.ts';

export interface PermissionRow {
  permission: string;
  label: string;
}

/** The permissions of all roles by what they are about, in the order the roles list them. */
export function permissionRows(roles: readonly Role[]): { area: string; rows: PermissionRow[] }[] {
  const areas = new Map<string, PermissionRow[]>();
  // The role with the most permissions comes first, since its order is the catalogue's.
  const byCount = [...roles].sort((a, b) => Object.keys(b.permissions).length - Object.keys(a.permissions).length);
  for (const permission of new Set(byCount.flatMap((role) => Object.keys(role.permissions)))) {
    const [area = permission, action = ''] = permission.split('.');
    const rows = areas.get(area) ?? [];
    rows.push({ permission, label: textOr(`roles.action.${action}`, action) });
    areas.set(area, rows);
  }
  return [...areas].map(([area, rows]) => ({ area: textOr(`roles.area.${area}`, area), rows }));
}

/** A permission that a newer server has and these texts don't is shown by its name. */
function textOr(key: string, fallback: string): string {
  const text = t(key);
  return text === key ? fallback : text;
}
