import { z } from 'zod';
import { unitSchema } from './analytics.ts';
import { daySchema, decimalSchema, idSchema, manyOf, momentSchema, namedSchema, pageQueryShape } from './common.ts';

/** The metrics that add up, so that a target can be met bit by bit. */
export const targetMetricSchema = z.enum(['revenue', 'salesVolume', 'units', 'grossProfit']);
export const targetGrainSchema = z.enum(['month', 'quarter', 'year']);

/** What somebody is to reach in a period (a quota): the company, a team, or a person. */
export const targetSchema = z
  .object({
    id: idSchema,
    metric: targetMetricSchema,
    unit: unitSchema,
    currency: z.string().nullable().meta({ description: 'the company currency, where the unit is money' }),
    team: namedSchema.nullable(),
    user: namedSchema.nullable().meta({ description: 'no team and no user: the whole company' }),
    grain: targetGrainSchema,
    from: daySchema.meta({ description: 'first day of the period' }),
    to: daySchema,
    value: z.string().meta({ description: 'decimal' }),
    attained: z.string().nullable().meta({
      description: 'so far; null where the viewer may not see the metric, or not all that the target is about',
    }),
    attainment: z.number().nullable().meta({ description: 'attained / value' }),
    runRate: z.string().nullable().meta({
      description:
        'what the period ends at when it goes on as until yesterday, at least what is attained; null before its second day',
    }),
    canEdit: z.boolean(),
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Target' });
export type Target = z.output<typeof targetSchema>;
export const targetListSchema = z
  .object({ items: z.array(targetSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'TargetList' });

export const targetQuery = z.strictObject({
  ...pageQueryShape,
  metric: manyOf(targetMetricSchema),
  team: manyOf(idSchema).meta({ description: 'targets of any of these teams, and of the people named by `user`' }),
  user: manyOf(idSchema),
  from: daySchema.optional().meta({ description: 'periods that end on or after this day' }),
  to: daySchema.optional().meta({ description: 'periods that begin on or before this day' }),
});
export type TargetQuery = z.output<typeof targetQuery>;

const valueSchema = decimalSchema.refine((value) => Number(value) > 0, 'must be more than zero');
/** `POST /targets`: one value for each of `count` periods that follow each other. */
export const targetCreateSchema = z
  .strictObject({
    metric: targetMetricSchema,
    teamId: idSchema.nullable().default(null),
    userId: idSchema.nullable().default(null),
    grain: targetGrainSchema,
    from: daySchema.meta({ description: 'any day of the first period' }),
    count: z.number().int().min(1).max(24).default(1).meta({ description: 'how many periods in a row' }),
    value: valueSchema,
  })
  .refine(({ teamId, userId }) => teamId === null || userId === null, {
    message: 'must be left out where a team is given',
    path: ['userId'],
  });
export type TargetCreate = z.output<typeof targetCreateSchema>;
export const targetUpdateSchema = z.strictObject({ value: valueSchema });
export type TargetMetric = z.infer<typeof targetMetricSchema>;
export type TargetGrain = z.infer<typeof targetGrainSchema>;
