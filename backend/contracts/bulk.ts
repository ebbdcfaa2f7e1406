import { z } from 'zod';
import { idSchema, tagsSchema } from './common.ts';
import { jobSchema } from './jobs.ts';
import { filterQuery } from './record-filters.ts';

/** Up to so many records are changed at once; more become a job. */
export const BULK_AT_ONCE = 200;
/** No more than so many records in one go. */
export const BULK_MAX = 20_000;

const taggingSchema = z.strictObject({
  action: z.literal('tag'),
  add: tagsSchema.default([]),
  remove: tagsSchema.default([]),
});
const deletingSchema = z.strictObject({ action: z.literal('delete') });
const restoringSchema = z.strictObject({ action: z.literal('restore') });

/** What is done to every record that has a stage; `update` is what may be changed of one. */
const changeOf = <Update extends z.ZodType>(update: Update) =>
  z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('set'), fields: update }),
    taggingSchema,
    z.strictObject({
      action: z.literal('move'),
      stageId: idSchema,
      lostReasonId: idSchema.optional(),
      lostNote: z.string().max(1000).optional(),
    }),
    deletingSchema,
    restoringSchema,
  ]);
const customerChangeOf = <Update extends z.ZodType>(update: Update) =>
  z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('set'), fields: update }),
    taggingSchema,
    deletingSchema,
    restoringSchema,
  ]);

/** Records by id, or all that a list's filter finds. */
const requestOf = <Change extends z.ZodType, Shape extends z.core.$ZodLooseShape>(change: Change, filters: Shape) =>
  z
    .strictObject({
      ids: z.array(idSchema).min(1).max(1000).optional(),
      filter: filterQuery(filters).optional().meta({ description: 'as in the query of the list' }),
      change,
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
      message: 'give ids or filter, and not both',
      path: ['ids'],
    });

/** `POST leads/bulk` */
export const bulkRequestOf = <Update extends z.ZodType, Shape extends z.core.$ZodLooseShape>(
  update: Update,
  filters: Shape,
) => requestOf(changeOf(update), filters);

/** `POST accounts/bulk`: the same for records without stages. */
export const customerBulkRequestOf = <Update extends z.ZodType, Shape extends z.core.$ZodLooseShape>(
  update: Update,
  filters: Shape,
) => requestOf(customerChangeOf(update), filters);

/** A change as the service takes it. */
export type BulkChange =
  | { action: 'set'; fields: object }
  | { action: 'tag'; add: string[]; remove: string[] }
  | { action: 'move'; stageId: string; lostReasonId?: string | undefined; lostNote?: string | undefined }
  | { action: 'delete' | 'restore' };

export const bulkItemSchema = z
  .object({
    id: idSchema,
    outcome: z.enum(['done', 'unchanged', 'refused']),
    code: z.string().optional(),
    message: z.string().optional().meta({ description: 'why it was refused' }),
  })
  .meta({ id: 'BulkItem' });
export type BulkItem = z.infer<typeof bulkItemSchema>;

export const bulkResultSchema = z
  .object({
    total: z.number().int(),
    done: z.number().int(),
    unchanged: z.number().int().meta({ description: 'they were so already' }),
    refused: z.number().int(),
    items: z.array(bulkItemSchema).meta({ description: 'of a job: the refused ones, at most 200' }),
  })
  .meta({ id: 'BulkResult' });
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const bulkAcceptedSchema = z.object({ job: jobSchema, total: z.number().int() }).meta({ id: 'BulkAccepted' });
