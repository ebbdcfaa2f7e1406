import { idParams, type RecordType } from '../contracts/common.ts';
import {
  recordReferenceQuery,
  resolvedRecordSchema,
  type TimelineEntry,
  timelineKinds,
  timelinePageSchema,
  timelineQuery,
} from '../contracts/timeline.ts';
import type { SqlRunner } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { type CustomNames, findCustomFields, findPeopleNames } from './custom-names.repository.ts';
import { assertReadable } from './record-access.ts';
import { recordPaths } from './record-paths.ts';
import { resolveRecord } from './record-ref.ts';
import { listTimeline, type TimelineRow } from './timeline.repository.ts';
import { entryOf, peopleIn } from './timeline.ts';

/** Asked for where fields were changed. */
async function namesFor(runner: SqlRunner, own: RecordType, rows: readonly TimelineRow[]): Promise<CustomNames> {
  if (!rows.some(({ kind }) => kind === 'change')) return { fields: new Map(), people: new Map() };
  const fields = await findCustomFields(runner, [...new Set(rows.map(({ record }) => record?.type ?? own))]);
  return { fields, people: await findPeopleNames(runner, peopleIn(rows, own, fields)) };
}

/** What happened to records, and which record a page means. */
export function timelineRoutes({ database }: Dependencies): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/records/resolve',
      operationId: 'resolveRecord',
      tag: 'Records',
      summary: 'The record that a page of ours or of a connected CRM names, and what one may do with it',
      access: 'signed-in',
      query: recordReferenceQuery,
      responses: { 200: resolvedRecordSchema },
      handler: async ({ principal, query }) => ({ body: await resolveRecord(database.sql, principal, query.record) }),
    }),
    ...recordPaths.map(([path, type, noun]) =>
      defineRoute({
        method: 'get',
        path: `/${path}/:id/timeline`,
        operationId: `get${noun}Timeline`,
        tag: 'Activities',
        summary: `Everything that happened to the ${type}${type === 'account' ? ', its opportunities and its contacts' : ''}, newest first`,
        access: `${type}.read`,
        params: idParams,
        query: timelineQuery,
        responses: { 200: timelinePageSchema },
        async handler({ principal, params, query }) {
          await assertReadable(database.sql, principal, type, params.id);
          const { kind: kinds = timelineKinds, ...paging } = query;
          const record = { type, id: params.id };
          const { rows, nextCursor } = await listTimeline(database.sql, record, principal, { kinds, ...paging });
          const names = await namesFor(database.sql, type, rows);
          const items = rows
            .map((row) => entryOf(row, type, principal, names))
            .filter((entry): entry is TimelineEntry => entry !== null);
          return { body: { items, nextCursor } };
        },
      }),
    ),
  ];
}
