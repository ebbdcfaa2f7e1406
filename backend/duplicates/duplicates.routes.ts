import { isAllowed, type Principal, recordAudit } from '../access/index.ts';
import { idParams, type RecordType } from '../contracts/common.ts';
import {
  duplicateCheckAnswerSchema,
  duplicateCheckSchema,
  duplicateDismissSchema,
  duplicateListQuery,
  duplicatePageSchema,
  mergeListQuery,
  mergeListSchema,
  mergeRequestSchema,
  mergeSchema,
} from '../contracts/duplicates.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, decodeCursor, defineRoute, encodeCursor, forbidden, notFound } from '../http/index.ts';
import { dismiss, listGroups } from './group.repository.ts';
import { findLookAlikes, traitsOf } from './look-alike.repository.ts';
import { createMergeService } from './merge.service.ts';
import { type Mergeable, mergeables } from './mergeable.ts';

const CURSOR = 'duplicates';

const plural: Readonly<Record<RecordType, string>> = {
  lead: 'leads',
  opportunity: 'opportunities',
  account: 'accounts',
  contact: 'contacts',
};

/** The kind, for who may see records of it at all. @throws 403 */
function visibleKind(principal: Principal, entity: RecordType): Mergeable {
  const kind = mergeables[entity];
  if (!isAllowed(principal, kind.read)) throw forbidden(`see ${plural[entity]}`);
  return kind;
}

/** Records that look alike, and making them one. */
export function duplicateRoutes(deps: Dependencies): AnyRoute[] {
  const { database } = deps;
  const merges = createMergeService(deps);
  return [
    defineRoute({
      method: 'post',
      path: '/duplicates/check',
      operationId: 'checkDuplicates',
      tag: 'Duplicates',
      summary: 'Records that look like one with these traits, within the asker’s reach',
      access: 'signed-in',
      body: duplicateCheckSchema,
      responses: { 200: duplicateCheckAnswerSchema },
      async handler({ principal, body }) {
        const { entity, id, ...given } = body;
        const kind = visibleKind(principal, entity);
        const traits = id === undefined ? given : await traitsOf(database.sql, kind, principal, id);
        if (!traits) throw notFound(entity);
        return { body: { items: await findLookAlikes(database.sql, kind, principal, traits, id ?? null) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/duplicates',
      operationId: 'listDuplicates',
      tag: 'Duplicates',
      summary: 'Groups of records that share an e-mail address, phone number, domain or name',
      access: 'signed-in',
      query: duplicateListQuery,
      responses: { 200: duplicatePageSchema },
      async handler({ principal, query }) {
        const kind = visibleKind(principal, query.entity);
        const position = decodeCursor(query.cursor, `${CURSOR} ${query.entity}`, 1);
        const { groups, last } = await listGroups(database.sql, kind, principal, {
          limit: query.limit,
          before: position ? String(position[0]).split(' ') : null,
          since: query.since ?? null,
        });
        const nextCursor = last ? encodeCursor(`${CURSOR} ${query.entity}`, [last.join(' ')]) : null;
        return { body: { items: groups, nextCursor } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/duplicates/dismiss',
      operationId: 'dismissDuplicates',
      tag: 'Duplicates',
      summary: 'Say that these are different records',
      access: 'signed-in',
      body: duplicateDismissSchema,
      responses: { 204: null },
      async handler({ principal, actor, body }) {
        const kind = visibleKind(principal, body.entity);
        if (!isAllowed(principal, kind.write)) throw forbidden(`change ${plural[body.entity]}`);
        for (const id of body.ids) {
          if (!(await traitsOf(database.sql, kind, principal, id))) throw notFound(body.entity);
        }
        await database.transaction(async (tx) => {
          await dismiss(tx.sql, kind, body.ids, principal.userId);
          await recordAudit(tx.sql, actor, {
            action: `${body.entity}.not-duplicates`,
            entity: body.entity,
            entityId: body.ids[0] ?? null,
            after: { ids: body.ids },
          });
        });
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/merges',
      operationId: 'mergeRecords',
      tag: 'Duplicates',
      summary: 'Make several records one; can be undone for 30 days',
      access: 'signed-in',
      body: mergeRequestSchema,
      responses: { 201: mergeSchema },
      async handler({ principal, actor, body }) {
        visibleKind(principal, body.entity);
        return { status: 201, body: await merges.merge(actor, body) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/merges',
      operationId: 'listMerges',
      tag: 'Duplicates',
      summary: 'What was merged into a record, newest first',
      access: 'signed-in',
      query: mergeListQuery,
      responses: { 200: mergeListSchema },
      async handler({ principal, query }) {
        visibleKind(principal, query.entity);
        return { body: { items: await merges.list(principal, query.entity, query.record), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/merges/:id/undo',
      operationId: 'undoMerge',
      tag: 'Duplicates',
      summary: 'Take a merge back',
      access: 'signed-in',
      params: idParams,
      responses: { 200: mergeSchema },
      handler: async ({ actor, params }) => ({ body: await merges.undo(actor, params.id) }),
    }),
  ];
}
