import { hashToken, type SqlRunner, sql } from '../db/index.ts';

/** What a client secret stands for. */
export interface Visit {
  clientId: string;
  userId: string;
  origin: string;
  components: string[];
  record: string | null;
}

/** Notes the assertion's one-time id; false when it was used before. */
export async function useAssertion(
  runner: SqlRunner,
  use: { clientId: string; tokenId: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  await runner.rows(sql`delete from assertion_use where expires_at < ${use.now.toISOString()}::timestamptz`);
  const row = await runner.first(sql`
    insert into assertion_use (client_id, token_id, expires_at)
    values (${use.clientId}::uuid, ${use.tokenId}, ${use.expiresAt.toISOString()}::timestamptz)
    on conflict do nothing returning 1 as done`);
  return row !== undefined;
}

export async function insertClientSecret(
  runner: SqlRunner,
  secret: { token: string; visit: Visit; expiresAt: Date; now: Date },
): Promise<void> {
  const now = secret.now.toISOString();
  await runner.rows(sql`
    delete from one_time_token where purpose = 'embed-secret' and expires_at < ${now}::timestamptz - interval '1 hour'`);
  await runner.rows(sql`
    insert into one_time_token (purpose, token_hash, payload, expires_at, created_at)
    values ('embed-secret', decode(${hashToken(secret.token).toString('hex')}, 'hex'),
            ${JSON.stringify(secret.visit)}::jsonb, ${secret.expiresAt.toISOString()}::timestamptz, ${now}::timestamptz)`);
}

/** Spends the secret, whatever comes of it; undefined when it is unknown, spent or too old. */
export async function spendClientSecret(runner: SqlRunner, token: string, now: Date): Promise<Visit | undefined> {
  const at = now.toISOString();
  const row = await runner.first<{ payload: Visit }>(sql`
    update one_time_token set used_at = ${at}::timestamptz
    where purpose = 'embed-secret' and token_hash = decode(${hashToken(token).toString('hex')}, 'hex')
      and used_at is null and expires_at > ${at}::timestamptz
    returning payload`);
  return row?.payload;
}

/** Opens a session; answers its id. */
export async function insertEmbedSession(runner: SqlRunner, visit: Visit, now: Date, expiresAt: Date): Promise<string> {
  const at = now.toISOString();
  await runner.rows(sql`delete from embed_session where expires_at < ${at}::timestamptz - interval '7 days'`);
  const row = await runner.first<{ id: string }>(sql`
    insert into embed_session (client_id, user_id, origin, components, record, created_at, expires_at)
    values (${visit.clientId}::uuid, ${visit.userId}::uuid, ${visit.origin}, ${visit.components}::text[], ${visit.record},
            ${at}::timestamptz, ${expiresAt.toISOString()}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new embed session.');
  return row.id;
}

/** The person of a session that is not revoked, while its client is active and still holds its origin. */
export const findLiveSession = (
  runner: SqlRunner,
  sessionId: string,
): Promise<{ userId: string; clientId: string; origin: string } | undefined> =>
  runner.first(sql`
    select s.user_id::text as "userId", s.client_id::text as "clientId", s.origin
    from embed_session s join embed_client c on c.id = s.client_id
    where s.id = ${sessionId}::uuid and s.revoked_at is null and c.is_active and s.origin = any(c.allowed_origins)`);
