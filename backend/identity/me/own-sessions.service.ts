import { type Actor, recordAudit } from '../../access/index.ts';
import type { MySession } from '../../contracts/account.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound } from '../../http/index.ts';
import type { SignInSettingsService } from '../../settings/index.ts';
import type { Sessions } from '../session.service.ts';
import { listOwnSessions, revokeOwnSession, type SessionLimits } from './own-sessions.repository.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Where the person is signed in. */
export interface OwnSessions {
  list(actor: Actor): Promise<MySession[]>;
  /** @throws ProblemError not_found for one that is not the person's or is over */
  end(actor: Actor, id: string): Promise<void>;
}

export function createOwnSessions(
  { database, clock }: Pick<Dependencies, 'database' | 'clock'>,
  settings: SignInSettingsService,
  sessions: Sessions,
): OwnSessions {
  const limits = async (): Promise<SessionLimits> => {
    const { sessionIdleMinutes, sessionMaxHours } = await settings.current();
    return { now: clock(), idleMs: sessionIdleMinutes * MINUTE_MS, maxMs: sessionMaxHours * HOUR_MS };
  };
  return {
    async list({ principal }) {
      const rows = await listOwnSessions(database.sql, principal.userId, await limits());
      return rows.map((row) => ({ ...row, isCurrent: row.id === principal.sessionId }));
    },
    async end(actor, id) {
      const { userId } = actor.principal;
      const live = await limits();
      await database.transaction(async (tx) => {
        if (!(await revokeOwnSession(tx.sql, userId, id, live))) throw notFound('session');
        await recordAudit(tx.sql, actor, {
          action: 'user.session-ended',
          entity: 'user',
          entityId: userId,
          before: { sessionId: id },
        });
      });
      sessions.forgetAll();
    },
  };
}
