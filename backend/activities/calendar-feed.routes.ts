import { isAllowed, type Principal } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import {
  calendarFeedCreateSchema,
  calendarFeedListSchema,
  calendarFeedQuery,
  newCalendarFeedSchema,
} from '../contracts/tasks.ts';
import { type AnyRoute, defineRoute, forbidden } from '../http/index.ts';
import { createCalendarFeeds, type FeedDependencies } from './calendar-feed.service.ts';

const tag = 'Calendar';

function assertHasTasks(principal: Principal): void {
  if (!isAllowed(principal, 'task.read')) throw forbidden('see tasks');
}

/** Calendar addresses are made in person; the calendar itself asks for nothing but the key in its address. */
export function calendarFeedRoutes(deps: FeedDependencies): AnyRoute[] {
  const feeds = createCalendarFeeds(deps);
  return [
    defineRoute({
      method: 'get',
      path: '/calendar-feeds',
      operationId: 'listCalendarFeeds',
      tag,
      summary: 'Your calendar addresses, without their keys',
      access: 'session',
      responses: { 200: calendarFeedListSchema },
      handler: async ({ principal }) => ({ body: { items: await feeds.list(principal) } }),
    }),
    defineRoute({
      method: 'post',
      path: '/calendar-feeds',
      operationId: 'createCalendarFeed',
      tag,
      summary: 'Make a secret address under which a calendar program reads your tasks; shown this once',
      access: 'session',
      holdsSecret: true,
      body: calendarFeedCreateSchema,
      responses: { 201: newCalendarFeedSchema },
      async handler({ principal, actor, body }) {
        assertHasTasks(principal);
        return { status: 201, body: await feeds.create(actor, body.name) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/calendar-feeds/:id',
      operationId: 'revokeCalendarFeed',
      tag,
      summary: 'Revoke a calendar address: whoever has it reads nothing from now on',
      access: 'session',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await feeds.revoke(actor, params.id);
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/calendar/tasks.ics',
      operationId: 'readCalendar',
      tag,
      summary: 'Tasks with a due day as an iCalendar file (RFC 5545), for whoever has the key',
      access: 'public',
      query: calendarFeedQuery,
      responses: { 200: 'text/calendar' },
      async handler({ query, res }) {
        const text = await feeds.read(query.key);
        res.writeHead(200, {
          'Content-Type': 'text/calendar; charset=utf-8',
          'Content-Disposition': 'inline; filename="tasks.ics"',
          'X-Content-Type-Options': 'nosniff',
        });
        res.end(text);
        return undefined;
      },
    }),
  ];
}
