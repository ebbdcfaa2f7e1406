import { z } from 'zod';
import type { Dependencies } from '../../dependencies.ts';
import { defineJob, enqueueJob, type JobDefinition, JobFailedError, type Schedule } from '../../jobs/index.ts';
import { MailError } from './failures.ts';
import { findMail, markSent, markTried, reviveFailed, startTry } from './mail.repository.ts';
import { openBody, SEND_KIND } from './post-mail.ts';
import { type MailTransport, mailTransport } from './transport.ts';

/** Tries in a row, some two minutes; then the mail counts as failed until `mail.retry` comes by. */
const TRIES = 6;
const RETRY_KIND = 'mail.retry';

/** Mails that failed for a passing reason get another chance for a day. */
export const mailSchedule: Schedule = { kind: RETRY_KIND, everyMinutes: 10 };

/** The work of sending mails. `transport`: where they go instead of MAIL_SERVER. */
export function mailJobs(deps: Dependencies, options: { transport?: MailTransport } = {}): JobDefinition[] {
  const { config, clock } = deps;
  const transport = options.transport ?? mailTransport(config);
  return [
    defineJob({
      kind: SEND_KIND,
      input: z.object({ mailId: z.uuid() }),
      maxAttempts: TRIES,
      async run({ db, attempt }, { mailId }) {
        const waiting = await startTry(db.sql, mailId);
        // Sent already, or cleaned away: the job came twice.
        if (!waiting) return { state: 'nothing to do' };
        const mail = await findMail(db.sql, mailId);
        if (!mail) return { state: 'nothing to do' };
        const fail = async (error: string, isFinal: boolean, cause?: unknown): Promise<never> => {
          const isOver = isFinal || attempt >= TRIES;
          await markTried(db.sql, mailId, { state: isOver ? 'failed' : 'waiting', error, keepsBody: !isFinal });
          throw isOver ? new JobFailedError(error, { cause }) : new MailError(error, false, { cause });
        };
        const body = openBody(config, waiting.bodySealed);
        if (!body) return fail('What this mail says was sealed with another SECRET_KEY, so it was not sent.', true);
        if (body.goodUntil !== null && clock().getTime() >= body.goodUntil) {
          return fail('The link in this mail ran out before a mail server took it, so it was not sent.', true);
        }
        if (!transport) return fail('No mail server is configured any more: set MAIL_SERVER.', false);
        try {
          await transport.send({
            to: { name: body.name, address: mail.to },
            subject: mail.subject,
            text: body.text,
            html: body.html,
            messageId: `<${mailId}@${new URL(config.publicUrl).hostname}>`,
          });
        } catch (error) {
          if (error instanceof MailError) return fail(error.message, error.isFinal, error);
          throw error;
        }
        await markSent(db.sql, mailId, clock());
        return { state: 'sent' };
      },
    }),
    defineJob({
      kind: RETRY_KIND,
      input: z.object({}),
      run: ({ db }) =>
        db.transaction(async (tx) => {
          const ids = await reviveFailed(tx.sql, clock());
          for (const mailId of ids) await enqueueJob(tx, { kind: SEND_KIND, input: { mailId }, requestedBy: null });
          return { mails: ids.length };
        }),
    }),
  ];
}
