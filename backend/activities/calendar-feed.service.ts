import { type Actor, isAllowed, type Principal, recordAudit } from '../access/index.ts';
import type { CalendarFeed, NewCalendarFeed } from '../contracts/tasks.ts';
import { hashToken, randomToken } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound, ProblemError } from '../http/index.ts';
import {
  calendarTasks,
  findFeedOwner,
  insertFeed,
  listFeeds,
  noteRead,
  revokeFeed,
} from './calendar-feed.repository.ts';
import { calendarText } from './calendar-text.ts';

const MAX_FEEDS = 10;
/** More than anybody has; a calendar program must not get an endless file. */
const MAX_TASKS = 2_000;
const DONE_SHOWN_MS = 30 * 24 * 60 * 60_000;

export interface FeedDependencies extends Pick<Dependencies, 'database' | 'clock' | 'config'> {
  /** The person as they are now; null when they may not act any more. */
  loadPrincipal(userId: string): Promise<Principal | null>;
}

/** Addresses under which calendar programs read a person's tasks: secret, and revocable one by one. */
export function createCalendarFeeds({ database, clock, config, loadPrincipal }: FeedDependencies) {
  return {
    list: (principal: Principal): Promise<CalendarFeed[]> => listFeeds(database.sql, principal.userId),

    create: (actor: Actor, name: string): Promise<NewCalendarFeed> =>
      database.transaction(async (tx) => {
        const { userId } = actor.principal;
        const token = randomToken();
        const made = await insertFeed(tx.sql, { userId, name, tokenHash: hashToken(token), most: MAX_FEEDS });
        if (!made) {
          throw new ProblemError('conflict', `You have ${MAX_FEEDS} calendar addresses. Revoke one you no longer use.`);
        }
        await recordAudit(tx.sql, actor, {
          action: 'calendar-feed.created',
          entity: 'calendar-feed',
          entityId: made.id,
          after: { name },
        });
        return { ...made, address: `${config.publicUrl}/api/v1/calendar/tasks.ics?key=${token}` };
      }),

    revoke: (actor: Actor, id: string): Promise<void> =>
      database.transaction(async (tx) => {
        const revoked = await revokeFeed(tx.sql, actor.principal.userId, id, clock());
        if (!revoked) throw notFound('calendar address');
        await recordAudit(tx.sql, actor, {
          action: 'calendar-feed.revoked',
          entity: 'calendar-feed',
          entityId: id,
          before: { name: revoked.name },
        });
      }),

    /** The calendar of whoever was given this key. @throws 404 for a key that does not (or no longer) work */
    async read(key: string): Promise<string> {
      const feed = await findFeedOwner(database.sql, hashToken(key));
      const principal = feed && (await loadPrincipal(feed.userId));
      if (!principal || !isAllowed(principal, 'task.read')) throw notFound('calendar');
      const now = clock();
      const doneSince = new Date(now.getTime() - DONE_SHOWN_MS);
      const tasks = await calendarTasks(database.sql, principal, doneSince, MAX_TASKS);
      await noteRead(database.sql, feed.id, now);
      return calendarText(tasks, { publicUrl: config.publicUrl, name: `Tasks of ${principal.name}`, now });
    },
  };
}
