import type { Actor } from '../../access/index.ts';
import type { SqlRunner } from '../../db/index.ts';
import { ProblemError } from '../../http/index.ts';
import { postMail } from '../../notify/mail/index.ts';
import { createToken, revokeTokens } from '../one-time-token.repository.ts';
import { revokeAllSessions } from '../session.repository.ts';
import { requireReset } from './account.repository.ts';
import type { LinkReader } from './invitation.service.ts';
import { linkTo, type MailDependencies, RESET_LIFE_MS } from './links.ts';

/** Mails a link by which the person chooses a new password; good once, for 10 minutes; earlier links end. */
export async function mailResetLink(
  tx: { sql: SqlRunner },
  { config, clock }: MailDependencies,
  { id, email, name }: LinkReader,
  reason: { kind: 'reset-password' } | { kind: 'password-reset-forced'; askedBy: string | null } = {
    kind: 'reset-password',
  },
): Promise<void> {
  const now = clock();
  await revokeTokens(tx.sql, id, ['reset-password'], now);
  const token = await createToken(tx.sql, { purpose: 'reset-password', userId: id, lifeMs: RESET_LIFE_MS, now });
  await postMail(
    tx.sql,
    { config, clock },
    {
      ...reason,
      to: { email, name, userId: id },
      link: linkTo(config, 'reset', token),
      goodUntil: new Date(now.getTime() + RESET_LIFE_MS),
    },
  );
}

/**
 * Takes the present password out of use until the person has chosen another by mail: sessions end, in host pages
 * too, and half-done sign-ins. The caller has checked that the actor may, writes the audit row and, after the
 * commit, forgets what is remembered about sessions.
 *
 * @throws ProblemError conflict for somebody without a password here
 */
export async function startForcedReset(
  tx: { sql: SqlRunner },
  deps: MailDependencies,
  actor: Actor | null,
  user: LinkReader,
): Promise<void> {
  const now = deps.clock();
  if (!(await requireReset(tx.sql, user.id, now))) {
    throw new ProblemError('conflict', 'This person has no password here that could be reset.');
  }
  await revokeAllSessions(tx.sql, user.id, now);
  await revokeTokens(tx.sql, user.id, ['mfa', 'passkey'], now);
  await mailResetLink(tx, deps, user, { kind: 'password-reset-forced', askedBy: actor?.principal.name ?? null });
}
