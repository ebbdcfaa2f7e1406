import { createHash } from 'node:crypto';
import type { Permission, Principal } from '../access/index.ts';

const READING = [
  'analytics.read',
  'lead.read',
  'opportunity.read',
  'account.read',
  'sale.read',
  'spend.read',
] as const satisfies readonly Permission[];

/**
 * What decides which figures a file may hold, as a hash: two people, or two credentials of one person, for whom it is
 * the same see the same rows and fields. A file outlives its making, rights may be taken meanwhile.
 */
export function exportRights({ userId, permissions, teamId, teamIds, fieldGroups }: Principal): string {
  const hidden = Object.entries(fieldGroups.hiddenCustom).map(([entity, keys]) => [entity, [...(keys ?? [])].sort()]);
  const rights = [
    userId,
    READING.map((permission) => permissions[permission] ?? 'none'),
    [teamId, ...[...teamIds].sort()],
    [...fieldGroups].sort(),
    hidden.sort(),
  ];
  return createHash('sha256').update(JSON.stringify(rights)).digest('hex');
}
