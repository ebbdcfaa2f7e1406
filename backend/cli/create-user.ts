import { z } from 'zod';
import { builtInRoles } from '../access/index.ts';
import { emailSchema, lineSchema } from '../contracts/common.ts';
import { userCreateSchema } from '../contracts/users.ts';
import { isUniqueViolation, sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { hashPassword, judgePassword } from '../identity/index.ts';
import { UsageError } from './process.ts';

export const userToCreateSchema = z.strictObject({
  email: emailSchema,
  name: lineSchema(),
  role: z.enum(builtInRoles.map(({ key }) => key)),
  password: userCreateSchema.shape.password.unwrap(),
});
export type UserToCreate = z.infer<typeof userToCreateSchema>;

/** Adds a person who can sign in at once. @throws UsageError for a known e-mail address or a weak password */
export async function createUser(
  { config, database, clock }: Pick<Dependencies, 'config' | 'database' | 'clock'>,
  { email, name, role, password }: UserToCreate,
): Promise<void> {
  const { message } = await judgePassword(password, { email, name });
  if (message !== null) throw new UsageError(message);
  const passwordHash = await hashPassword(config, password);
  const now = clock().toISOString();
  try {
    await database.transaction(async (tx) => {
      const user = await tx.sql.first<{ id: string }>(sql`
        insert into app_user (email, name, password_hash, role_id, updated_at)
        select ${email}, ${name}, ${passwordHash}, id, ${now}::timestamptz from role where key = ${role}
        returning id::text as id`);
      if (!user) throw new Error(`The built-in role ${role} is missing: bootstrap has not run.`);
      await tx.sql.rows(sql`
        insert into audit_entry (actor_kind, action, entity, entity_id, after)
        values ('cli', 'user.created', 'user', ${user.id}, ${JSON.stringify({ email, name, role })}::jsonb)`);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new UsageError(`Somebody with the e-mail address ${email} exists already.`);
    throw error;
  }
}
