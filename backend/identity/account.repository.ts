import { type SqlRunner, sql } from '../db/index.ts';

/** What signing in has to know about a person. */
export interface SignInAccount {
  id: string;
  email: string | null;
  name: string;
  status: string;
  passwordHash: string | null;
  /** whether the address was shown to be the person's own */
  isVerified: boolean;
  /** an administrator asked for a new password */
  mustResetPassword: boolean;
}

const columns = sql`id::text as id, email, name, status, password_hash as "passwordHash",
  email_verified_at is not null as "isVerified", must_reset_password as "mustResetPassword"`;

export const findAccount = (runner: SqlRunner, email: string): Promise<SignInAccount | undefined> =>
  runner.first<SignInAccount>(sql`select ${columns} from app_user where email = ${email}`);

export const findAccountById = (runner: SqlRunner, id: string): Promise<SignInAccount | undefined> =>
  runner.first<SignInAccount>(sql`select ${columns} from app_user where id = ${id}::uuid`);

/** The same, kept from changing until the transaction ends: what was checked before still holds, or is seen not to. */
export const lockAccount = (runner: SqlRunner, id: string): Promise<SignInAccount | undefined> =>
  runner.first<SignInAccount>(sql`select ${columns} from app_user where id = ${id}::uuid for update`);

export async function storePasswordHash(runner: SqlRunner, id: string, hash: string, now: Date): Promise<void> {
  await runner.rows(sql`
    update app_user set password_hash = ${hash}, updated_at = ${now.toISOString()}::timestamptz where id = ${id}::uuid`);
}
