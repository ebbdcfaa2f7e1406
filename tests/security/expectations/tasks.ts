import type { Expectation } from '../support/expectation.ts';

/** No record has this id. */
const NOTHING = '00000000-0000-7000-8000-000000000000';
const contact = { kind: 'contact' } as const;

/** Tasks beyond those of leads, opportunities and accounts, and notifications. */
export const tasks: Record<string, Expectation> = {
  listContactTasks: { needs: 'contact.read', alsoNeeds: 'task.read', ok: 200, ...contact },
  createContactTask: {
    needs: 'contact.write',
    alsoNeeds: 'task.write',
    sees: 'contact.read',
    ok: 201,
    ...contact,
    body: () => ({ title: 'Call back' }),
  },
  getMyDay: { needs: 'task.read', ok: 200 },
  getTask: { needs: 'task.read', ok: 200, kind: 'task' },
  deleteTask: { needs: 'task.write', sees: 'task.read', ok: 204, kind: 'task' },
  // what lies in the bin is somebody else's task until it is theirs again: here it is not in the bin at all
  restoreTask: { needs: 'task.write', ok: 404, kind: 'task' },
  listCalendarFeeds: { needs: 'in-person', ok: 200 },
  createCalendarFeed: {
    needs: 'in-person',
    ok: ({ caller }) => ((caller.rights['task.read'] ?? 'none') === 'none' ? 403 : 201),
    body: () => ({ name: 'My phone' }),
  },
  // one's own address is tried by tests/activities/calendar-feed.test.ts
  revokeCalendarFeed: { needs: 'in-person', ok: 404, params: () => ({ id: NOTHING }) },
  // a key that fits nobody: whoever asks finds nothing
  readCalendar: { needs: 'anyone', ok: 404, query: 'key=none' },
  listNotifications: { needs: 'signed-in', ok: 200 },
  readNotifications: { needs: 'signed-in', ok: 200, body: () => ({}) },
};
