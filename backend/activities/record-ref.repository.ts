import { type Principal, scopeOf, scopeSql } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { join, raw, type SqlRunner, sql } from '../db/index.ts';

export interface FoundRecord {
  type: RecordType;
  id: string;
  name: string;
}

const everyType: readonly RecordType[] = ['lead', 'opportunity', 'account', 'contact'];

/** Those of these ids that are records the principal may see. */
export function findVisible(
  runner: SqlRunner,
  principal: Principal,
  ids: readonly string[],
  types: readonly RecordType[] = everyType,
): Promise<FoundRecord[]> {
  const parts = types.map(
    (type) => sql`
      select ${type}::text as type, r.id::text as id, r.name from ${raw(type)} r
      where r.id = any(${ids}::uuid[]) and r.deleted_at is null and ${scopeSql(scopeOf(principal, `${type}.read`), 'r')}`,
  );
  return runner.rows(sql`${join(parts, ' union all ')}`);
}

/** Our ids of a connected CRM's record; several where kinds of records share their numbers. */
export async function idsOfExternal(
  runner: SqlRunner,
  provider: string,
  externalIds: readonly string[],
): Promise<string[]> {
  const rows = await runner.rows<{ id: string }>(sql`
    select distinct x.record_id::text as id from external_reference x join connection c on c.id = x.connection_id
    where c.provider = ${provider} and x.external_id = any(${externalIds}::text[])`);
  return rows.map(({ id }) => id);
}
