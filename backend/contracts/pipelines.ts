import { z } from 'zod';
import { flagSchema, idSchema, momentSchema, namedSchema } from './common.ts';

export const pipelineEntitySchema = z.enum(['lead', 'opportunity']);
export type PipelineEntity = z.infer<typeof pipelineEntitySchema>;

export const stageKindSchema = z.enum(['open', 'won', 'lost']);
/** The palette: each name has a colour in light and in dark pages. */
export const stageColourSchema = z.enum(['grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'pink', 'purple']);
export type StageColour = z.infer<typeof stageColourSchema>;
export const stageSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    kind: stageKindSchema,
    probability: z.number(),
    position: z.number().int(),
    colour: stageColourSchema,
    wipLimit: z.number().int().nullable().meta({ description: 'more cards than this are too many; null: no limit' }),
    rottingDays: z.number().int().nullable().meta({ description: 'a card that stays longer rots; null: never' }),
    requiredFields: z.array(z.string()).meta({ description: 'what it asks for on entry; custom fields as custom.key' }),
    limitsNext: z.boolean().meta({ description: 'cards go from here only into nextStageIds' }),
    nextStageIds: z.array(idSchema),
    archivedAt: momentSchema.nullable(),
  })
  .meta({ id: 'Stage' });
export type Stage = z.infer<typeof stageSchema>;

/** The stage as a record carries it. */
export const stageRefSchema = z
  .object({ id: idSchema, name: z.string(), kind: stageKindSchema })
  .meta({ id: 'StageRef' });

export const pipelineSchema = z
  .object({
    id: idSchema,
    entity: pipelineEntitySchema,
    name: z.string(),
    isDefault: z.boolean(),
    asksLostReason: z.boolean().meta({ description: 'whoever loses a record must say why' }),
    position: z.number().int(),
    archivedAt: momentSchema.nullable(),
    version: z.number().int(),
    stages: z.array(stageSchema),
  })
  .meta({ id: 'Pipeline' });
export type Pipeline = z.infer<typeof pipelineSchema>;
export const pipelineListSchema = z.object({
  items: z.array(pipelineSchema),
  nextCursor: z.null(),
});
export const pipelineListQuery = z.strictObject({
  entity: pipelineEntitySchema.optional(),
  archived: flagSchema.optional().meta({ description: 'true: also pipelines and stages that are in use no more' }),
});

export const stageEventSchema = z
  .object({
    id: idSchema,
    at: momentSchema,
    from: stageRefSchema.nullable(),
    to: stageRefSchema,
    actor: namedSchema.nullable(),
  })
  .meta({ id: 'StageEvent' });
export type StageEvent = z.infer<typeof stageEventSchema>;
