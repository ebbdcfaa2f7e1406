import type { IdentityProvider } from '../../contracts/administration.ts';
import { raw, type SqlRunner, sql } from '../../db/index.ts';

/** A provider as it is stored. */
export type ProviderRow = Omit<IdentityProvider, 'redirectUri'>;
/** The same with what we prove ourselves to it by. */
export interface ProviderWithSecret extends ProviderRow {
  /** hex of the sealed client secret; null for a public client */
  secretSealed: string | null;
}
/** What a change can set. `secretSealed` undefined: as it was. */
export interface ProviderInput {
  name: string;
  issuer: string;
  clientId: string;
  scopes: string[];
  roleClaim: string | null;
  roleMapping: { value: string; roleId: string }[];
  defaultRoleId: string | null;
  createsPeople: boolean;
  emailDomains: string[];
  isActive: boolean;
  secretSealed?: Uint8Array | null;
}

const columns = raw(`
  p.id::text as id, p.name, p.issuer, p.client_id as "clientId", to_json(p.scopes) as scopes,
  p.role_claim as "roleClaim", p.role_mapping as "roleMapping", p.default_role_id::text as "defaultRoleId",
  p.creates_people as "createsPeople", to_json(p.email_domains) as "emailDomains", p.is_active as "isActive",
  p.secret_sealed is not null as "hasSecret", p.version,
  (select count(distinct s.user_id)::int from sso_identity s where s.provider_id = p.id) as people`);

export const listProviders = (runner: SqlRunner): Promise<ProviderRow[]> =>
  runner.rows<ProviderRow>(sql`select ${columns} from identity_provider p order by lower(p.name), p.id`);

export const findProvider = (runner: SqlRunner, id: string): Promise<ProviderWithSecret | undefined> =>
  runner.first<ProviderWithSecret>(sql`
    select ${columns}, encode(p.secret_sealed, 'hex') as "secretSealed" from identity_provider p where p.id = ${id}::uuid`);

/** The provider, kept from changing until the transaction ends. */
export async function lockProvider(runner: SqlRunner, id: string): Promise<ProviderRow | undefined> {
  await runner.rows(sql`select id::text as id from identity_provider where id = ${id}::uuid for update`);
  return runner.first<ProviderRow>(sql`select ${columns} from identity_provider p where p.id = ${id}::uuid`);
}

const hex = (sealed: Uint8Array | null | undefined): string | null =>
  sealed ? Buffer.from(sealed).toString('hex') : null;

/** Stores a provider; answers its id. A known name is a unique violation. */
export async function insertProvider(runner: SqlRunner, input: ProviderInput, now: Date): Promise<string> {
  const at = now.toISOString();
  const row = await runner.first<{ id: string }>(sql`
    insert into identity_provider (name, issuer, client_id, secret_sealed, scopes, role_claim, role_mapping,
      default_role_id, creates_people, email_domains, is_active, created_at, updated_at)
    values (${input.name}, ${input.issuer}, ${input.clientId}, decode(${hex(input.secretSealed)}, 'hex'),
      ${input.scopes}::text[], ${input.roleClaim}, ${JSON.stringify(input.roleMapping)}::jsonb,
      ${input.defaultRoleId}::uuid, ${input.createsPeople}::boolean, ${input.emailDomains}::text[],
      ${input.isActive}::boolean, ${at}::timestamptz, ${at}::timestamptz)
    returning id::text as id`);
  if (!row) throw new Error('The database did not answer the id of the new identity provider.');
  return row.id;
}

export async function updateProvider(runner: SqlRunner, id: string, input: ProviderInput, now: Date): Promise<void> {
  await runner.rows(sql`
    update identity_provider set name = ${input.name}, issuer = ${input.issuer}, client_id = ${input.clientId},
      secret_sealed = case when ${input.secretSealed === undefined}::boolean then secret_sealed
                           else decode(${hex(input.secretSealed)}, 'hex') end,
      scopes = ${input.scopes}::text[], role_claim = ${input.roleClaim},
      role_mapping = ${JSON.stringify(input.roleMapping)}::jsonb, default_role_id = ${input.defaultRoleId}::uuid,
      creates_people = ${input.createsPeople}::boolean, email_domains = ${input.emailDomains}::text[],
      is_active = ${input.isActive}::boolean, version = version + 1, updated_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid`);
}

export async function deleteProvider(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`delete from identity_provider where id = ${id}::uuid`);
}

/** How many active people have no other way in than this provider: no password, no passkey, no other provider. */
export async function countStranded(runner: SqlRunner, id: string): Promise<number> {
  const row = await runner.first<{ people: number }>(sql`
    select count(*)::int as people from app_user u
    where u.status = 'active' and u.password_hash is null
      and exists (select 1 from sso_identity s where s.user_id = u.id and s.provider_id = ${id}::uuid)
      and not exists (select 1 from passkey k where k.user_id = u.id)
      and not exists (select 1 from sso_identity s join identity_provider p on p.id = s.provider_id
                      where s.user_id = u.id and p.is_active and p.id <> ${id}::uuid)`);
  return row?.people ?? 0;
}

/** Ends the sessions that people opened through single sign-on and this provider may have vouched for. */
export async function revokeProviderSessions(runner: SqlRunner, id: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update session set revoked_at = ${now.toISOString()}::timestamptz
    where method = 'sso' and revoked_at is null
      and user_id in (select user_id from sso_identity where provider_id = ${id}::uuid)`);
}
