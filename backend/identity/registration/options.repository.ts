import type { Named } from '../../contracts/common.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

/** Providers people can sign in with, by name. */
export const listSignInProviders = (runner: SqlRunner): Promise<Named[]> =>
  runner.rows<Named>(sql`
    select id::text as id, name from identity_provider where is_active order by lower(name), id`);
