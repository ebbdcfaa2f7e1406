import { type SqlRunner, sql } from '../db/index.ts';
import type { LastTest } from './part.ts';

export const TEST_ACTION = 'system.tested';

/** What the last test of each part said, by its key. */
export async function readLastTests(runner: SqlRunner): Promise<ReadonlyMap<string, LastTest>> {
  const rows = await runner.rows<LastTest & { key: string }>(sql`
    select distinct on (entity_id) entity_id as key, iso(at) as at, after ->> 'status' as status,
      after ->> 'detail' as detail, after ->> 'subject' as subject
    from audit_entry where entity = 'system' and action = ${TEST_ACTION} order by entity_id, at desc, id desc`);
  return new Map(rows.map(({ key, ...test }) => [key, test]));
}
