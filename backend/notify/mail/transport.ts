import { createTransport } from 'nodemailer';
import type { Config, MailConfig } from '../../config.ts';
import { explainFailure, MailError } from './failures.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** A mail as it goes out. */
export interface OutgoingMail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** the same at each try, so that readers recognise a mail that arrives twice */
  messageId?: string;
}

/** Hands mails to the configured server. */
export interface MailTransport {
  /** Resolves once the server has taken the mail. @throws MailError */
  send(mail: OutgoingMail): Promise<void>;
  /** Connects, checks certificate and credentials, sends nothing. @throws MailError */
  verify(): Promise<void>;
}

export type MailSettings = Pick<Config, 'mail' | 'mailSender'>;

/**
 * The transport for MAIL_*; null where no mail server is configured. STARTTLS is insisted on when asked for,
 * certificates are always checked; `ca` adds a certificate to trust.
 */
export function mailTransport(config: MailSettings, options: { ca?: string } = {}): MailTransport | null {
  const { mail, mailSender } = config;
  if (!mail) return null;
  const smtp = createTransport(smtpOptions(mail, options.ca));
  const explained = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw explainFailure(error, mail);
    }
  };
  return {
    send: ({ messageId, ...message }) =>
      explained(() => smtp.sendMail({ from: mailSender, ...message, ...(messageId ? { messageId } : {}) })),
    verify: () => explained(() => smtp.verify()),
  };
}

/** Can mails be sent? Tries the server out without sending. @throws MailError with one sentence */
export async function verifyMail(config: MailSettings): Promise<void> {
  const transport = mailTransport(config);
  if (!transport) throw new MailError('No mail server is configured: set MAIL_SERVER.', true);
  await transport.verify();
}

function smtpOptions(mail: MailConfig, ca: string | undefined) {
  const { host, port, security, username, password } = mail;
  return {
    host,
    port,
    secure: security === 'ssl',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    ...(username !== null && password !== null ? { auth: { user: username, pass: password } } : {}),
    tls: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    // Bodies are ours; nothing in them may make the server read files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
