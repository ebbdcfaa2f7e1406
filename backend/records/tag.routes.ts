import { type Actor, isAllowed, recordAudit } from '../access/index.ts';
import { renameTagInRules } from '../automation/index.ts';
import { idParams, recordTypeSchema } from '../contracts/common.ts';
import {
  type Tag,
  tagListQuery,
  tagListSchema,
  tagMergeSchema,
  tagSchema,
  tagUpdateSchema,
} from '../contracts/tags.ts';
import { isUniqueViolation, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, forbidden, invalid, notFound, ProblemError } from '../http/index.ts';
import { tagKey } from '../pipeline/index.ts';
import { countTagged, eraseTag, listTags, lockTag, renameTagInViews, retag, writeTag } from './tag.repository.ts';

/** The company's tags. They are made by putting them on a record; here they are tidied. */
export function tagRoutes({ database, changes }: Pick<Dependencies, 'database' | 'changes'>): AnyRoute[] {
  const shared = { tag: 'Tags' } as const;

  async function locked(tx: Tx, id: string): Promise<Tag> {
    const tag = await lockTag(tx.sql, id);
    if (!tag) throw notFound('tag');
    return tag;
  }

  /** Cards and lists show tags: open pages read them anew. */
  const announce = (tx: Tx) =>
    tx.afterCommit(() => {
      for (const entity of recordTypeSchema.options) changes?.announceMany(entity);
    });

  /** On records, and wherever somebody asks for the tag by its name. */
  async function rename(tx: Tx, actor: Actor, before: string, after: string): Promise<void> {
    await retag(tx.sql, before, after);
    await renameTagInViews(tx.sql, before, after);
    await renameTagInRules(tx.sql, actor, before, after);
  }

  const merge = (actor: Actor, id: string, into: string) =>
    database.transaction(async (tx) => {
      if (id === into) throw invalid('/into', 'must be another tag');
      // In one order, so that two merges never wait for each other.
      const [first, second] = [id, into].sort();
      const tags = [await lockTag(tx.sql, first ?? id), await lockTag(tx.sql, second ?? into)];
      const [before, after] = [tags.find((tag) => tag?.id === id), tags.find((tag) => tag?.id === into)];
      if (!before) throw notFound('tag');
      if (!after) throw invalid('/into', 'is no tag');
      await rename(tx, actor, before.name, after.name);
      await eraseTag(tx.sql, id);
      await recordAudit(tx.sql, actor, { action: 'tag.merged', entity: 'tag', entityId: id, before, after });
      announce(tx);
      return after;
    });

  const change = (actor: Actor, id: string, input: { name?: string | undefined; colour?: Tag['colour'] | undefined }) =>
    database.transaction(async (tx) => {
      const before = await locked(tx, id);
      const after: Tag = { id, name: input.name ?? before.name, colour: input.colour ?? before.colour };
      await writeTag(tx.sql, after, tagKey(after.name));
      if (after.name !== before.name) {
        await rename(tx, actor, before.name, after.name);
        announce(tx);
      }
      await recordAudit(tx.sql, actor, { action: 'tag.updated', entity: 'tag', entityId: id, before, after });
      return after;
    });

  return [
    defineRoute({
      ...shared,
      method: 'get',
      path: '/tags',
      operationId: 'listTags',
      summary: 'Tags that records have or had, by name',
      access: 'signed-in',
      query: tagListQuery,
      responses: { 200: tagListSchema },
      async handler({ principal, query }) {
        const items = await listTags(database.sql, query.q ?? '');
        if (!query.count) return { body: { items, nextCursor: null } };
        // It says how many records there are beyond one's own.
        if (!isAllowed(principal, 'field.manage')) throw forbidden('count the records of tags');
        const records = await countTagged(database.sql);
        return {
          body: { items: items.map((tag) => ({ ...tag, records: records.get(tag.name) ?? 0 })), nextCursor: null },
        };
      },
    }),
    defineRoute({
      ...shared,
      method: 'post',
      path: '/tags/:id/merge',
      operationId: 'mergeTag',
      summary: 'Make a tag part of another one on every record',
      access: 'field.manage',
      params: idParams,
      body: tagMergeSchema,
      responses: { 200: tagSchema },
      handler: async ({ actor, params, body }) => ({ body: await merge(actor, params.id, body.into) }),
    }),
    defineRoute({
      ...shared,
      method: 'patch',
      path: '/tags/:id',
      operationId: 'updateTag',
      summary: 'Rename a tag on every record, or give it another colour',
      access: 'field.manage',
      params: idParams,
      body: tagUpdateSchema,
      responses: { 200: tagSchema },
      async handler({ actor, params, body }) {
        try {
          return { body: await change(actor, params.id, body) };
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
          throw new ProblemError('conflict', `There is a tag of this name already.`, {
            errors: [{ pointer: '/name', message: 'is taken' }],
          });
        }
      },
    }),
    defineRoute({
      ...shared,
      method: 'delete',
      path: '/tags/:id',
      operationId: 'deleteTag',
      summary: 'Take a tag off every record',
      access: 'field.manage',
      params: idParams,
      responses: { 204: null },
      async handler({ actor, params }) {
        await database.transaction(async (tx) => {
          const before = await locked(tx, params.id);
          await retag(tx.sql, before.name, null);
          await eraseTag(tx.sql, params.id);
          announce(tx);
          await recordAudit(tx.sql, actor, { action: 'tag.deleted', entity: 'tag', entityId: params.id, before });
        });
        return { status: 204 };
      },
    }),
  ];
}
