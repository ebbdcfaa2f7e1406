import type { Actor } from '../../access/index.ts';
import type { SqlRunner } from '../../db/index.ts';
import { postMail } from '../../notify/mail/index.ts';
import { createToken, revokeTokens } from '../one-time-token.repository.ts';
import { INVITATION_LIFE_MS, linkTo, type MailDependencies } from './links.ts';

/** Whom a link is mailed to. */
export interface LinkReader {
  id: string;
  email: string;
  name: string;
}

/**
 * Mails a link by which an invited person chooses a password and becomes active; good for 72 hours, and earlier
 * links end. Belongs into the transaction that makes the person (or invites again); the audit row is the caller's.
 */
export async function inviteUser(
  tx: { sql: SqlRunner },
  { config, clock }: MailDependencies,
  actor: Actor | null,
  { id, email, name }: LinkReader,
): Promise<void> {
  const now = clock();
  const invitedBy = actor?.principal.name ?? null;
  await revokeTokens(tx.sql, id, ['invitation'], now);
  const token = await createToken(tx.sql, {
    purpose: 'invitation',
    userId: id,
    payload: { invitedBy },
    lifeMs: INVITATION_LIFE_MS,
    now,
  });
  await postMail(
    tx.sql,
    { config, clock },
    {
      kind: 'invitation',
      to: { email, name, userId: id },
      link: linkTo(config, 'invitation', token),
      invitedBy,
      goodUntil: new Date(now.getTime() + INVITATION_LIFE_MS),
    },
  );
}
