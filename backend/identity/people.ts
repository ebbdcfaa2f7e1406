import { type Principal, recordAudit } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { exceeding } from './grants.ts';
import { findRole } from './roles/role.repository.ts';
import { insertUser } from './user.repository.ts';

/** A person whom a trusted host vouches for. */
export interface VouchedPerson {
  name: string;
  /** null unless the host has verified it */
  email: string | null;
  roleId: string;
  /** which host: goes into the audit log */
  vouchedBy: string;
}

/** The person with this e-mail address, whatever the status. */
export const findPersonByEmail = (
  runner: SqlRunner,
  email: string,
): Promise<{ id: string; status: string } | undefined> =>
  runner.first(sql`select id::text as id, status from app_user where email = ${email.toLowerCase()}`);

/** Adds a person who has no password here; answers the id. A known e-mail address is a unique violation. */
export async function addVouchedPerson(runner: SqlRunner, person: VouchedPerson, now: Date): Promise<string> {
  const { name, roleId, vouchedBy } = person;
  const email = person.email?.toLowerCase() ?? null;
  const id = await insertUser(
    runner,
    { name, email, roleId, teamId: null, passwordHash: null, isEmailVerified: email !== null },
    now,
  );
  await recordAudit(runner, null, {
    action: 'user.created',
    entity: 'user',
    entityId: id,
    after: { name, email, roleId, vouchedBy },
  });
  return id;
}

/** What the role holds and the person does not: such a role they may not give away. Null for an unknown role. */
export async function rightsBeyond(runner: SqlRunner, principal: Principal, roleId: string): Promise<string[] | null> {
  const role = await findRole(runner, roleId);
  return role ? exceeding(principal, role) : null;
}
