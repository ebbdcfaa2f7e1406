import type { Reply } from './route.ts';

/** A record as it is now, with its version as the ETag. */
export const versioned = <Body extends { version: number }>(body: Body): Reply => ({ body, version: body.version });

/** The same for a record that was just made: 201 and where it is from now on. `collection`: below /api/v1. */
export const created = <Body extends { id: string; version: number }>(collection: `/${string}`, body: Body): Reply => ({
  ...versioned(body),
  status: 201,
  headers: { Location: `/api/v1${collection}/${body.id}` },
});
