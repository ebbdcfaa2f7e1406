import type { MailConfig } from '../../config.ts';

/** Sending did not work; the message is one sentence for administrators. */
export class MailError extends Error {
  /** true: trying again can't help */
  readonly isFinal: boolean;
  constructor(message: string, isFinal: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MailError';
    this.isFinal = isFinal;
  }
}

/** What nodemailer and Node's sockets put on their errors. */
interface SmtpFailure {
  code?: string;
  message: string;
  response?: string;
  responseCode?: number;
  command?: string;
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|certificate/i;

/** The failure in one sentence, and whether it is worth another try. */
export function explainFailure(error: unknown, { host, port, security }: MailConfig): MailError {
  const { code = '', message, response, responseCode, command } = error as SmtpFailure;
  const server = `The mail server ${host}:${port}`;
  const final = (text: string) => new MailError(text, true, { cause: error });
  const passing = (text: string) => new MailError(text, false, { cause: error });
  if (CERTIFICATE.test(code) || (code !== 'EENVELOPE' && code !== 'EMESSAGE' && CERTIFICATE.test(message))) {
    return passing(`${server} shows a certificate that this server does not trust (${oneLine(message)}).`);
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') return passing(`${server} refuses MAIL_USERNAME and MAIL_PASSWORD.`);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    const isFinal = responseCode !== undefined && responseCode >= 500;
    const text = `${server} refuses the mail: ${oneLine(response ?? message)}`;
    return isFinal ? final(text) : passing(text);
  }
  if (code === 'EDNS' || code === 'ENOTFOUND') return passing(`The mail server's name ${host} is not known.`);
  if (code === 'ETIMEDOUT' || code === 'ETIME') return passing(`${server} does not answer in time.`);
  if (command === 'STARTTLS' || (code === 'ETLS' && security === 'starttls')) {
    return passing(`${server} does not offer STARTTLS, which MAIL_USE_TLS asks for.`);
  }
  if (code === 'ESOCKET' || code === 'ECONNECTION' || code === 'ECONNREFUSED') {
    return passing(`${server} can't be reached (${oneLine(message)}).`);
  }
  return passing(`${server} did not take the mail (${oneLine(message)}).`);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);
