import { z } from 'zod';
import {
  emailSchema,
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageQueryShape,
  recordTypeSchema,
} from './common.ts';

/** Why two records look like one. */
export const duplicateReasonSchema = z.enum(['email', 'phone', 'domain', 'name']);
export type DuplicateReason = z.infer<typeof duplicateReasonSchema>;

/** A record as somebody who compares needs it. */
export const lookAlikeSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    subtitle: z.string().nullable().meta({ description: 'company, account or domain' }),
    owner: namedSchema.nullable(),
    createdAt: momentSchema,
    version: z.number().int(),
    canMerge: z.boolean().meta({ description: 'may the asker change and delete it' }),
  })
  .meta({ id: 'LookAlike' });
export type LookAlike = z.infer<typeof lookAlikeSchema>;

/** `POST duplicates/check`: what somebody is about to create, or has in front of them. */
export const duplicateCheckSchema = z.strictObject({
  entity: recordTypeSchema,
  id: idSchema.optional().meta({ description: 'a record that exists: the others like it' }),
  name: lineSchema().optional(),
  company: lineSchema().nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: lineSchema(50).nullable().optional(),
  domain: lineSchema().nullable().optional(),
  accountId: idSchema.nullable().optional(),
});
export type DuplicateCheck = z.infer<typeof duplicateCheckSchema>;
export const duplicateCheckAnswerSchema = z
  .object({ items: z.array(lookAlikeSchema.extend({ reasons: z.array(duplicateReasonSchema) })) })
  .meta({ id: 'LookAlikes' });
export type DuplicateCheckAnswer = z.infer<typeof duplicateCheckAnswerSchema>;

/** `GET duplicates`: groups of records that look like one, the newest first. */
export const duplicateListQuery = z.strictObject({
  ...pageQueryShape,
  entity: recordTypeSchema,
  since: momentSchema.optional().meta({ description: 'only groups with a record created at or after this moment' }),
});
export const duplicateGroupSchema = z
  .object({ reasons: z.array(duplicateReasonSchema), records: z.array(lookAlikeSchema) })
  .meta({ id: 'DuplicateGroup' });
export type DuplicateGroup = z.infer<typeof duplicateGroupSchema>;
export const duplicatePageSchema = z
  .object({ items: z.array(duplicateGroupSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'DuplicatePage' });

/** `POST duplicates/dismiss`: these are different ones, don't show them together again. */
export const duplicateDismissSchema = z.strictObject({
  entity: recordTypeSchema,
  ids: z.array(idSchema).min(2).max(20),
});

/** `POST merges`: `absorbedIds` become part of `survivorId`, which keeps its stage and history. */
export const mergeRequestSchema = z.strictObject({
  entity: recordTypeSchema,
  survivorId: idSchema,
  absorbedIds: z.array(idSchema).min(1).max(10),
  fields: z.record(z.string().max(80), idSchema).default({}).meta({
    description: "field -> record whose value stays; left out: the survivor's, else the first one that has any",
  }),
});
export type MergeRequest = z.infer<typeof mergeRequestSchema>;

export const mergeSchema = z
  .object({
    id: idSchema,
    entity: recordTypeSchema,
    survivor: namedSchema,
    absorbed: z.array(namedSchema),
    mergedAt: momentSchema,
    mergedBy: namedSchema.nullable(),
    undoneAt: momentSchema.nullable(),
    undoneBy: namedSchema.nullable(),
  })
  .meta({ id: 'Merge' });
export type Merge = z.infer<typeof mergeSchema>;
export const mergeListQuery = z.strictObject({ entity: recordTypeSchema, record: idSchema });
export const mergeListSchema = z
  .object({ items: z.array(mergeSchema), nextCursor: z.null() })
  .meta({ id: 'MergeList' });
