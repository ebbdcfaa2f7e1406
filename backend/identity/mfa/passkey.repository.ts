import type { Passkey } from '../../contracts/account.ts';
import { raw, type SqlRunner, sql } from '../../db/index.ts';

/** A passkey as needed to check its signatures. Bytes as base64url. */
export interface StoredPasskey {
  id: string;
  userId: string;
  credentialId: string;
  publicKey: string;
  transports: string[];
}

const hex = (base64url: string): string => Buffer.from(base64url, 'base64url').toString('hex');
const base64url = (text: string): string => Buffer.from(text, 'hex').toString('base64url');

const columns = raw(`id::text as id, name, iso(created_at) as "createdAt", iso(last_used_at) as "lastUsedAt"`);
const keyColumns = raw(`id::text as id, user_id::text as "userId", encode(credential_id, 'hex') as "credentialId",
  encode(public_key, 'hex') as "publicKey", to_json(transports) as transports`);

const asStored = (row: StoredPasskey): StoredPasskey => ({
  ...row,
  credentialId: base64url(row.credentialId),
  publicKey: base64url(row.publicKey),
});

/** A person's passkeys, oldest first. */
export const listPasskeys = (runner: SqlRunner, userId: string): Promise<Passkey[]> =>
  runner.rows<Passkey>(sql`select ${columns} from passkey where user_id = ${userId}::uuid order by created_at, id`);

export async function listCredentials(runner: SqlRunner, userId: string): Promise<StoredPasskey[]> {
  const rows = await runner.rows<StoredPasskey>(sql`
    select ${keyColumns} from passkey where user_id = ${userId}::uuid order by created_at, id`);
  return rows.map(asStored);
}

/** The passkey with this credential id (base64url), whoever's it is. */
export async function findCredential(runner: SqlRunner, credentialId: string): Promise<StoredPasskey | undefined> {
  const row = await runner.first<StoredPasskey>(sql`
    select ${keyColumns} from passkey where credential_id = decode(${hex(credentialId)}, 'hex')`);
  return row && asStored(row);
}

export interface NewPasskey {
  userId: string;
  /** base64url */
  credentialId: string;
  publicKey: Uint8Array;
  counter: number;
  transports: readonly string[];
  name: string;
  now: Date;
}

/** A credential that is known already is a unique violation. */
export async function insertPasskey(runner: SqlRunner, passkey: NewPasskey): Promise<Passkey> {
  const row = await runner.first<Passkey>(sql`
    insert into passkey (user_id, credential_id, public_key, counter, transports, name, created_at)
    values (${passkey.userId}::uuid, decode(${hex(passkey.credentialId)}, 'hex'),
      decode(${Buffer.from(passkey.publicKey).toString('hex')}, 'hex'), ${passkey.counter}::bigint,
      ${passkey.transports}::text[], ${passkey.name}, ${passkey.now.toISOString()}::timestamptz)
    returning ${columns}`);
  if (!row) throw new Error('The database did not answer the new passkey.');
  return row;
}

/**
 * Notes a use with the authenticator's counter. False when the counter did not rise, though the authenticator
 * counts: somebody holds a copy of the key. One statement, so that the same answer can't count twice.
 */
export async function takeCounter(runner: SqlRunner, id: string, counter: number, now: Date): Promise<boolean> {
  const taken = await runner.first(sql`
    update passkey set counter = ${counter}::bigint, last_used_at = ${now.toISOString()}::timestamptz
    where id = ${id}::uuid and (counter < ${counter}::bigint or (counter = 0 and ${counter}::bigint = 0))
    returning 1 as done`);
  return taken !== undefined;
}

export const renamePasskey = (
  runner: SqlRunner,
  userId: string,
  id: string,
  name: string,
): Promise<Passkey | undefined> =>
  runner.first<Passkey>(sql`
    update passkey set name = ${name} where id = ${id}::uuid and user_id = ${userId}::uuid returning ${columns}`);

export const removePasskey = (runner: SqlRunner, userId: string, id: string): Promise<Passkey | undefined> =>
  runner.first<Passkey>(sql`
    delete from passkey where id = ${id}::uuid and user_id = ${userId}::uuid returning ${columns}`);

/** Does anything but a passkey open the account: a password, or a provider that is switched on? */
export async function hasOtherWayIn(runner: SqlRunner, userId: string): Promise<boolean> {
  const way = await runner.first(sql`
    select 1 as found from app_user u where u.id = ${userId}::uuid and (
      u.password_hash is not null
      or exists (select 1 from sso_identity s join identity_provider p on p.id = s.provider_id
                 where s.user_id = u.id and p.is_active))`);
  return way !== undefined;
}
