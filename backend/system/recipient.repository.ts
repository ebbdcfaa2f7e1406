import { type SqlRunner, sql } from '../db/index.ts';

/** Name and address of a person of ours. */
export const findRecipient = (
  runner: SqlRunner,
  userId: string,
): Promise<{ name: string; email: string | null } | undefined> =>
  runner.first(sql`select name, email from app_user where id = ${userId}::uuid`);
