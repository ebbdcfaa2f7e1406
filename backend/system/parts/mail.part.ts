import type { Dependencies } from '../../dependencies.ts';
import { MailError, postMail, sendTestMail, verifyMail } from '../../notify/mail/index.ts';
import { maskedName, type SystemPart } from '../part.ts';
import { NoAnswerError, within } from '../patience.ts';
import { findRecipient } from '../recipient.repository.ts';

const LOOK_MS = 5_000;

const SECURITY = { ssl: 'TLS from the start', starttls: 'STARTTLS', plain: 'none' } as const;

/** Mail: whether the server takes us, and whether it takes a mail. */
export function mailPart(deps: Pick<Dependencies, 'config' | 'database' | 'clock'>): SystemPart {
  const { config, database } = deps;
  const { mail, mailSender } = config;
  const base = { key: 'mail', label: 'Mail' } as const;

  /** Where a test mail goes: the address given, else the caller's own. */
  const recipientOf: (userId: string, email: string | undefined) => Promise<{ name: string; email: string } | null> =
    async (userId, email) => {
      const caller = await findRecipient(database.sql, userId);
      if (email === undefined || email === caller?.email)
        return caller?.email ? { ...caller, email: caller.email } : null;
      return { name: email, email };
    };
  const nobody = {
    status: 'failed',
    detail: 'You have no e-mail address here. Say where the test mail should go.',
  } as const;

  if (mail === null) {
    return {
      ...base,
      look: async () => ({
        status: 'not-configured',
        detail:
          'No mail server is configured: mails are kept in the outbox, where administrators find their links. Set MAIL_SERVER and MAIL_DEFAULT_SENDER to have them sent.',
        facts: [],
      }),
      async test({ actor, email }) {
        const to = await recipientOf(actor.principal.userId, email);
        if (!to) return nobody;
        await database.transaction((tx) => postMail(tx.sql, deps, { kind: 'test', to }));
        const detail =
          'No mail server is configured, so the test mail was kept in the outbox and not sent. Set MAIL_SERVER to have mails sent.';
        return { status: 'not-configured', detail };
      },
    };
  }
  const facts = [
    { label: 'Server', value: `${mail.host}:${mail.port}` },
    { label: 'Encryption', value: SECURITY[mail.security] },
    { label: 'Signs in as', value: mail.username === null ? 'nobody' : maskedName(mail.username) },
    { label: 'Sender', value: mailSender },
  ];
  const isOpen = mail.security === 'plain' && !['localhost', '127.0.0.1', '::1'].includes(mail.host);
  return {
    ...base,
    async look() {
      try {
        await within(LOOK_MS, verifyMail(config));
      } catch (error) {
        if (!(error instanceof MailError || error instanceof NoAnswerError)) throw error;
        const reason = error instanceof MailError ? error.message : `The mail server gave ${error.message}.`;
        return { status: 'failed', detail: `${reason} Check the MAIL_ settings.`, facts };
      }
      const detail = isOpen
        ? 'The mail server takes us, but mails and passwords travel there in the open. Set MAIL_USE_TLS=true if the server offers it.'
        : 'The mail server takes us. Send yourself a test mail to see one arrive.';
      return { status: isOpen ? 'warning' : 'ok', detail, facts };
    },
    async test({ actor, email }) {
      const to = await recipientOf(actor.principal.userId, email);
      if (!to) return nobody;
      try {
        await sendTestMail(config, to);
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        return { status: 'failed', detail: error.message };
      }
      return { status: 'ok', detail: `The mail server accepted a mail to ${to.email}. Look whether it arrives.` };
    },
  };
}
