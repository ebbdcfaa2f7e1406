import type { Principal } from '../access/index.ts';
import type { Config } from '../config.ts';
import type { Me } from '../contracts/auth.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { ProblemError } from '../http/index.ts';

type MeRow = Omit<Me, 'permissions' | 'fieldGroups' | 'timeZone' | 'currency' | 'mustAddSecondStep'> & {
  timeZone: string | null;
  currency: string | null;
};

/** The signed-in person as the client needs to know them; rights are the request's own. */
export async function describeMe(
  runner: SqlRunner,
  config: Pick<Config, 'timeZone' | 'currency'>,
  principal: Principal,
): Promise<Me> {
  const row = await runner.first<MeRow>(sql`
    select u.id::text as id, u.email, u.name, u.locale, u.time_zone as "timeZone",
      json_build_object('id', r.id, 'key', r.key, 'name', r.name) as role,
      case when t.id is null then null else json_build_object('id', t.id, 'name', t.name) end as team,
      (select value #>> '{}' from setting where key = 'currency') as currency
    from app_user u join role r on r.id = u.role_id left join team t on t.id = u.team_id
    where u.id = ${principal.userId}::uuid`);
  if (!row) throw new ProblemError('session_ended', 'Your session has ended. Sign in again.');
  return {
    ...row,
    permissions: principal.permissions as Me['permissions'],
    fieldGroups: [...principal.fieldGroups],
    timeZone: row.timeZone ?? config.timeZone,
    currency: row.currency ?? config.currency,
    mustAddSecondStep: principal.owesSecondStep ?? false,
  };
}
