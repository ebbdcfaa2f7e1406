import { type Actor, scopeOf } from '../access/index.ts';
import type { Role, User } from '../contracts/users.ts';
import type { SqlRunner } from '../db/index.ts';
import { forbidden, invalid, notFound } from '../http/index.ts';
import { exceeding, exceedingInTeam } from './grants.ts';
import { findRole } from './roles/role.repository.ts';
import { teamExists } from './teams/team.repository.ts';
import { lockUser } from './user.repository.ts';

/**
 * The person, locked, if the actor may do something to them: within reach, and holding nothing that the actor
 * does not hold.
 *
 * @throws ProblemError not_found, forbidden
 */
export async function lockManageable(runner: SqlRunner, actor: Actor, id: string): Promise<User> {
  const user = await lockUser(runner, scopeOf(actor.principal, 'user.manage'), id);
  if (!user) throw notFound('user');
  await assertRoleGrantable(runner, actor, user.role.id);
  return user;
}

/** Nobody gives a role that holds more than they do. @throws ProblemError invalid, forbidden */
export async function assertRoleGrantable(runner: SqlRunner, actor: Actor, roleId: string): Promise<Role> {
  const role = await findRole(runner, roleId);
  if (!role) throw invalid('/roleId', 'is not a role');
  const [first] = exceeding(actor.principal, role);
  if (first !== undefined) throw forbidden(`decide on the role ${role.name}: it holds ${first}, which you do not`);
  return role;
}

/**
 * A place is a role in a team. People may be put only into teams that the actor manages people in, and only
 * where what the role reaches of the team is within the actor's own reach.
 *
 * @throws ProblemError invalid, forbidden
 */
export async function assertPlaceGrantable(
  runner: SqlRunner,
  actor: Actor,
  { roleId, teamId }: { roleId: string; teamId: string | null },
): Promise<void> {
  const role = await assertRoleGrantable(runner, actor, roleId);
  if (teamId !== null && !(await teamExists(runner, teamId))) throw invalid('/teamId', 'is not a team');
  const scope = scopeOf(actor.principal, 'user.manage');
  const isReached =
    scope.kind === 'all' || (scope.kind === 'team' && teamId !== null && scope.teamIds.includes(teamId));
  if (!isReached) throw forbidden('put people into this team');
  const [first] = exceedingInTeam(actor.principal, role, teamId);
  if (first !== undefined) {
    throw forbidden(`make somebody ${role.name} of this team: it would hold ${first} there, which you do not`);
  }
}
