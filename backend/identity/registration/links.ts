import type { Config } from '../../config.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
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

/** Did so many mails go to this address lately that strangers must not cause another? */
export async function isFlooded(runner: SqlRunner, email: string, now: Date): Promise<boolean> {
  return (await countMails(runner, email, new Date(now.getTime() - FLOOD_WINDOW_MS))) >= FLOOD_MAILS;
}
