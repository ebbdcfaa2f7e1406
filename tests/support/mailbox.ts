import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { until } from '../conformance/until.ts';
import type { TestCertificate } from './certificate.ts';

export interface MailboxOptions {
  port?: number;
  /** none: neither TLS nor STARTTLS */
  certificate?: TestCertificate;
  /** TLS from the first byte instead of STARTTLS */
  isSecure?: boolean;
  login?: { username: string; password: string };
  /** recipients the server refuses for good */
  refuses?: (address: string) => boolean;
}

/** A real SMTP server that keeps what it is given. */
export interface Mailbox {
  port: number;
  mails: ParsedMail[];
  /** was each connection that brought a mail encrypted? */
  wasEncrypted: boolean[];
  /** The latest mail to this address, once there are `count` of them. */
  mailTo(address: string, count?: number): Promise<ParsedMail>;
  close(): Promise<void>;
}

export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const { certificate, isSecure = false, login, refuses } = options;
  const mails: ParsedMail[] = [];
  const wasEncrypted: boolean[] = [];
  const settings: SMTPServerOptions = {
    secure: isSecure,
    ...(certificate ? { key: certificate.key, cert: certificate.cert } : { disabledCommands: ['STARTTLS'] }),
    authOptional: login === undefined,
    disableReverseLookup: true,
    onAuth(given, _session, done) {
      const isRight = given.username === login?.username && given.password === login?.password;
      if (isRight) done(null, { user: given.username ?? '' });
      else done(new Error('535 wrong'));
    },
    onRcptTo({ address }, _session, done) {
      if (!refuses?.(address)) return done();
      done(Object.assign(new Error('no such mailbox here'), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      simpleParser(stream).then(
        (mail) => {
          mails.push(mail);
          wasEncrypted.push(session.secure === true);
          done();
        },
        (error: Error) => done(error),
      );
    },
  };
  const server = new SMTPServer(settings);
  // Clients that refuse our certificate hang up in the middle: that is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    wasEncrypted,
    mailTo: (address, count = 1) =>
      until(`mail number ${count} to ${address}`, async () => {
        const found = mails.filter((mail) =>
          [mail.to].flat().some((to) => to?.value.some((one) => one.address === address)),
        );
        return found.length >= count && found.at(-1);
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
