import { type Actor, recordAudit, scopeOf } from '../access/index.ts';
import type { User } from '../contracts/users.ts';
import { isUniqueViolation, type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import { findRole, teamExists } from './directory.repository.ts';
import { exceeding } from './grants.ts';
import { hashPassword } from './password.ts';
import { revokeAllSessions } from './session.repository.ts';
import {
  type ChangedUser,
  findUser,
  hasOtherAdministrator,
  insertUser,
  listUsers,
  lockUser,
  type UserFilters,
  updateUser,
} from './user.repository.ts';

/** Changes of people run one after another, so that two administrators can't remove each other at once. */
const PEOPLE_LOCK = 7_203_114_004;

export interface UserInput {
  email: string;
  name: string;
  roleId: string;
  teamId?: string | null | undefined;
  password: string;
}
export interface UserChange {
  name?: string | undefined;
  roleId?: string | undefined;
  teamId?: string | null | undefined;
  status?: 'active' | 'deactivated' | undefined;
}

export interface Users {
  list(actor: Actor, filters: UserFilters): ReturnType<typeof listUsers>;
  get(actor: Actor, id: string): Promise<User>;
  /** @throws ProblemError conflict for a known e-mail address, forbidden for a role beyond the actor's own rights */
  create(actor: Actor, input: UserInput): Promise<User>;
  /** A deactivated person's sessions end, in host pages too. @throws ProblemError conflict for the last administrator */
  update(actor: Actor, id: string, ifMatch: number | null, change: UserChange): Promise<User>;
}

/** `onRightsChanged`: called after a change of anybody's rights was committed. */
export function createUsers({ config, database, clock }: Dependencies, onRightsChanged: () => void): Users {
  return {
    list: (actor, filters) => listUsers(database.sql, scopeOf(actor.principal, 'user.read'), filters),
    async get(actor, id) {
      const user = await findUser(database.sql, scopeOf(actor.principal, 'user.read'), id);
      if (!user) throw notFound('user');
      return user;
    },
    async create(actor, input) {
      const teamId = input.teamId ?? null;
      await assertRoleGrantable(database.sql, actor, input.roleId);
      await assertTeamReachable(database.sql, actor, teamId);
      const passwordHash = await hashPassword(config, input.password);
      try {
        return await database.transaction(async (tx) => {
          const { email, name, roleId } = input;
          const id = await insertUser(
            tx.sql,
            { email, name, roleId, teamId, passwordHash, isEmailVerified: false },
            clock(),
          );
          const user = await findUser(tx.sql, { kind: 'all' }, id);
          if (!user) throw notFound('user');
          await recordAudit(tx.sql, actor, { action: 'user.created', entity: 'user', entityId: id, after: user });
          return user;
        });
      } catch (error) {
        if (isUniqueViolation(error)) {
          throw new ProblemError('conflict', 'Somebody with this e-mail address exists already.', {
            errors: [{ pointer: '/email', message: 'is in use' }],
          });
        }
        throw error;
      }
    },
    async update(actor, id, ifMatch, change) {
      const updated = await database.transaction(async (tx) => {
        await tx.sql.rows(sql`select pg_advisory_xact_lock(${PEOPLE_LOCK}::bigint)::text as locked`);
        const before = await lockUser(tx.sql, scopeOf(actor.principal, 'user.manage'), id);
        if (!before) throw notFound('user');
        if (ifMatch !== null && ifMatch !== before.version) throw stale('user');
        const after = await checkedChange(tx.sql, actor, before, change);
        await updateUser(tx.sql, id, after, clock());
        if (after.status !== 'active') await revokeAllSessions(tx.sql, id, clock());
        const user = await findUser(tx.sql, { kind: 'all' }, id);
        if (!user) throw notFound('user');
        await recordAudit(tx.sql, actor, { action: 'user.changed', entity: 'user', entityId: id, before, after: user });
        return user;
      });
      onRightsChanged();
      return updated;
    },
  };
}

/** The person after `change`, if the actor may make it. */
async function checkedChange(runner: SqlRunner, actor: Actor, before: User, change: UserChange): Promise<ChangedUser> {
  const after: ChangedUser = {
    name: change.name ?? before.name,
    roleId: change.roleId ?? before.role.id,
    teamId: change.teamId === undefined ? (before.team?.id ?? null) : change.teamId,
    status: change.status ?? before.status,
  };
  // Who holds more than the actor is out of the actor's hands altogether.
  await assertRoleGrantable(runner, actor, before.role.id);
  if (after.roleId !== before.role.id) await assertRoleGrantable(runner, actor, after.roleId);
  if (after.teamId !== (before.team?.id ?? null)) await assertTeamReachable(runner, actor, after.teamId);
  if (before.status === 'placeholder' && change.status === 'active') {
    throw new ProblemError('conflict', 'This person came with an import and has no e-mail address to sign in with.');
  }
  const wasAdministrator = before.role.key === 'admin' && before.status === 'active';
  const staysAdministrator = after.roleId === before.role.id && after.status === 'active';
  if (wasAdministrator && !staysAdministrator && !(await hasOtherAdministrator(runner, before.id))) {
    throw new ProblemError('conflict', 'This is the last active administrator. Make somebody else one first.');
  }
  return after;
}

async function assertRoleGrantable(runner: SqlRunner, actor: Actor, roleId: string): Promise<void> {
  const role = await findRole(runner, roleId);
  if (!role) throw invalid('/roleId', 'is not a role');
  const [first] = exceeding(actor.principal, role);
  if (first !== undefined) throw forbidden(`decide on the role ${role.name}: it holds ${first}, which you do not`);
}

/** People may be put only into teams that the actor manages people in. */
async function assertTeamReachable(runner: SqlRunner, actor: Actor, teamId: string | null): Promise<void> {
  const scope = scopeOf(actor.principal, 'user.manage');
  if (teamId !== null && !(await teamExists(runner, teamId))) throw invalid('/teamId', 'is not a team');
  if (scope.kind === 'all') return;
  if (scope.kind === 'team' && teamId !== null && scope.teamIds.includes(teamId)) return;
  throw forbidden('put people into this team');
}
