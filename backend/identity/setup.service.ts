import type { IncomingMessage } from 'node:http';
import { recordAudit } from '../access/index.ts';
import type { Config } from '../config.ts';
import { type Database, hashToken, isUniqueViolation, randomToken, type SqlRunner, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, ProblemError } from '../http/index.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';
import type { SignedIn, SignIn } from './sign-in.service.ts';

const LINK_LIFE_MS = 24 * 60 * 60_000;
/** Serialises set-up, so that two people with the same link can't both become the first administrator. */
const SETUP_LOCK = 7_203_114_002;

/** By password, passkey or provider: where everybody comes in without a password, set-up is over all the same. */
const hasSignInUser = async (runner: SqlRunner): Promise<boolean> =>
  (await runner.first(sql`
    select 1 as found from app_user u where u.status = 'active' and (u.password_hash is not null
      or exists (select 1 from passkey k where k.user_id = u.id)
      or exists (select 1 from sso_identity s where s.user_id = u.id))
    limit 1`)) !== undefined;

/**
 * The one-time link for the first administrator while nobody can sign in yet, else null. Valid for 24
 * hours; every start makes its own, and the first one used ends them all.
 */
export async function ensureSetupLink(
  database: Database,
  config: Pick<Config, 'publicUrl'>,
  clock: () => Date,
): Promise<string | null> {
  if (await hasSignInUser(database.sql)) return null;
  const token = randomToken();
  const expiresAt = new Date(clock().getTime() + LINK_LIFE_MS).toISOString();
  await database.sql.rows(sql`
    insert into one_time_token (purpose, token_hash, payload, expires_at)
    values ('setup', decode(${hashToken(token).toString('hex')}, 'hex'), '{}'::jsonb, ${expiresAt}::timestamptz)`);
  // In the fragment: browsers never send it, so it stays out of every log.
  return `${config.publicUrl}/setup#token=${token}`;
}

export interface SetupRequest {
  token: string;
  email: string;
  name: string;
  password: string;
}

/** Makes the first administrator and signs them in. @throws ProblemError forbidden for a link that is not valid, invalid for a weak password */
export async function setUpFirstAdministrator(
  deps: Dependencies,
  signIn: SignIn,
  req: IncomingMessage,
  request: SetupRequest,
  requestId: string,
): Promise<SignedIn> {
  const { database, config, clock } = deps;
  const tokenHex = hashToken(request.token).toString('hex');
  const isGood = () => sql`purpose = 'setup' and token_hash = decode(${tokenHex}, 'hex') and used_at is null
    and expires_at > ${clock().toISOString()}::timestamptz`;
  // Looked at first, so that a wrong link costs no hash.
  if (!(await database.sql.first(sql`select 1 as found from one_time_token where ${isGood()}`))) throw badLink();
  await assertGoodPassword(request.password, request);
  const passwordHash = await hashPassword(config, request.password);
  try {
    return await database.transaction(async (tx) => {
      await tx.sql.rows(sql`select pg_advisory_xact_lock(${SETUP_LOCK}::bigint)::text as locked`);
      const now = clock().toISOString();
      const used = await tx.sql.first(sql`
        update one_time_token set used_at = ${now}::timestamptz where ${isGood()} returning 1 as done`);
      if (!used || (await hasSignInUser(tx.sql))) throw badLink();
      await tx.sql.rows(sql`
        update one_time_token set used_at = ${now}::timestamptz where purpose = 'setup' and used_at is null`);
      const user = await tx.sql.first<{ id: string }>(sql`
        insert into app_user (email, name, password_hash, role_id, updated_at)
        select ${request.email}, ${request.name}, ${passwordHash}, id, ${now}::timestamptz from role where key = 'admin'
        returning id::text as id`);
      if (!user) throw new Error('The administrator role is missing: bootstrap has not run.');
      await recordAudit(tx.sql, null, {
        action: 'user.created',
        entity: 'user',
        entityId: user.id,
        after: { email: request.email, name: request.name, role: 'admin', requestId },
      });
      return signIn.complete(tx.sql, req, user.id, requestId, 'setup');
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw invalid('/email', 'belongs to a person who is known already');
    throw error;
  }
}

const badLink = (): ProblemError =>
  new ProblemError('forbidden', 'This set-up link was used, has run out or is not ours. Start the server again.');
