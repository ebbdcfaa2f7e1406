import { describe, expect, it } from 'vitest';
import { databaseForTest } from '../support/database.ts';
import { unwanted } from './support/unrelated-writes.ts';
import { watchWrites } from './support/write-log.ts';

describe('the log of writes', () => {
  it('sees each committed row with what changed in it, and nothing that was rolled back', async () => {
    const database = await databaseForTest();
    const log = await watchWrites(database);
    await database.execScript(`insert into team (name) values ('North')`);
    await database.execScript(`update team set region = 'N'; update team set region = 'N'`);
    await database.execScript(`delete from team`);
    const undone = database.transaction(async (tx) => {
      await tx.prisma.team.create({ data: { name: 'Never' } });
      throw new Error('refused');
    });
    await expect(undone).rejects.toThrow('refused');
    const seen = (await log.seen()).map(({ table, kind, columns }) => [
      table,
      kind,
      kind === 'UPDATE' ? columns : null,
    ]);
    expect(seen).toEqual([
      ['team', 'INSERT', null],
      ['team', 'UPDATE', ['region']],
      ['team', 'UPDATE', []],
      ['team', 'DELETE', null],
    ]);
    expect(await log.seen()).toEqual([]);
  });

  it('takes everything back, to the last bit', async () => {
    const database = await databaseForTest();
    const log = await watchWrites(database);
    const before = await log.checksums();
    await database.execScript(`
      update role set name = 'Changed', permissions = '{"lead.read": "all"}', field_groups = '{cost,"a b"}' where key = 'rep';
      insert into lead (name, currency_code, pipeline_id, stage_id, position, value)
        select 'A', 'EUR', pipeline_id, id, 0.1::float8, 1.5 from stage where kind = 'open';
      update lead set name = 'B', position = 1e300;
      delete from stage where id not in (select stage_id from lead);
      delete from lead;`);
    const changed = await log.checksums();
    // Changes of leads and stages are noted for copies of the facts.
    const tables = ['analytics_change', 'role', 'stage'];
    expect(Object.keys(before).filter((table) => before[table] !== changed[table])).toEqual(tables);
    expect(unwanted(await log.undo()).length).toBeGreaterThan(5);
    expect(await log.checksums()).toEqual(before);
    expect(await log.undo()).toEqual([]);
  });

  it('knows what a refusal may leave behind, and nothing more', async () => {
    const database = await databaseForTest();
    const log = await watchWrites(database);
    await database.execScript(`
      insert into sign_in_attempt (account, address) values ('a', 'b');
      insert into audit_entry (actor_kind, action, entity) values ('user', 'user.sign-in-failed', 'user')`);
    expect(unwanted(await log.seen())).toEqual([]);
    await database.execScript(
      `insert into audit_entry (actor_kind, action, entity) values ('user', 'user.updated', 'user')`,
    );
    expect(unwanted(await log.seen())).toEqual([expect.stringMatching(/^INSERT audit_entry/)]);
  });
});
