import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, inject, it, onTestFinished } from 'vitest';
import { sql } from '../../backend/db/index.ts';
import { hashPassword } from '../../backend/identity/index.ts';
import { until } from '../conformance/until.ts';
import { testConfig } from '../support/config.ts';
import { databaseForTest, testEngine } from '../support/database.ts';
import { startMailbox } from '../support/mailbox.ts';
import { addPeople, PASSWORD } from '../support/people.ts';

/** What a worker process is told. */
export interface ReminderWorkerOrder {
  databaseUrl: string;
  mailPort: number;
  /** the statement before which it dies; null: it lives */
  diesBefore: number | null;
}

const script = fileURLToPath(new URL('./reminder-worker.ts', import.meta.url));
const REMINDERS = 12;
/** Every step of the first batch of reminders, then steps here and there of the mails that follow. */
const DEATHS = [2, 3, 4, 5, 6, 7, 8, 9, 11, 14, 20, 27, 35, 44, 60, 75];

// On PGlite there is one process only, and it is all of the store.
it.runIf(testEngine === 'postgres')(
  'reminds once, whichever step a worker is killed at, and however many there are',
  async () => {
    const database = await databaseForTest();
    const mailbox = await startMailbox();
    onTestFinished(() => mailbox.close());
    const { users } = await addPeople(database, await hashPassword(testConfig(), PASSWORD));
    const name = await database.sql.first<{ name: string }>(sql`select current_database()::text as name`);
    const order = { databaseUrl: `${inject('postgresUrl')}/${name?.name}`, mailPort: mailbox.port };
    const start = (diesBefore: number | null) =>
      spawn(process.execPath, [script, JSON.stringify({ ...order, diesBefore } satisfies ReminderWorkerOrder)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    await database.sql.rows(sql`
      with made as (
        insert into task (title, due_on, due_time, time_zone, due_at, assignee_id)
        select 'Task ' || n, current_date, '12:00', 'UTC', now(), ${users.rep}::uuid
        from generate_series(1, ${REMINDERS}::int) n returning id, assignee_id)
      insert into reminder (task_id, user_id, minutes_before, channel, fire_at)
      select id, assignee_id, 0, 'both', now() - interval '1 minute' from made`);

    for (let index = 0; index < DEATHS.length; index += 4) {
      const doomed = DEATHS.slice(index, index + 4).map(start);
      const signals = await Promise.all(doomed.map(async (child) => (await once(child, 'exit'))[1]));
      expect(signals).toEqual(doomed.map(() => 'SIGKILL'));
      // Nobody waits for minutes until a silent worker counts as dead.
      await database.execScript(
        `update pgboss.job set heartbeat_on = heartbeat_on - interval '10 minutes' where state = 'active'`,
      );
    }
    const living = [start(null), start(null)];
    onTestFinished(async () => {
      for (const child of living) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    });
    const found = () =>
      database.sql.first<{ waiting: number; told: number; mails: number; unsent: number }>(sql`
        select (select count(*)::int from reminder where state <> 'sent') as waiting,
          (select count(*)::int from notification) as told, (select count(*)::int from mail) as mails,
          (select count(*)::int from mail where state <> 'sent') as unsent`);
    await until('everything is sent', async () => {
      const now = await found();
      return now?.waiting === 0 && now.mails > 0 && now.unsent === 0;
    });
    expect(await found()).toEqual({ waiting: 0, told: REMINDERS, mails: REMINDERS, unsent: 0 });
    const ids = mailbox.mails.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(REMINDERS);
    // No protocol can tell a mail that was taken from one whose taker died before saying so: such a mail goes out
    // again under the same Message-ID, by which mail programs know it.
    expect(ids.length - REMINDERS).toBeLessThanOrEqual(DEATHS.length);
  },
  180_000,
);
