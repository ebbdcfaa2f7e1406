import { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { defineJob, enqueueJob, type JobDefinition } from '../../jobs/index.ts';
import { postMail } from '../../notify/mail/index.ts';
import { findAccountByEmail } from './account.repository.ts';
import { inviteUser } from './invitation.service.ts';
import { isFlooded, linkTo, type PromisedMail } from './links.ts';
import { findPending, insertPending } from './pending.repository.ts';
import { mailResetLink } from './reset-link.service.ts';

const KIND = 'account.mail';

/**
 * Promises a mail about an account to whoever reads this address. The request does the same for every address;
 * whether there is anything to mail is found out by the job, so that no answer takes longer for known ones.
 */
export const promiseMail = (tx: Pick<Tx, 'sql'>, about: PromisedMail, email: string): Promise<string> =>
  enqueueJob(tx, { kind: KIND, input: { about, email }, requestedBy: null });

/** The work behind "forgot password" and "send the link again". */
export const accountMailJob = (deps: Dependencies): JobDefinition =>
  defineJob({
    kind: KIND,
    input: z.object({ about: z.enum(['password', 'verification']), email: z.string() }),
    async run({ db }, { about, email }) {
      await db.transaction(async (tx) => {
        if (await isFlooded(tx.sql, about, email, deps.clock())) return;
        if (about === 'password') await mailAboutPassword(tx, deps, email);
        else await mailVerification(tx, deps, email);
      });
      // The same for all: results of jobs can be read.
      return {};
    },
  });

async function mailAboutPassword(tx: Tx, deps: Dependencies, email: string): Promise<void> {
  const account = await findAccountByEmail(tx.sql, email);
  if (!account) return mailVerification(tx, deps, email);
  switch (account.status) {
    case 'active':
      if (account.hasPassword) return mailResetLink(tx, deps, account);
      await postMail(tx.sql, deps, {
        kind: 'reset-not-possible',
        to: { email, name: account.name, userId: account.id },
        providers: account.providers,
      });
      return;
    case 'invited':
      // No password was ever chosen: the invitation is what they look for.
      return inviteUser(tx, deps, null, account);
    default:
      return; // deactivated, or known from an import only: there is nothing to open
  }
}

async function mailVerification(tx: Tx, deps: Dependencies, email: string): Promise<void> {
  const now = deps.clock();
  const pending = await findPending(tx.sql, email, now);
  if (!pending || (await findAccountByEmail(tx.sql, email))) return;
  const { token, goodUntil } = await insertPending(tx.sql, pending, { isOpen: true, now });
  const { name } = pending;
  const link = linkTo(deps.config, 'verify', token);
  await postMail(tx.sql, deps, { kind: 'verify-email', to: { email, name }, link, goodUntil });
}
