import { isInScope, type Permission, type Principal, scopeOf } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { invalid } from '../http/index.ts';

export interface Ownership {
  ownerId: string | null;
  teamId: string | null;
}

/**
 * Who a record is given to, with that person's team. Left out on creation it is the asker. Nobody can give a
 * record to somebody outside the reach of their own write permission, nor to who left; people who are invited
 * or known by name only may own records.
 */
export async function resolveOwner(
  runner: SqlRunner,
  principal: Principal,
  permission: Permission,
  ownerId: string | null | undefined,
  pointer = '/ownerId',
): Promise<Ownership> {
  const scope = scopeOf(principal, permission);
  if (ownerId === undefined) return { ownerId: principal.userId, teamId: principal.teamId };
  if (ownerId === null) {
    if (scope.kind === 'own') throw invalid(pointer, 'must be you: your role covers only your own records');
    return { ownerId: null, teamId: principal.teamId };
  }
  const person = await runner.first<{ teamId: string | null }>(sql`
    select team_id::text as "teamId" from app_user where id = ${ownerId}::uuid and status <> 'deactivated'`);
  if (!person || !isInScope(scope, { ownerId, teamId: person.teamId })) {
    throw invalid(pointer, 'is nobody you can give this to');
  }
  return { ownerId, teamId: person.teamId };
}
