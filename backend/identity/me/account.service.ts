import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { type Actor, recordAudit } from '../../access/index.ts';
import type { meUpdateSchema } from '../../contracts/account.ts';
import type { Me } from '../../contracts/auth.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, ProblemError } from '../../http/index.ts';
import { postMail } from '../../notify/mail/index.ts';
import { findAccountById, lockAccount, storePasswordHash } from '../account.repository.ts';
import { describeMe } from '../me.ts';
import type { Guesses } from '../mfa/guesses.ts';
import { revokeTokens } from '../one-time-token.repository.ts';
import { hashPassword, verifyPassword } from '../password.ts';
import { assertGoodPassword } from '../password-policy.ts';
import type { Sessions } from '../session.service.ts';
import { revokeOtherSessions } from './own-sessions.repository.ts';

type MeChange = z.output<typeof meUpdateSchema>;
interface Profile {
  name: string;
  locale: string | null;
  timeZone: string | null;
}

/** The person's own account. */
export interface OwnAccount {
  update(actor: Actor, change: MeChange): Promise<Me>;
  /**
   * Ends all other sessions and answers `Set-Cookie` with this one's new token.
   *
   * @throws ProblemError invalid for a wrong or a weak password, conflict for people without one, too_many_requests
   */
  changePassword(req: IncomingMessage, actor: Actor, change: { current: string; password: string }): Promise<string>;
}

/** `onRightsChanged`: called after a change that is remembered about people was committed. */
export function createOwnAccount(
  deps: Pick<Dependencies, 'config' | 'database' | 'clock'>,
  { sessions, guesses, onRightsChanged }: { sessions: Sessions; guesses: Guesses; onRightsChanged: () => void },
): OwnAccount {
  const { config, database, clock } = deps;

  const assertCurrent = async (actor: Actor, current: string, hash: string | null) => {
    if (hash === null) {
      throw new ProblemError('conflict', 'Your account has no password: you come in by another way.');
    }
    if (await verifyPassword(config, current, hash)) return;
    const { userId } = actor.principal;
    await recordAudit(database.sql, actor, {
      action: 'user.proof-failed',
      entity: 'user',
      entityId: userId,
      after: { method: 'password' },
    });
    throw invalid('/current', 'is not your present password');
  };

  return {
    async update(actor, change) {
      const { timeZone } = change;
      if (timeZone && !isTimeZone(timeZone)) throw invalid('/timeZone', 'is not a time zone such as Europe/Berlin');
      const me = await database.transaction(async (tx) => {
        const { userId } = actor.principal;
        const before = await lockProfile(tx.sql, userId);
        const after: Profile = {
          name: change.name ?? before.name,
          locale: change.locale === undefined ? before.locale : change.locale,
          timeZone: timeZone === undefined ? before.timeZone : timeZone || null,
        };
        await tx.sql.rows(sql`
          update app_user set name = ${after.name}, locale = ${after.locale}, time_zone = ${after.timeZone},
            version = version + 1, updated_at = ${clock().toISOString()}::timestamptz where id = ${userId}::uuid`);
        await recordAudit(tx.sql, actor, { action: 'user.changed', entity: 'user', entityId: userId, before, after });
        return describeMe(tx.sql, config, actor.principal);
      });
      onRightsChanged();
      return me;
    },
    async changePassword(req, actor, { current, password }) {
      const { userId, sessionId } = actor.principal;
      await guesses.attempt('proof', userId, req);
      const account = await findAccountById(database.sql, userId);
      await assertCurrent(actor, current, account?.passwordHash ?? null);
      if (password === current) throw invalid('/password', 'is your present password; choose another one');
      await assertGoodPassword(password, { email: account?.email, name: account?.name });
      const hash = await hashPassword(config, password);
      const cookie = await database.transaction(async (tx) => {
        const now = await lockAccount(tx.sql, userId);
        if (!now || now.passwordHash !== account?.passwordHash) {
          throw new ProblemError('conflict', 'Your password was changed in the meantime. Start again.');
        }
        await storePasswordHash(tx.sql, userId, hash, clock());
        await revokeOtherSessions(tx.sql, userId, sessionId ?? '', clock());
        await revokeTokens(tx.sql, userId, ['reset-password'], clock());
        await guesses.succeeded(tx.sql, 'proof', userId, req);
        await recordAudit(tx.sql, actor, { action: 'user.password-changed', entity: 'user', entityId: userId });
        if (now.email !== null) {
          await postMail(tx.sql, deps, {
            kind: 'password-changed',
            to: { email: now.email, name: now.name, userId },
          });
        }
        return sessions.rotate(tx.sql, req, sessionId ?? '');
      });
      sessions.forgetAll();
      return cookie;
    },
  };
}

async function lockProfile(runner: SqlRunner, userId: string): Promise<Profile> {
  const row = await runner.first<Profile>(sql`
    select name, locale, time_zone as "timeZone" from app_user where id = ${userId}::uuid for update`);
  if (!row) throw new Error('The signed-in person is not in the database.');
  return row;
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false; // Intl's only way to say "unknown zone"
  }
}
