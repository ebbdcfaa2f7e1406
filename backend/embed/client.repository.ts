import type { EmbedClient } from '../contracts/embed.ts';
import { raw, type SqlRunner, sql } from '../db/index.ts';

const columns = raw(`
  id::text as id, name, kind, to_json(allowed_origins) as "allowedOrigins", to_json(components) as components,
  key_kind as "keyKind", issuer, match_verified_email as "matchVerifiedEmail",
  default_role_id::text as "defaultRoleId", is_active as "isActive", iso(created_at) as "createdAt", version`);

/** A client with what its assertions are checked by. */
export interface ClientWithKey extends EmbedClient {
  /** hex of the sealed HS256 secret */
  secretSealed: string | null;
  publicKey: string | null;
  jwksUrl: string | null;
}

export const listClients = (runner: SqlRunner): Promise<EmbedClient[]> =>
  runner.rows<EmbedClient>(sql`select ${columns} from embed_client order by lower(name), id`);

export const findClient = (runner: SqlRunner, id: string): Promise<ClientWithKey | undefined> =>
  runner.first<ClientWithKey>(sql`
    select ${columns}, encode(secret_sealed, 'hex') as "secretSealed", public_key as "publicKey", jwks_url as "jwksUrl"
    from embed_client where id = ${id}::uuid`);

/** The same, kept from changing until the transaction ends. */
export const lockClient = (runner: SqlRunner, id: string): Promise<EmbedClient | undefined> =>
  runner.first<EmbedClient>(sql`select ${columns} from embed_client where id = ${id}::uuid for update`);

/** Origins of all active clients. */
export async function listActiveOrigins(runner: SqlRunner): Promise<Set<string>> {
  const rows = await runner.rows<{ origin: string }>(sql`
    select distinct unnest(allowed_origins) as origin from embed_client where is_active`);
  return new Set(rows.map((row) => row.origin));
}

export interface NewClient {
  name: string;
  kind: string;
  allowedOrigins: string[];
  components: string[];
  keyKind: string;
  secretSealed: Uint8Array | null;
  publicKey: string | null;
  jwksUrl: string | null;
  issuer: string | null;
  matchVerifiedEmail: boolean;
  defaultRoleId: string | null;
}

export async function insertClient(runner: SqlRunner, client: NewClient, now: Date): Promise<EmbedClient> {
  const at = now.toISOString();
  const sealed = client.secretSealed ? Buffer.from(client.secretSealed).toString('hex') : null;
  const row = await runner.first<EmbedClient>(sql`
    insert into embed_client (name, kind, allowed_origins, components, key_kind, secret_sealed, public_key, jwks_url,
      issuer, match_verified_email, default_role_id, created_at, updated_at)
    values (${client.name}, ${client.kind}, ${client.allowedOrigins}::text[], ${client.components}::text[],
      ${client.keyKind}, decode(${sealed}, 'hex'), ${client.publicKey}, ${client.jwksUrl}, ${client.issuer},
      ${client.matchVerifiedEmail}::boolean, ${client.defaultRoleId}::uuid, ${at}::timestamptz, ${at}::timestamptz)
    returning ${columns}`);
  if (!row) throw new Error('The database did not answer the new embed client.');
  return row;
}

/** A client's row after a change: every field as it shall be. */
export type ChangedClient = Pick<
  EmbedClient,
  'name' | 'allowedOrigins' | 'components' | 'issuer' | 'isActive' | 'matchVerifiedEmail' | 'defaultRoleId'
>;

export async function updateClient(
  runner: SqlRunner,
  id: string,
  client: ChangedClient,
  now: Date,
): Promise<EmbedClient> {
  const row = await runner.first<EmbedClient>(sql`
    update embed_client set name = ${client.name}, allowed_origins = ${client.allowedOrigins}::text[],
      components = ${client.components}::text[], issuer = ${client.issuer}, is_active = ${client.isActive}::boolean,
      match_verified_email = ${client.matchVerifiedEmail}::boolean,
      default_role_id = ${client.defaultRoleId}::uuid, version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid returning ${columns}`);
  if (!row) throw new Error('The database did not answer the changed embed client.');
  return row;
}
