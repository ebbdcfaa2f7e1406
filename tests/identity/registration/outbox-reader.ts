import type { Mail } from '../../../backend/contracts/administration.ts';
import type { Page } from '../../../backend/contracts/common.ts';
import { until } from '../../conformance/until.ts';
import type { TestServer } from '../../support/server.ts';

/** The text of the latest mail to this address in an outbox that keeps them, once there are `count`. */
export async function keptMail(server: TestServer, to: string, count = 1): Promise<Mail> {
  const admin = await server.as('admin');
  const id = await until(`mail number ${count} to ${to}`, async () => {
    const { body } = await admin.get<Page<Mail>>('/mails?limit=200');
    const found = body.items.filter((mail) => mail.to === to);
    return found.length >= count && found[0]?.id;
  });
  return (await admin.get<Mail>(`/mails/${id}`)).body;
}

/** The secret of the link in a mail. */
export function tokenIn(text: string | null | undefined): string {
  const token = /#token=([\w-]{43})/.exec(text ?? '')?.[1];
  if (!token) throw new Error(`no link in: ${text}`);
  return token;
}
