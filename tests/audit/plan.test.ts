import { expect, it } from 'vitest';
import { listEntries } from '../../backend/audit/audit.repository.ts';
import { type SqlRunner, sql } from '../../backend/db/index.ts';
import { databaseForTest } from '../support/database.ts';

it('entries of a rare action are found without a walk through the log', async () => {
  const database = await databaseForTest();
  await database.sql.rows(sql`
    insert into audit_entry (at, actor_kind, action, entity)
    select now() - n * interval '1 second', 'user', case when n % 4999 = 0 then 'role.deleted' else 'lead.updated' end, 'lead'
    from generate_series(1, 20000) n`);
  await database.execScript('analyze audit_entry');
  const plans: string[] = [];
  const explaining: SqlRunner = {
    async rows({ text, values }) {
      const { rows } = await database.executeSql(`explain ${text}`, values);
      plans.push(JSON.stringify(rows));
      return [];
    },
    first: async () => undefined,
  };
  await listEntries(explaining, { action: 'role.deleted' }, 'UTC', null, 50);
  expect(plans.join()).toContain('audit_entry_action_at_id_idx');
  expect(plans.join()).not.toMatch(/Seq Scan on audit_entry|audit_entry_at_id_idx/);
});
