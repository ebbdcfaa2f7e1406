import { z } from 'zod';
import { idSchema, momentSchema, moneySchema, namedSchema } from './common.ts';

export const pipelineEntitySchema = z.enum(['lead', 'opportunity']);
export type PipelineEntity = z.infer<typeof pipelineEntitySchema>;

export const stageKindSchema = z.enum(['open', 'won', 'lost']);
export const stageSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    kind: stageKindSchema,
    probability: z.number(),
    position: z.number().int(),
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
    stages: z.array(stageSchema),
  })
  .meta({ id: 'Pipeline' });
export type Pipeline = z.infer<typeof pipelineSchema>;
export const pipelineListSchema = z.object({
  items: z.array(pipelineSchema),
  nextCursor: z.null(),
});

/** Where a card goes: into a stage, before or after another card of it (neither: on top). */
export const stageMoveSchema = z
  .strictObject({
    stageId: idSchema,
    before: idSchema.optional(),
    after: idSchema.optional(),
  })
  .refine((move) => !(move.before && move.after), {
    message: 'give before or after, not both',
    path: ['after'],
  });
export type StageMove = z.infer<typeof stageMoveSchema>;

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

/** A card: the few fields a board shows. Same for leads and opportunities. */
export const cardSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    subtitle: z.string().nullable().meta({ description: 'company or account' }),
    value: moneySchema.nullable(),
    owner: namedSchema.nullable(),
    score: z.number().nullable(),
    position: z.number(),
    stageSince: momentSchema,
    dueOn: z.string().nullable().meta({ description: 'expected close (opportunities)' }),
    version: z.number().int(),
    canMove: z.boolean().meta({ description: 'may the viewer move it' }),
  })
  .meta({ id: 'Card' });
export type Card = z.infer<typeof cardSchema>;

export const boardColumnSchema = z
  .object({
    stage: stageSchema,
    count: z.number().int().meta({
      description: "all cards of the column within the filters and the viewer's scope",
    }),
    value: moneySchema.meta({
      description: 'their total in the company currency',
    }),
    cards: z.array(cardSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'BoardColumn' });
export type BoardColumn = z.infer<typeof boardColumnSchema>;

export const boardSchema = z
  .object({
    pipeline: z.object({
      id: idSchema,
      entity: pipelineEntitySchema,
      name: z.string(),
    }),
    columns: z.array(boardColumnSchema),
    asOf: momentSchema,
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof boardSchema>;

const boardFilters = {
  owner: z.union([idSchema, z.literal('me')]).optional(),
  team: idSchema.optional(),
  source: z.string().max(200).optional(),
  segment: z.string().max(200).optional(),
  q: z.string().trim().max(200).optional(),
};
/** First cards of every column. Columns are cut at `limit`; more by boards/{id}/columns/{stageId}. */
export const boardQuery = z.strictObject({
  ...boardFilters,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const boardColumnQuery = z.strictObject({
  ...boardFilters,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(1000).optional(),
});
export type BoardQuery = z.infer<typeof boardQuery>;

export const customFieldSchema = z
  .object({
    id: idSchema,
    entity: z.enum(['lead', 'opportunity', 'account', 'contact']),
    key: z.string(),
    label: z.string(),
    type: z.enum(['text', 'number', 'date', 'boolean', 'choice']),
    options: z.array(z.string()),
    required: z.boolean(),
    helpText: z.string().nullable(),
  })
  .meta({ id: 'CustomField' });
export type CustomField = z.infer<typeof customFieldSchema>;
export const customFieldListSchema = z.object({
  items: z.array(customFieldSchema),
  nextCursor: z.null(),
});
export const customFieldCreateSchema = z.strictObject({
  entity: z.enum(['lead', 'opportunity', 'account', 'contact']),
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be lower-case letters, digits and _ (at most 60), starting with a letter'),
  label: z.string().trim().min(1).max(100),
  type: z.enum(['text', 'number', 'date', 'boolean', 'choice']),
  options: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
  required: z.boolean().default(false),
  helpText: z.string().max(500).nullable().default(null),
});
