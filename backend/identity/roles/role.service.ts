import { type Actor, recordAudit } from '../../access/index.ts';
import type { Scope } from '../../contracts/auth.ts';
import type { Role } from '../../contracts/users.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { forbidden, notFound, ProblemError, stale } from '../../http/index.ts';
import { exceeding, exceedingInTeam, type Rights } from '../grants.ts';
import { beginPeopleChange } from '../people-change.ts';
import { checkedRights } from '../rights.ts';
import {
  deleteRole,
  findRole,
  insertRole,
  isRoleNameTaken,
  listRoles,
  listRoleUses,
  lockRole,
  type StoredRole,
  teamsOfHolders,
  updateRole,
} from './role.repository.ts';
import { roleKey } from './role-key.ts';

export interface RoleInput {
  name: string;
  permissions: Record<string, Scope>;
  fieldGroups: string[];
}
export type RoleChange = { [Key in keyof RoleInput]?: RoleInput[Key] | undefined };

/** What people may do, in bundles of the company's own making beside those that come with the product. */
export interface Roles {
  list(): Promise<Role[]>;
  get(id: string): Promise<Role>;
  /** @throws ProblemError invalid, conflict for a name in use, forbidden beyond the actor's own rights */
  create(actor: Actor, input: RoleInput): Promise<Role>;
  /** Holds for everybody with the role within 5 s. @throws ProblemError as create; conflict for a built-in role */
  update(actor: Actor, id: string, ifMatch: number | null, change: RoleChange): Promise<Role>;
  /** @throws ProblemError conflict for a built-in role and for one that is in use */
  remove(actor: Actor, id: string, ifMatch: number | null): Promise<void>;
}

/** `onRightsChanged`: called after a change of anybody's rights was committed. */
export function createRoles({ database, clock }: Dependencies, onRightsChanged: () => void): Roles {
  return {
    list: () => listRoles(database.sql),
    get: (id) => existing(database.sql, id),
    create: (caller, input) =>
      database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'role.manage');
        const role: StoredRole = { name: input.name, ...checkedRights(input) };
        assertHeld(actor, role);
        await assertNameFree(tx.sql, role.name, null);
        const id = await insertRole(tx.sql, roleKey(role.name), role, clock());
        const after = await existing(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'role.created',
          entity: 'role',
          entityId: id,
          after: asAudited(after),
        });
        return after;
      }),
    async update(caller, id, ifMatch, change) {
      const changed = await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'role.manage');
        const before = await editable(tx.sql, id, ifMatch);
        assertHeld(actor, before);
        const rights = checkedRights({
          permissions: change.permissions ?? before.permissions,
          fieldGroups: change.fieldGroups ?? before.fieldGroups,
        });
        const role: StoredRole = { name: change.name ?? before.name, ...rights };
        assertHeld(actor, role);
        for (const teamId of await teamsOfHolders(tx.sql, id)) {
          const [beyond] = exceedingInTeam(actor.principal, gained(before, role), teamId);
          if (beyond !== undefined) throw forbidden(`give ${beyond} to people of teams that you do not reach`);
        }
        await assertNameFree(tx.sql, role.name, id);
        await updateRole(tx.sql, id, role, clock());
        const after = await existing(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'role.changed',
          entity: 'role',
          entityId: id,
          before: asAudited(before),
          after: asAudited(after),
        });
        return after;
      });
      onRightsChanged();
      return changed;
    },
    async remove(caller, id, ifMatch) {
      await database.transaction(async (tx) => {
        const actor = await beginPeopleChange(tx.sql, caller, 'role.manage');
        const before = await editable(tx.sql, id, ifMatch);
        assertHeld(actor, before);
        await assertUnused(tx.sql, before);
        await deleteRole(tx.sql, id);
        await recordAudit(tx.sql, actor, {
          action: 'role.deleted',
          entity: 'role',
          entityId: id,
          before: asAudited(before),
        });
      });
    },
  };
}

async function existing(runner: SqlRunner, id: string): Promise<Role> {
  const role = await findRole(runner, id);
  if (!role) throw notFound('role');
  return role;
}

/** The role, locked, if it may be changed at all. */
async function editable(runner: SqlRunner, id: string, ifMatch: number | null): Promise<Role> {
  const role = await lockRole(runner, id);
  if (!role) throw notFound('role');
  if (role.isBuiltIn) {
    throw new ProblemError(
      'conflict',
      `${role.name} comes with SalesPulse and can’t be changed or deleted. Create a role of your own instead.`,
    );
  }
  if (ifMatch !== null && ifMatch !== role.version) throw stale('role');
  return role;
}

/** Nobody makes, changes or deletes a role that holds more than they do. */
function assertHeld(actor: Actor, rights: Rights): void {
  const [beyond] = exceeding(actor.principal, rights);
  if (beyond !== undefined) throw forbidden(`decide on a role that holds ${beyond} further than you do yourself`);
}

async function assertNameFree(runner: SqlRunner, name: string, exceptId: string | null): Promise<void> {
  if (!(await isRoleNameTaken(runner, name, exceptId))) return;
  throw new ProblemError('conflict', 'There is a role with this name already.', {
    errors: [{ pointer: '/name', message: 'is in use' }],
  });
}

async function assertUnused(runner: SqlRunner, role: Role): Promise<void> {
  if (role.users > 0) {
    const holders = role.users === 1 ? '1 person holds' : `${role.users} people hold`;
    throw new ProblemError('conflict', `${holders} the role ${role.name}. Give them another role first.`);
  }
  const [use] = await listRoleUses(runner, role.id);
  if (use !== undefined) {
    throw new ProblemError('conflict', `${role.name} is the role of ${use}. Choose another role there first.`);
  }
}

/** What the change adds or widens. */
function gained(before: Rights, after: Rights): Pick<Rights, 'permissions'> {
  const wider = Object.entries(after.permissions).filter(([name, scope]) => before.permissions[name] !== scope);
  return { permissions: Object.fromEntries(wider) };
}

const asAudited = ({ name, key, permissions, fieldGroups }: Role) => ({ name, key, permissions, fieldGroups });
