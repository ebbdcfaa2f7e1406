import { describe, expect, inject, it } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { until } from '../conformance/until.ts';
import { databaseForTest, testEngine } from '../support/database.ts';

describe('listen', () => {
  it('hears what is committed and stops when told', async () => {
    const db = await databaseForTest();
    const heard: string[] = [];
    const stop = await db.listen('news', (payload) => heard.push(payload));
    await db.sql.rows(sql`select 1 as sent from pg_notify('news', 'one')`);
    await until('the first', async () => heard.includes('one'));
    await stop();
    await db.sql.rows(sql`select 1 as sent from pg_notify('news', 'two')`);
    expect(heard).toEqual(['one']);
  });

  it.skipIf(testEngine === 'pglite' || !inject('postgresUrl'))(
    'listens again after its connection was lost, and tells of the gap',
    async () => {
      const db = await databaseForTest();
      const heard: string[] = [];
      let gaps = 0;
      const stop = await db.listen(
        'news',
        (payload) => heard.push(payload),
        () => {
          gaps += 1;
        },
      );
      expect(gaps).toBe(0);
      await db.sql.rows(sql`
      select pg_terminate_backend(pid) as gone from pg_stat_activity
      where datname = current_database() and query like 'listen%'`);
      await until('it hears again', async () => {
        await db.sql.rows(sql`select 1 as sent from pg_notify('news', 'again')`);
        return heard.includes('again');
      });
      expect(gaps).toBe(1);
      await stop();
    },
  );
});
