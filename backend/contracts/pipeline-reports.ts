import { z } from 'zod';
import { analyticsFilters, dimensionSchema, ordered } from './analytics.ts';
import {
  daySchema,
  decimalSchema,
  idSchema,
  momentSchema,
  moneySchema,
  namedSchema,
  pageQueryShape,
} from './common.ts';
import { questionQuery } from './custom-parameters.ts';
import { pipelineEntitySchema, stageRefSchema } from './pipelines.ts';

const { from, to, ...dimensionFilters } = analyticsFilters;

/** Which pipeline a report is about: one by id, or the default one of an entity. */
const ofPipeline = {
  entity: pipelineEntitySchema.default('opportunity'),
  pipeline: idSchema.optional().meta({ description: 'left out: the default pipeline of the entity' }),
};
const common = { ...ofPipeline, ...dimensionFilters };
const by = dimensionSchema.optional().meta({ description: 'one row more for each value of it' });
/** Only opportunities that are expected to close between two days. */
const closing = {
  closesFrom: daySchema.optional().meta({ description: 'only deals expected to close on this day or later' }),
  closesTo: daySchema.optional().meta({ description: 'only deals expected to close on this day or earlier' }),
};
const goal = {
  goal: decimalSchema
    .refine((value) => !value.startsWith('-'), 'must not be negative')
    .optional()
    .meta({
      description: 'what is to be won in the period, in the company currency; left out: what the period before won',
    }),
};
export const ageBasisSchema = z.enum(['stage', 'record']);

export const funnelQuery = ordered(questionQuery({ ...common, from, to, by }));
export type FunnelQuery = z.infer<typeof funnelQuery>;
export const velocityQuery = ordered(questionQuery({ ...common, from, to, by }));
export type VelocityQuery = z.infer<typeof velocityQuery>;
export const ageingQuery = questionQuery({ ...common, basis: ageBasisSchema.default('stage') });
export type AgeingQuery = z.infer<typeof ageingQuery>;
export const healthQuery = ordered(questionQuery({ ...common, from, to, by, ...goal }));
export type HealthQuery = z.infer<typeof healthQuery>;
export const changesQuery = ordered(questionQuery({ ...common, from, to, ...closing }));
export type ChangesQuery = z.infer<typeof changesQuery>;

const pipelineRef = z.object({ id: idSchema, name: z.string(), entity: pipelineEntitySchema });
const periodSchema = z.object({ from: daySchema, to: daySchema });
/** A share of 1 with six decimals; null where there is nothing to take a share of. */
const ratio = z.string().nullable();
const head = { pipeline: pipelineRef, asOf: momentSchema };
const keySchema = z
  .object({ id: z.string().nullable(), name: z.string() })
  .meta({ description: 'a value of the dimension; id null: not set' });
const count = z.number().int();

export const funnelStageSchema = z
  .object({
    stage: stageRefSchema,
    reached: count.meta({ description: 'came as far as this stage or further' }),
    value: moneySchema.meta({ description: 'what those are worth now' }),
    movedOn: count.meta({ description: 'came further than this stage' }),
    conversion: ratio.meta({ description: 'movedOn / reached' }),
    lost: count.meta({ description: 'came no further, and are lost' }),
    open: count.meta({ description: 'came no further so far, and are open' }),
    left: count.meta({ description: 'came no further here, and went to another pipeline' }),
  })
  .meta({ id: 'FunnelStage' });
export const funnelGroupSchema = z
  .object({
    key: keySchema.nullable().meta({ description: 'null: all together' }),
    entered: count,
    value: moneySchema,
    won: count,
    wonValue: moneySchema,
    lost: count,
    open: count,
    left: count,
    conversion: ratio.meta({ description: 'won / entered' }),
    winRate: ratio.meta({ description: 'won / (won + lost)' }),
    stages: z.array(funnelStageSchema),
  })
  .meta({ id: 'FunnelGroup' });
export type FunnelGroup = z.infer<typeof funnelGroupSchema>;
export const funnelSchema = z
  .object({
    ...head,
    period: periodSchema,
    total: funnelGroupSchema,
    groups: z.array(funnelGroupSchema),
    omitted: count,
  })
  .meta({ id: 'PipelineFunnel' });
export type Funnel = z.infer<typeof funnelSchema>;

export const velocityFiguresSchema = z
  .object({
    open: count.meta({ description: 'open at the end of the period' }),
    openValue: moneySchema,
    won: count,
    lost: count,
    winRate: ratio,
    averageValue: moneySchema.nullable().meta({ description: 'of what was won' }),
    cycleDays: z.number().nullable().meta({ description: 'median days from creation to the win' }),
    perDay: moneySchema.nullable().meta({ description: 'open * winRate * averageValue / cycleDays' }),
  })
  .meta({ id: 'VelocityFigures' });
export type VelocityFigures = z.infer<typeof velocityFiguresSchema>;
export const stageTimeSchema = z
  .object({
    stage: stageRefSchema,
    visits: count.meta({ description: 'stays in this stage that ended in the period' }),
    medianDays: z.number().nullable(),
    p90Days: z.number().nullable(),
    movedOn: count,
    movedBack: count,
    won: count,
    lost: count,
    left: count.meta({ description: 'went to another pipeline' }),
  })
  .meta({ id: 'StageTime' });
export type StageTime = z.infer<typeof stageTimeSchema>;
export const velocitySchema = z
  .object({
    ...head,
    period: periodSchema,
    comparedWith: periodSchema,
    current: velocityFiguresSchema,
    previous: velocityFiguresSchema,
    stages: z.array(stageTimeSchema),
    groups: z.array(z.object({ key: keySchema, figures: velocityFiguresSchema })),
    omitted: count,
  })
  .meta({ id: 'PipelineVelocity' });
export type Velocity = z.infer<typeof velocitySchema>;

const sized = z.object({ count, value: moneySchema });
export const ageBucketSchema = z
  .object({ fromDays: z.number().int(), toDays: z.number().int().nullable(), count, value: moneySchema })
  .meta({ id: 'AgeBucket', description: 'fromDays up to, not including, toDays' });
export const ageingStageSchema = z
  .object({
    stage: stageRefSchema,
    count,
    value: moneySchema,
    medianDays: z.number().nullable(),
    p90Days: z.number().nullable(),
    oldestDays: z.number().nullable(),
    rottingDays: z.number().int().nullable(),
    buckets: z.array(ageBucketSchema),
  })
  .meta({ id: 'AgeingStage' });
export const ageingSchema = z
  .object({ ...head, basis: ageBasisSchema, total: sized, stages: z.array(ageingStageSchema) })
  .meta({ id: 'PipelineAgeing' });
export type Ageing = z.infer<typeof ageingSchema>;

export const healthCheckIdSchema = z.enum(['stuck', 'noNextStep', 'pastClose']);
export type HealthCheckId = z.infer<typeof healthCheckIdSchema>;
export const healthCheckSchema = z
  .object({
    id: healthCheckIdSchema,
    count,
    value: moneySchema,
    share: ratio.meta({ description: 'of the open ones' }),
  })
  .meta({ id: 'HealthCheck' });
export const coverageSchema = z
  .object({
    due: sized.meta({ description: 'open and expected to close in the period' }),
    weighted: moneySchema.meta({ description: 'of those, by probability' }),
    wonSoFar: sized.meta({ description: 'won in the period' }),
    goal: moneySchema.nullable(),
    goalBasis: z.enum(['given', 'previous']).meta({ description: 'previous: what was won in goalPeriod' }),
    goalPeriod: periodSchema,
    remaining: moneySchema.nullable().meta({ description: 'goal - wonSoFar, never below zero' }),
    ratio: ratio.meta({ description: 'due / remaining; null: nothing remains, or there is no goal' }),
  })
  .meta({ id: 'PipelineCoverage' });
const stuckAfter = z
  .object({
    stage: stageRefSchema,
    days: z.number().nullable().meta({ description: 'longer in the stage than this is stuck; null: it is not known' }),
    basis: z.enum(['set', 'usual']).nullable().meta({
      description:
        "set: the stage's rotting days; usual: nine of ten stays that ended in the last 180 days were shorter",
    }),
    stuck: count,
  })
  .meta({ id: 'StuckStage' });
export const healthSchema = z
  .object({
    ...head,
    period: periodSchema,
    open: sized,
    healthy: sized.meta({ description: 'open, and no check has anything to say' }),
    checks: z.array(healthCheckSchema),
    stages: z.array(stuckAfter),
    coverage: coverageSchema.nullable().meta({ description: 'null for leads: they have no close date' }),
    groups: z.array(
      z.object({ key: keySchema, open: sized, healthy: sized, stuck: count, noNextStep: count, pastClose: count }),
    ),
    omitted: count,
  })
  .meta({ id: 'PipelineHealth' });
export type Health = z.infer<typeof healthSchema>;

/** The bars of the waterfall in reading order: what was there, what changed it, what is there. */
export const changeBarSchema = z.enum([
  'opening',
  'created',
  'movedIn',
  'grew',
  'shrank',
  'movedOut',
  'won',
  'lost',
  'closing',
]);
export type ChangeBar = z.infer<typeof changeBarSchema>;
export const changesSchema = z
  .object({
    ...head,
    period: periodSchema,
    bars: z.array(
      z.object({
        bar: changeBarSchema,
        records: count.meta({ description: 'how many records are in this bar' }),
        count: count.meta({ description: 'what it does to their number' }),
        value: moneySchema.meta({ description: 'what it does to their value' }),
      }),
    ),
  })
  .meta({ id: 'PipelineChanges', description: 'opening + all bars between = closing, to the last digit' });
export type Changes = z.infer<typeof changesSchema>;

export const pipelineSetSchema = z.enum([
  'reached',
  'stopped',
  'wonOfFunnel',
  'open',
  'won',
  'lost',
  'visits',
  'ageing',
  'stuck',
  'noNextStep',
  'pastClose',
  'healthy',
  'due',
  'change',
]);
export type PipelineSet = z.infer<typeof pipelineSetSchema>;
export const pipelineRecordsQuery = ordered(
  questionQuery({
    ...common,
    from,
    to,
    ...closing,
    ...pageQueryShape,
    set: pipelineSetSchema.meta({ description: 'the number whose records are listed' }),
    stage: idSchema.optional().meta({ description: 'reached, stopped, visits, ageing, stuck: of this stage' }),
    outcome: z.enum(['open', 'lost', 'left']).optional().meta({ description: 'stopped: how it stands with them' }),
    basis: ageBasisSchema.default('stage'),
    minDays: z.coerce.number().int().min(0).max(100_000).optional().meta({ description: 'ageing: at least this old' }),
    maxDays: z.coerce.number().int().min(0).max(100_000).optional().meta({ description: 'ageing: younger than this' }),
    bar: changeBarSchema.optional().meta({ description: 'change: which bar' }),
  }),
);
export type PipelineRecordsQuery = z.infer<typeof pipelineRecordsQuery>;
export const pipelineRecordSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    company: z.string().nullable(),
    stage: stageRefSchema,
    owner: namedSchema.nullable(),
    expectedCloseOn: daySchema.nullable(),
    nextStep: z.string().nullable(),
    value: moneySchema.nullable().meta({ description: 'what it is worth now, in its own currency' }),
    counted: moneySchema.nullable().meta({ description: 'what it adds to the number, in the company currency' }),
    before: moneySchema.nullable().meta({ description: 'change: what it was worth when the period began' }),
    after: moneySchema.nullable().meta({ description: 'change: what it was worth when the period ended' }),
    days: z
      .number()
      .nullable()
      .meta({ description: 'how long in the stage (visits, ageing, stuck), or until the win' }),
  })
  .meta({ id: 'PipelineRecord' });
export type PipelineRecord = z.infer<typeof pipelineRecordSchema>;
export const pipelineRecordsSchema = z
  .object({ entity: pipelineEntitySchema, items: z.array(pipelineRecordSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'PipelineRecords' });
export type PipelineRecords = z.infer<typeof pipelineRecordsSchema>;
