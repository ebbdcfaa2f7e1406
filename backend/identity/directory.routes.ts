import { scopeOf } from '../access/index.ts';
import { personListSchema } from '../contracts/users.ts';
import type { Database } from '../db/index.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { listPeople } from './directory.repository.ts';

/** The people a record can be given to. */
export function directoryRoutes(database: Database): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/people',
      operationId: 'listPeople',
      tag: 'People',
      summary: 'People the caller may give records to',
      access: 'signed-in',
      responses: { 200: personListSchema },
      handler: async ({ principal }) => ({
        body: { items: await listPeople(database.sql, scopeOf(principal, 'lead.write')), nextCursor: null },
      }),
    }),
  ];
}
