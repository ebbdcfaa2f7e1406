import type { Mail } from '../../backend/contracts/administration.ts';
import type { Page } from '../../backend/contracts/common.ts';
import { eventually } from '../widgets/look.ts';
import type { ConsoleHarness } from './console-harness.ts';

/** The link in the newest mail of a kind to somebody. Without a mail server mails are kept for the administrator. */
export async function linkFromMail({ server }: ConsoleHarness, kind: string, to: string): Promise<string> {
  const admin = await server.as('admin');
  let link = '';
  await eventually(async () => {
    const { body } = await admin.get<Page<Mail>>('/mails');
    const mail = body.items.find((item) => item.kind === kind && item.to === to && item.state === 'kept');
    if (!mail) return null;
    const { text } = (await admin.get<Mail>(`/mails/${mail.id}`)).body;
    link = /\S+#token=[\w-]+/.exec(text ?? '')?.[0] ?? '';
    return link;
  }).toBeTruthy();
  return link;
}
