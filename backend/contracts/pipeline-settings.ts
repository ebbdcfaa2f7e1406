import { z } from 'zod';
import { flagSchema, idSchema, lineSchema } from './common.ts';
import { pipelineEntitySchema, stageColourSchema, stageKindSchema } from './pipelines.ts';

const stageShape = {
  name: lineSchema(60),
  kind: stageKindSchema,
  probability: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: '0..1; a won stage has 1, a lost one 0, whatever is sent' }),
  colour: stageColourSchema,
  wipLimit: z.number().int().min(1).max(100_000).nullable(),
  rottingDays: z.number().int().min(1).max(3650).nullable(),
  requiredFields: z
    .array(z.string().max(100))
    .max(50)
    .meta({ description: 'fields that must have a value on entry; custom ones as custom.key' }),
  limitsNext: z.boolean(),
  nextStageIds: z.array(idSchema).max(100),
};

/** A new stage; it goes behind the last one of its kind. */
export const stageCreateSchema = z.strictObject({
  name: stageShape.name,
  kind: stageShape.kind.default('open'),
  probability: stageShape.probability.default(0.5),
  colour: stageShape.colour.default('grey'),
  wipLimit: stageShape.wipLimit.default(null),
  rottingDays: stageShape.rottingDays.default(null),
  requiredFields: stageShape.requiredFields.default([]),
  limitsNext: stageShape.limitsNext.default(false),
  nextStageIds: stageShape.nextStageIds.default([]),
});
export type StageCreate = z.infer<typeof stageCreateSchema>;

export const stageUpdateSchema = z.strictObject(stageShape).partial();
export type StageUpdate = z.infer<typeof stageUpdateSchema>;

/** Every stage that is in use, in its new order. */
export const stageOrderSchema = z.strictObject({ stageIds: z.array(idSchema).min(1).max(100) });

/** A new pipeline; left out: the stages that an installation starts with. */
export const pipelineCreateSchema = z.strictObject({
  entity: pipelineEntitySchema,
  name: lineSchema(60),
  asksLostReason: z.boolean().default(false),
  stages: z
    .array(stageCreateSchema.omit({ limitsNext: true, nextStageIds: true }))
    .min(2)
    .max(50)
    .optional(),
});
export type PipelineCreate = z.infer<typeof pipelineCreateSchema>;

export const pipelineUpdateSchema = z.strictObject({
  name: lineSchema(60).optional(),
  isDefault: z.literal(true).optional().meta({ description: 'the one it takes over from is it no more' }),
  asksLostReason: z.boolean().optional(),
  position: z.number().int().min(0).max(1000).optional(),
});
export type PipelineUpdate = z.infer<typeof pipelineUpdateSchema>;

/** Where the records of what is archived go; not needed when there are none. */
export const archiveSchema = z.strictObject({ moveTo: idSchema.optional().meta({ description: 'a stage' }) });

/** How many records a stage holds, whoever owns them. */
export const pipelineUsageSchema = z
  .object({ stages: z.array(z.object({ id: idSchema, records: z.number().int() })) })
  .meta({ id: 'PipelineUsage' });
export type PipelineUsage = z.infer<typeof pipelineUsageSchema>;

export const lostReasonSchema = z
  .object({
    id: idSchema,
    entity: pipelineEntitySchema,
    label: z.string(),
    position: z.number().int(),
    isArchived: z.boolean(),
  })
  .meta({ id: 'LostReason' });
export type LostReason = z.infer<typeof lostReasonSchema>;
export const lostReasonListSchema = z.object({ items: z.array(lostReasonSchema), nextCursor: z.null() });
export const lostReasonQuery = z.strictObject({
  entity: pipelineEntitySchema.optional(),
  archived: flagSchema.optional().meta({ description: 'true: also those that nobody can choose any more' }),
});
export const lostReasonCreateSchema = z.strictObject({ entity: pipelineEntitySchema, label: lineSchema(80) });
export const lostReasonUpdateSchema = z.strictObject({
  label: lineSchema(80).optional(),
  isArchived: z.boolean().optional(),
});
/** Every reason that can be chosen, in its new order. */
export const lostReasonOrderSchema = z.strictObject({
  entity: pipelineEntitySchema,
  ids: z.array(idSchema).max(200),
});
