import type { Config } from '../../config.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import type { MailKind } from '../../notify/mail/index.ts';
import { countMails } from './account.repository.ts';

export type MailDependencies = Pick<Dependencies, 'config' | 'clock'>;

export const RESET_LIFE_MS = 10 * 60_000;
export const INVITATION_LIFE_MS = 72 * 60 * 60_000;
const FLOOD_WINDOW_MS = 15 * 60_000;
const FLOOD_MAILS = 6;

/** The secret stands in the fragment: browsers never send it, so it stays out of every log. */
export const linkTo = (
  config: Pick<Config, 'publicUrl'>,
  page: 'verify' | 'reset' | 'invitation',
  token: string,
): string => `${config.publicUrl}/${page}#token=${token}`;

export const badLink = (): ProblemError =>
  new ProblemError('link_not_valid', 'This link was used, has run out or is not ours. Ask for a new one.');

/** Mails that strangers can cause. Counted apart: who floods a person with one kind must not keep the other from them. */
const CAUSED_BY_STRANGERS = {
  verification: ['verify-email', 'already-registered'],
  password: ['reset-password', 'reset-not-possible', 'invitation'],
} as const satisfies Record<string, readonly MailKind[]>;
export type PromisedMail = keyof typeof CAUSED_BY_STRANGERS;

/** Did so many mails of this kind go to the address lately that strangers must not cause another? */
export async function isFlooded(runner: SqlRunner, about: PromisedMail, email: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - FLOOD_WINDOW_MS);
  return (await countMails(runner, email, CAUSED_BY_STRANGERS[about], since)) >= FLOOD_MAILS;
}
