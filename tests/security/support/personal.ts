import { type Database, sql } from '../../../backend/db/index.ts';

/** What belongs to a person by itself, not by a team. */
export const personalKinds = ['job', 'session', 'passkey'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** One of each for each person; ids by kind and by the person's id. */
export async function addPersonal(
  database: Database,
  people: readonly string[],
): Promise<Record<PersonalKind, Map<string, string>>> {
  const each = sql`(select id::uuid as id from unnest(${people}::text[]) id) p`;
  const found = async (statement: Parameters<typeof database.sql.rows>[0]) => {
    const rows = await database.sql.rows<{ id: string; owner: string }>(statement);
    return new Map(rows.map(({ id, owner }) => [owner, id]));
  };
  return {
    job: await found(sql`
      insert into job (kind, requested_by) select 'import.run', p.id from ${each}
      returning id::text as id, requested_by::text as owner`),
    session: await found(sql`
      insert into session (user_id, token_hash, expires_at) select p.id, decode(md5(p.id::text), 'hex'), now() + interval '1 hour'
      from ${each} returning id::text as id, user_id::text as owner`),
    passkey: await found(sql`
      insert into passkey (user_id, credential_id, public_key, name)
      select p.id, decode(md5(p.id::text), 'hex'), '\\x00', 'Passkey' from ${each}
      returning id::text as id, user_id::text as owner`),
  };
}
