import type { Expectation } from '../support/expectation.ts';

/** Notifications. */
export const tasks: Record<string, Expectation> = {
  listNotifications: { needs: 'signed-in', ok: 200 },
  readNotifications: { needs: 'signed-in', ok: 200, body: () => ({}) },
};
