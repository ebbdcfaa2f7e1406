import type { IncomingMessage } from 'node:http';
import { recordAudit } from '../../access/index.ts';
import type { SignInSettings } from '../../contracts/administration.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../http/index.ts';
import { type MailMessage, postMail, type Recipient } from '../../notify/mail/index.ts';
import type { SignInSettingsService } from '../../settings/index.ts';
import { spendToken } from '../one-time-token.repository.ts';
import { hashPassword } from '../password.ts';
import { assertGoodPassword } from '../password-policy.ts';
import { clientAddress } from '../request-origin.ts';
import type { Throttle } from '../throttle.ts';
import { findAccountByEmail, insertRegistered } from './account.repository.ts';
import { badLink, isFlooded, linkTo } from './links.ts';
import { forgetPending, insertPending, type PendingRegistration } from './pending.repository.ts';

export interface RegisterRequest {
  email: string;
  name: string;
  password: string;
}

/** Accounts that people make for themselves. */
export interface Registration {
  /**
   * Keeps the registration and mails a link to the address. Answers and works the same whether the address is
   * known or not; what differs is the mail.
   *
   * @throws ProblemError forbidden where registration is off or the domain is not listed, invalid for a weak
   *   password, too_many_requests
   */
  register(req: IncomingMessage, request: RegisterRequest): Promise<void>;
  /** Makes the person of a link; answers the verified address. @throws ProblemError link_not_valid, forbidden, conflict */
  verify(req: IncomingMessage, token: string): Promise<{ email: string }>;
}

export function createRegistration(
  deps: Dependencies,
  { settings, throttle }: { settings: SignInSettingsService; throttle: Throttle },
): Registration {
  const { config, database, clock } = deps;

  return {
    async register(req, { email, name, password }) {
      assertOpenTo(await settings.current(), email);
      await throttle.attempt('mail', email, clientAddress(req, config));
      await assertGoodPassword(password, { email, name });
      const passwordHash = await hashPassword(config, password);
      await database.transaction(async (tx) => {
        const now = clock();
        const account = await findAccountByEmail(tx.sql, email);
        const pending = { email, name, passwordHash };
        const { token, goodUntil } = await insertPending(tx.sql, pending, { isOpen: !account, now });
        if (await isFlooded(tx.sql, 'verification', email, now)) return;
        const mail: MailMessage & { to: Recipient; goodUntil?: Date } = account
          ? { kind: 'already-registered', to: { email, name: account.name, userId: account.id } }
          : { kind: 'verify-email', to: { email, name }, link: linkTo(config, 'verify', token), goodUntil };
        await postMail(tx.sql, deps, mail);
      });
    },
    async verify(req, token) {
      const address = clientAddress(req, config);
      await throttle.attempt('link', '', address);
      // What administrators allow counts now, not when the mail was asked for.
      const rules = await settings.current();
      return database.transaction(async (tx) => {
        const now = clock();
        const spent = await spendToken(tx.sql, 'verify-email', token, now);
        if (!spent) throw badLink();
        const person = spent.payload as PendingRegistration;
        assertOpenTo(rules, person.email);
        const user = await insertRegistered(tx.sql, { ...person, roleId: rules.defaultRoleId }, now);
        if (!user) {
          throw new ProblemError('conflict', 'This address has an account by now. Sign in, or ask for a new password.');
        }
        await forgetPending(tx.sql, person.email, now);
        await throttle.succeeded(tx.sql, 'link', '', address);
        await recordAudit(tx.sql, null, {
          action: 'user.registered',
          entity: 'user',
          entityId: user.id,
          after: { email: person.email, name: person.name, role: user.role },
        });
        return { email: person.email };
      });
    },
  };
}

/** @throws ProblemError forbidden */
function assertOpenTo({ registration, registrationDomains }: SignInSettings, email: string): void {
  if (registration === 'off') {
    throw new ProblemError('forbidden', 'Nobody can register here. Ask an administrator for an invitation.');
  }
  if (registration === 'domains' && !registrationDomains.includes(email.slice(email.lastIndexOf('@') + 1))) {
    const domains = registrationDomains.join(', ');
    throw new ProblemError('forbidden', `Only addresses of these domains can register here: ${domains}.`);
  }
}
