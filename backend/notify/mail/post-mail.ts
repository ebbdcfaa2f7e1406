import type { Config } from '../../config.ts';
import { createSecretBox, type SecretBox, type SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { enqueueJob } from '../../jobs/index.ts';
import { renderHtml, renderText, subjectLine } from './content.ts';
import { insertMail } from './mail.repository.ts';
import { contentOf, type MailMessage } from './templates.ts';

export const SEND_KIND = 'mail.send';

/** Whom a mail is for; `userId`: the person, where it is one of ours. */
export interface Recipient {
  email: string;
  name: string;
  userId?: string | null;
}

/** What is sealed in the row of a mail. */
export interface SealedBody {
  name: string;
  text: string;
  html: string;
  /** milliseconds since 1970 when its link runs out; null: never */
  goodUntil: number | null;
}

const mailBox = (config: Pick<Config, 'secret'>): SecretBox => createSecretBox(config.secret, 'mail');

/** What a mail says (`sealed`: hexadecimal); null when it was sealed under another SECRET_KEY. */
export function openBody(config: Pick<Config, 'secret'>, sealed: string): SealedBody | null {
  let text: string;
  try {
    text = mailBox(config).open(Buffer.from(sealed, 'hex'));
  } catch {
    return null; // AES-GCM says no more than that it does not fit
  }
  return JSON.parse(text) as SealedBody;
}

/**
 * Writes a mail in the caller's transaction: it goes out if and only if that transaction commits. Without a
 * mail server it is kept for the outbox of the console. `goodUntil`: when its link runs out; it is not sent
 * after that. Answers the mail's id.
 */
export async function postMail(
  runner: SqlRunner,
  { config, clock }: Pick<Dependencies, 'config' | 'clock'>,
  { to, goodUntil, ...message }: MailMessage & { to: Recipient; goodUntil?: Date },
): Promise<string> {
  const content = contentOf(message, to.name, config.publicUrl);
  const body: SealedBody = {
    name: to.name,
    text: renderText(content, config.publicUrl),
    html: renderHtml(content, config.publicUrl),
    goodUntil: goodUntil?.getTime() ?? null,
  };
  const mailId = await insertMail(runner, {
    kind: message.kind,
    toAddress: to.email,
    userId: to.userId ?? null,
    subject: subjectLine(content.subject),
    bodySealed: mailBox(config).seal(JSON.stringify(body)),
    state: config.mail ? 'waiting' : 'kept',
    now: clock(),
  });
  if (config.mail) await enqueueJob({ sql: runner }, { kind: SEND_KIND, input: { mailId }, requestedBy: null });
  return mailId;
}
