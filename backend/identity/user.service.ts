import { type Actor, recordAudit, scopeOf } from '../access/index.ts';
import type { User } from '../contracts/users.ts';
import { isUniqueViolation, type SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError, stale } from '../http/index.ts';
import { revokeTokens } from './one-time-token.repository.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';
import { assertAdministratorRemains, beginPeopleChange } from './people-change.ts';
import { inviteUser } from './registration/invitation.service.ts';
import { revokeAllSessions } from './session.repository.ts';
import {
  type ChangedUser,
  findUser,
  hasWayIn,
  insertUser,
  listUsers,
  type UserFilters,
  updateUser,
} from './user.repository.ts';
import { assertPlaceGrantable, lockManageable } from './user-rules.ts';

export interface UserInput {
  email: string;
  name: string;
  roleId: string;
  teamId?: string | null | undefined;
  /** left out: the person is invited by mail */
  password?: string | undefined;
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
  /**
   * With a password the person can sign in at once; without one they get an invitation by mail.
   *
   * @throws ProblemError conflict for a known e-mail address, invalid, forbidden beyond the actor's own rights
   */
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
    async create(caller, { email, name, roleId, teamId = null, password }) {
      // Looked at first, so that a refusal costs no hash.
      await assertPlaceGrantable(database.sql, caller, { roleId, teamId });
      if (password !== undefined) await assertGoodPassword(password, { email, name });
      const passwordHash = password === undefined ? null : await hashPassword(config, password);
      const status = passwordHash === null ? 'invited' : 'active';
      try {
        return await database.transaction(async (tx) => {
          const actor = await beginPeopleChange(tx.sql, caller, 'user.manage');
          await assertPlaceGrantable(tx.sql, actor, { roleId, teamId });
          const row = { email, name, roleId, teamId, passwordHash, isEmailVerified: false, status } as const;
          const id = await insertUser(tx.sql, row, clock());
          if (status === 'invited') await inviteUser(tx, { config, clock }, actor, { id, email, name });
          const user = await findUser(tx.sql, { kind: 'all' }, id);
          if (!user) throw notFound('user');
          const action = status === 'invited' ? 'user.invited' : 'user.created';
          await recordAudit(tx.sql, actor, { action, entity: 'user', entityId: id, after: user });
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
    async update(caller, id, ifMatch, change) {
      const updated = await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'user.manage');
        const before = await lockManageable(tx.sql, actor, id);
        if (ifMatch !== null && ifMatch !== before.version) throw stale('user');
        const after = await checkedChange(tx.sql, actor, before, change);
        await updateUser(tx.sql, id, after, clock());
        if (after.status === 'deactivated') {
          await revokeAllSessions(tx.sql, id, clock());
          await revokeTokens(tx.sql, id, ['invitation', 'reset-password', 'verify-email'], clock());
        }
        const wasAdministrator = before.role.key === 'admin' && before.status === 'active';
        if (wasAdministrator && (after.roleId !== before.role.id || after.status !== 'active')) {
          await assertAdministratorRemains(tx.sql);
        }
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
  const teamBefore = before.team?.id ?? null;
  const after: ChangedUser = {
    name: change.name ?? before.name,
    roleId: change.roleId ?? before.role.id,
    teamId: change.teamId === undefined ? teamBefore : change.teamId,
    status: await checkedStatus(runner, actor, before, change.status),
  };
  if (after.roleId !== before.role.id || after.teamId !== teamBefore) await assertPlaceGrantable(runner, actor, after);
  return after;
}

async function checkedStatus(
  runner: SqlRunner,
  actor: Actor,
  before: User,
  wanted: UserChange['status'],
): Promise<string> {
  if (wanted === undefined || wanted === before.status) return before.status;
  if (wanted === 'deactivated') {
    if (before.id !== actor.principal.userId) return wanted;
    throw new ProblemError('conflict', 'You can’t deactivate yourself. Ask another administrator to do it.');
  }
  switch (before.status) {
    case 'placeholder':
      throw new ProblemError('conflict', 'This person came with an import and has no e-mail address to sign in with.');
    case 'invited':
      throw new ProblemError('conflict', 'This person has not accepted the invitation yet. Send it again instead.');
    default:
      return (await hasWayIn(runner, before.id)) ? 'active' : 'invited';
  }
}
