import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, sql } from '../../backend/db/index.ts';
import { maintenanceJob, purges } from '../../backend/jobs/maintenance.job.ts';
import { startDueJobs } from '../../backend/jobs/schedules.ts';
import { openTestDatabase } from '../support/database.ts';

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());
beforeEach(() => db.execScript('delete from outbox; delete from job'));

const schedules = [{ kind: 'tidy', everyMinutes: 60 }];

async function runMaintenance(db: Database): Promise<unknown> {
  return maintenanceJob.run(
    {
      jobId: '',
      attempt: 1,
      actor: null,
      db,
      logger: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      async progress() {},
    },
    {} as never,
  );
}

describe('schedules', () => {
  it('starts a due job once, however many processes look at the same time', async () => {
    const looks = await Promise.all(Array.from({ length: 5 }, () => startDueJobs(db, schedules)));
    expect(looks.flat()).toEqual(['tidy']);
  });

  it('starts it again after its time, and not because a person started one', async () => {
    await db.execScript(`insert into job (kind, requested_by, updated_at) values ('tidy', uuid_v7(), now())`);
    expect(await startDueJobs(db, schedules)).toEqual(['tidy']);
    expect(await startDueJobs(db, schedules)).toEqual([]);
    await db.execScript(`update job set created_at = created_at - interval '61 minutes'`);
    expect(await startDueJobs(db, schedules)).toEqual(['tidy']);
  });
});

describe('maintenance', () => {
  it('deletes what is over and keeps what is not, in every table', async () => {
    await db.execScript(`
      insert into one_time_token (purpose, token_hash, payload, expires_at)
        values ('setup', 'old', '{}', now() - interval '1 minute'), ('setup', 'new', '{}', now() + interval '1 hour');
      insert into assertion_use (client_id, token_id, expires_at)
        values (uuid_v7(), 'old', now() - interval '1 minute'), (uuid_v7(), 'new', now() + interval '1 minute');
      insert into idempotency_record (user_id, key, route, request_hash, created_at)
        values (uuid_v7(), 'old', '/', '', now() - interval '25 hours'), (uuid_v7(), 'new', '/', '', now() - interval '23 hours');
      insert into sign_in_attempt (account, address, at)
        values ('old', '', now() - interval '25 hours'), ('new', '', now());
      insert into job (kind, state, updated_at, finished_at)
        values ('old', 'done', now(), now() - interval '31 days'), ('new', 'done', now(), now()), ('waiting', 'queued', now(), null);
      insert into outbox (kind, payload, created_at, relayed_at)
        values ('job.old', '{}', now() - interval '8 days', now()), ('job.stuck', '{}', now() - interval '8 days', null),
               ('lead.moved', '{}', now() - interval '8 days', null), ('lead.moved', '{}', now(), null);
      insert into mail (kind, to_address, subject, state, created_at)
        values ('test', 'old', '', 'sent', now() - interval '31 days'), ('test', 'new', '', 'kept', now() - interval '29 days');
      insert into app_user (name, role_id, updated_at) select 'Ada', id, now() from role limit 1;
      insert into session (token_hash, user_id, expires_at, revoked_at)
        select kind::bytea, id, now() + left_over, revoked from app_user, (values
          ('expired', interval '-1 minute', null::timestamptz), ('open', interval '1 hour', null),
          ('revoked', interval '1 hour', now() - interval '25 hours')) as s(kind, left_over, revoked)
        where name = 'Ada';
      insert into embed_session (client_id, user_id, origin, expires_at)
        values (uuid_v7(), uuid_v7(), 'https://a.example', now() - interval '1 minute'), (uuid_v7(), uuid_v7(), 'https://b.example', now() + interval '1 hour');
      insert into notification (user_id, kind, title, created_at)
        values (uuid_v7(), 'assigned', 'old', now() - interval '91 days'), (uuid_v7(), 'assigned', 'new', now());
      insert into task (title, type, deleted_at)
        values ('old', 'todo', now() - interval '31 days'), ('deleted', 'todo', now() - interval '29 days'), ('there', 'todo', null);
      insert into attachment (record_type, record_id, file_name, media_type, bytes, sha256, deleted_at)
        values ('lead', uuid_v7(), 'old.txt', 'text/plain', 1, '', now() - interval '31 days'), ('lead', uuid_v7(), 'there.txt', 'text/plain', 1, '', null);
      insert into export_file (owner_id, file_name, media_type, data_hash, rights, bytes, created_at)
        values (uuid_v7(), 'old.pdf', 'application/pdf', '', '', 1, now() - interval '25 hours'), (uuid_v7(), 'new.pdf', 'application/pdf', '', '', 1, now());`);

    expect(await runMaintenance(db)).toEqual({
      deleted: {
        one_time_token: 1,
        assertion_use: 1,
        idempotency_record: 1,
        sign_in_attempt: 1,
        session: 2,
        embed_session: 1,
        outbox: 2,
        notification: 1,
        task: 1,
        attachment: 1,
        mail: 1,
        export_file: 1,
        job: 1,
      },
    });
    const outbox = await db.sql.rows<{ kind: string }>(sql`select kind from outbox order by seq`);
    expect(outbox.map((row) => row.kind)).toEqual(['job.stuck', 'lead.moved']);
    expect(purges.map((purge) => purge.table)).toHaveLength(13);
  });
});
