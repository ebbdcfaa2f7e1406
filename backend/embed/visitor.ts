import { type SqlRunner, sql } from '../db/index.ts';
import { ProblemError } from '../http/index.ts';
import { addVouchedPerson, findPersonByEmail } from '../identity/index.ts';
import type { Assertion } from './assertion.ts';
import type { ClientWithKey } from './client.repository.ts';

/**
 * Who the host's visitor is here: whom this host's user was linked to before; else the person with the same
 * verified e-mail, where the administrator allows that; else a new person with the client's default role.
 * Runs in a transaction.
 *
 * @throws ProblemError forbidden when the visitor is nobody here, or somebody who was deactivated
 */
export async function resolveVisitor(
  runner: SqlRunner,
  client: ClientWithKey,
  visitor: Assertion,
  now: Date,
): Promise<string> {
  // Two first visits of one person at once must make one person.
  await runner.rows(sql`
    select pg_advisory_xact_lock(hashtextextended(${`embed ${client.id} ${visitor.hostUserId}`}, 0))::text as locked`);
  const linked = await runner.first<{ id: string; status: string }>(sql`
    select u.id::text as id, u.status from embed_identity e join app_user u on u.id = e.user_id
    where e.client_id = ${client.id}::uuid and e.host_user_id = ${visitor.hostUserId}`);
  if (linked) return active(linked);
  const { verifiedEmail } = visitor;
  const namesake = verifiedEmail === null ? undefined : await findPersonByEmail(runner, verifiedEmail);
  if (namesake && client.matchVerifiedEmail) return link(runner, client, visitor, active(namesake), now);
  if (namesake) {
    throw new ProblemError(
      'forbidden',
      'Somebody with this e-mail address exists here, and this host may not sign people in by e-mail address.',
    );
  }
  if (client.defaultRoleId === null) {
    throw new ProblemError('forbidden', 'This visitor is not known here. Ask an administrator for access.');
  }
  const id = await addVouchedPerson(
    runner,
    {
      name: visitor.name ?? verifiedEmail ?? `Visitor of ${client.name}`,
      email: verifiedEmail,
      roleId: client.defaultRoleId,
      vouchedBy: `embed client ${client.id}`,
    },
    now,
  );
  return link(runner, client, visitor, id, now);
}

function active(person: { id: string; status: string }): string {
  if (person.status === 'active') return person.id;
  throw new ProblemError('forbidden', 'This person was deactivated here.');
}

async function link(
  runner: SqlRunner,
  client: ClientWithKey,
  visitor: Assertion,
  userId: string,
  now: Date,
): Promise<string> {
  await runner.rows(sql`
    insert into embed_identity (client_id, host_user_id, user_id, created_at)
    values (${client.id}::uuid, ${visitor.hostUserId}, ${userId}::uuid, ${now.toISOString()}::timestamptz)`);
  return userId;
}
