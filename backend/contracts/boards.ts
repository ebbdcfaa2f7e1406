import { z } from 'zod';
import { daySchema, idSchema, manyOf, momentSchema, moneySchema, namedSchema } from './common.ts';
import { pipelineEntitySchema, stageSchema } from './pipelines.ts';

/** Values of a card beyond what every card has, by the names that were asked for. */
const cardDetailsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), moneySchema, z.null()]),
);

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
    details: cardDetailsSchema.optional().meta({ description: 'the further fields that were asked for' }),
  })
  .meta({ id: 'Card' });
export type Card = z.infer<typeof cardSchema>;

const columnTotals = {
  count: z.number().int().meta({ description: "all cards of the column within the filters and the viewer's scope" }),
  value: moneySchema.meta({ description: 'their total in the company currency' }),
  weighted: moneySchema.meta({ description: 'the same, each card times its probability' }),
  rotting: z.number().int().meta({ description: 'cards that have been here longer than the stage allows' }),
};

export const boardColumnSchema = z
  .object({
    stage: stageSchema,
    ...columnTotals,
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

/** What a lane is made of. */
export const laneKindSchema = z.enum(['owner', 'segment', 'score']);
export type LaneKind = z.infer<typeof laneKindSchema>;

export const boardLanesSchema = z
  .object({
    items: z.array(
      z.object({
        key: z.string().meta({ description: 'narrows the board to this lane: ?owner=KEY, ?segment=KEY or ?score=KEY' }),
        name: z.string().nullable().meta({ description: 'null: nobody, or not set' }),
        count: z.number().int(),
        value: moneySchema,
        weighted: moneySchema,
      }),
    ),
  })
  .meta({ id: 'BoardLanes' });
export type BoardLanes = z.infer<typeof boardLanesSchema>;

/** Some cards and all totals as they are now: what an open board needs after a change. Cards that left it are missing. */
export const boardCardsSchema = z
  .object({
    cards: z.array(z.object({ stageId: idSchema, card: cardSchema })),
    columns: z.array(z.object({ stageId: idSchema, ...columnTotals })),
    asOf: momentSchema,
  })
  .meta({ id: 'BoardCards' });
export type BoardCards = z.infer<typeof boardCardsSchema>;

/** One click each; together they narrow further. */
export const quickFilterSchema = z.enum(['unassigned', 'rotting', 'past-close', 'no-next-step', 'overdue-task', 'hot']);
export type QuickFilter = z.infer<typeof quickFilterSchema>;

/** Hot: 70 and above, warm: 40 and above. */
export const scoreBandSchema = z.enum(['hot', 'warm', 'cold', 'none']);

const boardFilters = {
  owner: z.union([idSchema, z.literal('me'), z.literal('nobody')]).optional(),
  team: idSchema.optional(),
  source: z.string().max(200).optional(),
  segment: z.string().max(200).optional(),
  tag: z.string().trim().min(1).max(100).optional(),
  score: scoreBandSchema.optional(),
  quick: manyOf(quickFilterSchema, 6),
  q: z.string().trim().max(200).optional(),
};
const boardView = {
  fields: manyOf(
    z.string().regex(/^(custom\.[a-z][a-z0-9_]{0,59}|[a-zA-Z]{1,30})$/, 'must be a field such as source or custom.key'),
    8,
  ),
  asOf: daySchema.optional().meta({ description: 'the board as it stood when this business day ended; read-only' }),
};
/** First cards of every column. Columns are cut at `limit`; more by boards/{id}/columns/{stageId}. */
export const boardQuery = z.strictObject({
  ...boardFilters,
  ...boardView,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type BoardQuery = z.infer<typeof boardQuery>;
export const boardColumnQuery = z.strictObject({
  ...boardFilters,
  ...boardView,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(1000).optional(),
});
export const boardCardsQuery = z.strictObject({
  ...boardFilters,
  fields: boardView.fields,
  ids: manyOf(idSchema, 100),
});
export const boardLanesQuery = z.strictObject({
  ...boardFilters,
  asOf: boardView.asOf,
  by: laneKindSchema.default('owner'),
});
