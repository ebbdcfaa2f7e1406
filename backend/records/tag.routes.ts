import { type Actor, recordAudit } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import { type Tag, tagListQuery, tagListSchema, tagSchema, tagUpdateSchema } from '../contracts/tags.ts';
import { isUniqueViolation, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, notFound, ProblemError } from '../http/index.ts';
import { tagKey } from '../pipeline/index.ts';
import { eraseTag, listTags, lockTag, retag, writeTag } from './tag.repository.ts';

/** The company's tags. They are made by putting them on a record; here they are tidied. */
export function tagRoutes({ database }: Pick<Dependencies, 'database'>): AnyRoute[] {
  const shared = { tag: 'Tags' } as const;

  async function locked(tx: Tx, id: string): Promise<Tag> {
    const tag = await lockTag(tx.sql, id);
    if (!tag) throw notFound('tag');
    return tag;
  }

  const change = (actor: Actor, id: string, input: { name?: string | undefined; colour?: Tag['colour'] | undefined }) =>
    database.transaction(async (tx) => {
      const before = await locked(tx, id);
      const after: Tag = { id, name: input.name ?? before.name, colour: input.colour ?? before.colour };
      await writeTag(tx.sql, after, tagKey(after.name));
      if (after.name !== before.name) await retag(tx.sql, before.name, after.name);
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
      handler: async ({ query }) => ({
        body: { items: await listTags(database.sql, query.q ?? ''), nextCursor: null },
      }),
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
          await recordAudit(tx.sql, actor, { action: 'tag.deleted', entity: 'tag', entityId: params.id, before });
        });
        return { status: 204 };
      },
    }),
  ];
}
