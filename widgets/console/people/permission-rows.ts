import type { Role } from '../../../backend/contracts/users.ts';
import { t } from '../text.ts';

export interface PermissionRow {
  permission: string;
  label: string;
}

const areaOrder = [
  'lead',
  'opportunity',
  'account',
  'contact',
  'task',
  'sale',
  'product',
  'spend',
  'analytics',
  'import',
  'user',
  'role',
  'field',
  'embed',
  'audit',
];
const actionOrder = ['read', 'write', 'delete', 'run', 'manage'];

/** Where a name stands among the known ones; names we don't know come last. */
const place = (names: readonly string[], name = '') => (names.includes(name) ? names.indexOf(name) : names.length);

function inReadingOrder(one: string, other: string): number {
  const [area, action] = one.split('.');
  const [otherArea, otherAction] = other.split('.');
  return (
    place(areaOrder, area) - place(areaOrder, otherArea) || place(actionOrder, action) - place(actionOrder, otherAction)
  );
}

/** The permissions of all roles by what they are about, in the order an administrator reads them. */
export function permissionRows(roles: readonly Role[]): { area: string; rows: PermissionRow[] }[] {
  const areas = new Map<string, PermissionRow[]>();
  const permissions = new Set(roles.flatMap((role) => Object.keys(role.permissions)));
  for (const permission of [...permissions].sort(inReadingOrder)) {
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
