import { type Actor, isAllowed, type Permission } from '../access/index.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { forbidden, ProblemError } from '../http/index.ts';
import { narrowed } from './grants.ts';
import { findPrincipalRow, toPrincipal } from './principal.repository.ts';

/** Changes of people, roles and teams run one after another: no two administrators remove each other at once. */
const PEOPLE_LOCK = 7_203_114_004;

/**
 * Opens a change of people, roles or teams in the transaction of `runner`: waits for the one before it, then
 * answers the actor with the rights held now. The request's own may be three seconds old, and older still after
 * the wait.
 *
 * @throws ProblemError session_ended, forbidden
 */
export async function beginPeopleChange(runner: SqlRunner, actor: Actor, permission: Permission): Promise<Actor> {
  await lockPeople(runner);
  const { principal } = actor;
  const row = await findPrincipalRow(runner, principal.userId);
  const asOfNow = row ? toPrincipal(row, principal.via, principal.sessionId) : null;
  if (!asOfNow) throw new ProblemError('session_ended', 'Your session has ended. Sign in again.');
  const current = { ...actor, principal: narrowed(asOfNow, principal) };
  if (!isAllowed(current.principal, permission)) throw forbidden('do this any more');
  return current;
}

/** The same lock for changes without an actor's rights, such as a provider that is switched off. */
export async function lockPeople(runner: SqlRunner): Promise<void> {
  await runner.rows(sql`select pg_advisory_xact_lock(${PEOPLE_LOCK}::bigint)::text as locked`);
}

/**
 * Can an active administrator sign in? Asked after a change that may have cost one a way in, in its transaction
 * (opened with `lockPeople` or `beginPeopleChange`). A password that must be replaced first counts for nothing, as
 * the mail with the link may never arrive.
 */
export async function administratorRemains(runner: SqlRunner): Promise<boolean> {
  const left = await runner.first(sql`
    select 1 as found from app_user u join role r on r.id = u.role_id
    where r.key = 'admin' and u.status = 'active' and (
      (u.password_hash is not null and not u.must_reset_password)
      or exists (select 1 from passkey k where k.user_id = u.id)
      or exists (select 1 from sso_identity s join identity_provider p on p.id = s.provider_id
                 where s.user_id = u.id and p.is_active))
    limit 1`);
  return left !== undefined;
}

/** The same, insisted on. @throws ProblemError conflict */
export async function assertAdministratorRemains(runner: SqlRunner): Promise<void> {
  if (await administratorRemains(runner)) return;
  throw new ProblemError(
    'conflict',
    'This would leave no active administrator who can sign in. Make somebody else an administrator first.',
  );
}
