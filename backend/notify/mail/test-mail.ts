import type { Config } from '../../config.ts';
import { renderHtml, renderText, subjectLine } from './content.ts';
import { contentOf } from './templates.ts';
import { type MailSettings, type MailTransport, mailTransport } from './transport.ts';

/**
 * Sends a mail that says no more than that sending works, past queue and outbox, so that the answer of the mail
 * server is known at once. @throws MailError when it refuses, Error where none is configured
 */
export async function sendTestMail(
  config: MailSettings & Pick<Config, 'publicUrl'>,
  to: { name: string; email: string },
  transport: MailTransport | null = mailTransport(config),
): Promise<void> {
  if (!transport) throw new Error('no mail server is configured');
  const content = contentOf({ kind: 'test' }, to.name, config.publicUrl);
  await transport.send({
    to: { name: to.name, address: to.email },
    subject: subjectLine(content.subject),
    text: renderText(content, config.publicUrl),
    html: renderHtml(content, config.publicUrl),
  });
}
