import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, sql } from '../../../backend/db/index.ts';
import type { Dependencies } from '../../../backend/dependencies.ts';
import type { JobContext } from '../../../backend/jobs/index.ts';
import { type MailTransport, mailJobs, mailTransport, postMail } from '../../../backend/notify/mail/index.ts';
import { testConfig } from '../../support/config.ts';
import { openTestDatabase } from '../../support/database.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { freePort } from '../../support/ports.ts';

const LINK = 'https://sales.example.com/reset#token=a-secret-that-nobody-may-find';
const TRIES = 6;
const clock = { now: new Date() };
let database: Database;
let mailbox: Mailbox;
let deps: Dependencies;
/** as when the server is down */
let unreachable: MailTransport | null;

const depsFor = (port: number): Dependencies => ({
  database,
  clock: () => clock.now,
  logger: pino({ level: 'silent' }),
  config: testConfig({
    MAIL_SERVER: 'localhost',
    MAIL_PORT: String(port),
    MAIL_DEFAULT_SENDER: 'crm@example.com',
    PUBLIC_URL: 'https://sales.example.com',
  }),
});

beforeAll(async () => {
  database = await openTestDatabase();
  mailbox = await startMailbox({ refuses: (address) => address.startsWith('gone') });
  deps = depsFor(mailbox.port);
  unreachable = mailTransport(depsFor(await freePort()).config);
});
afterAll(async () => {
  await mailbox.close();
  await database.close();
});

const post = (email: string, goodUntil?: Date) =>
  database.transaction((tx) =>
    postMail(tx.sql, deps, {
      kind: 'reset-password',
      to: { email, name: 'Ada' },
      link: LINK,
      ...(goodUntil ? { goodUntil } : {}),
    }),
  );

/** Runs the job as its worker does. */
function run(kind: string, input: unknown, { attempt = 1, down = false } = {}): Promise<unknown> {
  const definitions = mailJobs(deps, down && unreachable ? { transport: unreachable } : {});
  const context: JobContext = {
    jobId: randomUUID(),
    attempt,
    actor: null,
    db: database,
    logger: deps.logger,
    signal: new AbortController().signal,
    progress: async () => undefined,
  };
  const definition = definitions.find((one) => one.kind === kind);
  return definition?.run(context, input as never) ?? Promise.reject(new Error(`no job ${kind}`));
}
const send = (mailId: string, options?: Parameters<typeof run>[2]) => run('mail.send', { mailId }, options);

const rowOf = (id: string) =>
  database.sql.first<{ state: string; error: string | null; attempts: number; hasBody: boolean; isSent: boolean }>(sql`
    select state, error, attempts, body_sealed is not null as "hasBody", sent_at is not null as "isSent"
    from mail where id = ${id}::uuid`);

it('takes the job on in the transaction of the mail, or not at all', async () => {
  const count = () =>
    database.sql.first<{ n: number }>(sql`select count(*)::int as n from job where kind = 'mail.send'`);
  const before = (await count())?.n ?? 0;
  const failure = database.transaction(async (tx) => {
    await postMail(tx.sql, deps, { kind: 'test', to: { email: 'rolled-back@example.com', name: 'Ada' } });
    throw new Error('never mind');
  });
  await expect(failure).rejects.toThrow('never mind');
  expect((await count())?.n).toBe(before);
  await post('kept@example.com');
  expect((await count())?.n).toBe(before + 1);
});

it('keeps what a mail says sealed', async () => {
  const id = await post('sealed@example.com');
  const everything = await database.sql.first<{ text: string }>(sql`
    select string_agg(row_to_json(m)::text || encode(body_sealed, 'escape'), '') as text from mail m where id = ${id}::uuid`);
  expect(everything?.text).toContain('sealed@example.com');
  expect(everything?.text).not.toContain('a-secret-that-nobody-may-find');
});

it('sends once, and then forgets what it said', async () => {
  const id = await post('ada@example.com');
  await send(id);
  await send(id);
  const mail = await mailbox.mailTo('ada@example.com');
  expect(mail.text).toContain(LINK);
  expect(mail.messageId).toBe(`<${id}@sales.example.com>`);
  expect(mailbox.mails.filter(({ messageId }) => messageId === mail.messageId)).toHaveLength(1);
  expect(await rowOf(id)).toEqual({ state: 'sent', error: null, attempts: 1, hasBody: false, isSent: true });
});

it('waits while the server is down, gives up after some tries, and tries once more later', async () => {
  const id = await post('patient@example.com');
  await expect(send(id, { down: true })).rejects.toThrow(/can't be reached/);
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', error: expect.stringMatching(/^The mail server .*\.$/) });
  await expect(send(id, { down: true, attempt: TRIES })).rejects.toThrow(/can't be reached/);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', attempts: 2, hasBody: true });
  await run('mail.retry', {});
  expect(await rowOf(id)).toMatchObject({ state: 'waiting' });
  await send(id);
  expect((await mailbox.mailTo('patient@example.com')).text).toContain(LINK);
  expect(await rowOf(id)).toMatchObject({ state: 'sent', error: null, hasBody: false });
});

it('gives up at once on a recipient that the server refuses, for good', async () => {
  const id = await post('gone@example.com');
  await expect(send(id)).rejects.toThrow(/no such mailbox here/);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', hasBody: false });
  await run('mail.retry', {});
  expect(await rowOf(id)).toMatchObject({ state: 'failed' });
});

it('does not send a link that has run out', async () => {
  const id = await post('late@example.com', new Date(clock.now.getTime() + 600_000));
  clock.now = new Date(clock.now.getTime() + 600_000);
  await expect(send(id)).rejects.toThrow(/ran out/);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', hasBody: false });
});

it('says so when the mail was sealed with another SECRET_KEY', async () => {
  const id = await post('other-key@example.com');
  await database.sql.rows(sql`
    update mail set body_sealed = decode(repeat('00', 60), 'hex') where id = ${id}::uuid`);
  await expect(send(id)).rejects.toThrow(/another SECRET_KEY/);
  expect(await rowOf(id)).toMatchObject({ state: 'failed', hasBody: false });
});
