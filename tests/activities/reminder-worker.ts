// A worker process that sends reminders and their mails, until it kills itself as hard as can be before the statement
// of this number: between whichever two steps that is.
import { startReminders } from '../../backend/activities/index.ts';
import type { BulkTx, Database, SqlRunner, Tx } from '../../backend/db/index.ts';
import { createJobs } from '../../backend/jobs/index.ts';
import { mailJobs } from '../../backend/notify/mail/index.ts';
import { connectStore, silent } from '../conformance/jobs-stores.ts';
import { testConfig } from '../support/config.ts';
import type { ReminderWorkerOrder } from './reminder-workers.test.ts';

const order = JSON.parse(process.argv[2] ?? '') as ReminderWorkerOrder;
const store = connectStore({ folder: null, databaseUrl: order.databaseUrl, redisUrl: null });
const db = await store.openDatabase();

let statements = 0;
const count = (): void => {
  statements += 1;
  if (statements === order.diesBefore) process.kill(process.pid, 'SIGKILL');
};
const counted = (runner: SqlRunner): SqlRunner => ({
  rows(statement) {
    count();
    return runner.rows(statement);
  },
  first(statement) {
    count();
    return runner.first(statement);
  },
});
const mortal: Database = {
  ...db,
  sql: counted(db.sql),
  transaction: async (work) => {
    const result = await db.transaction((tx: Tx) => work({ ...tx, sql: counted(tx.sql) }));
    count();
    return result;
  },
  bulk: async (work) => {
    const result = await db.bulk((tx: BulkTx) => work({ ...tx, sql: counted(tx.sql) }));
    count();
    return result;
  },
};

const deps = {
  database: mortal,
  config: testConfig({
    MAIL_SERVER: 'localhost',
    MAIL_PORT: String(order.mailPort),
    MAIL_DEFAULT_SENDER: 'crm@example.com',
    PUBLIC_URL: 'https://sales.example.com',
  }),
  clock: () => new Date(),
  logger: silent,
};
const jobs = createJobs({
  db: mortal,
  logger: silent,
  driver: store.openDriver(mortal),
  concurrency: 2,
  loadPrincipal: async () => null,
  definitions: mailJobs(deps),
});
const stopReminders = startReminders(deps);
await jobs.start();
process.once('SIGTERM', async () => {
  await stopReminders();
  await jobs.stop(1_000);
  process.exit(0);
});
