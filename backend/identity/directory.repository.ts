import { type RecordScope, scopeSql } from '../access/index.ts';
import type { Named } from '../contracts/common.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** People within `scope` whom records can be given to, by name: those who can sign in and work on them. */
export const listPeople = (runner: SqlRunner, scope: RecordScope): Promise<Named[]> =>
  runner.rows<Named>(sql`
    select u.id::text as id, u.name from app_user u
    where u.status = 'active' and ${scopeSql(scope, 'u', { owner: 'id', team: 'team_id' })}
    order by lower(u.name), u.id`);
