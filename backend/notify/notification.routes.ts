import {
  notificationListQuery,
  notificationPageSchema,
  notificationsReadSchema,
  unreadSchema,
} from '../contracts/notifications.ts';
import type { Database } from '../db/index.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { publishEvent } from './events.ts';
import { countUnread, listNotifications, markRead } from './notification.repository.ts';

const tag = 'Notifications';

/** What the signed-in person is told inside the product: nobody reads another's. */
export function notificationRoutes({ database, clock }: { database: Database; clock: () => Date }): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/notifications',
      operationId: 'listNotifications',
      tag,
      summary: 'What you were told, the latest first, with how many you have not read',
      access: 'signed-in',
      query: notificationListQuery,
      responses: { 200: notificationPageSchema },
      async handler({ principal, query }) {
        const page = await listNotifications(database.sql, principal.userId, query);
        return { body: { ...page, unread: await countUnread(database.sql, principal.userId) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/notifications/read',
      operationId: 'readNotifications',
      tag,
      summary: 'Mark notifications as read: those named, or all of yours',
      access: 'signed-in',
      body: notificationsReadSchema,
      responses: { 200: unreadSchema },
      async handler({ principal, body }) {
        await markRead(database.sql, principal.userId, body.ids, clock());
        const unread = await countUnread(database.sql, principal.userId);
        // other pages of the same person show the same number
        await publishEvent(database.sql, { to: principal.userId, type: 'notifications-read', data: { unread } });
        return { body: { unread } };
      },
    }),
  ];
}
