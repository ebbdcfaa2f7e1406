import { z } from 'zod';
import { daySchema, flagSchema, idSchema, manyOf, momentSchema, pageQueryShape } from './common.ts';
import { questionQuery } from './custom-parameters.ts';
import { fieldTypeSchema } from './fields.ts';

export const metricIdSchema = z.enum([
  'revenue',
  'salesVolume',
  'units',
  'grossProfit',
  'profitMargin',
  'conversionRate',
  'winRate',
  'acquisitionCost',
  'activeCustomers',
  'averageDeal',
  'salesCycle',
  'pipelineValue',
  'weightedPipeline',
  'velocity',
]);
export type MetricId = z.infer<typeof metricIdSchema>;

/** How a value is written: money (company currency), count, ratio (0..1), days, money a day. */
export const unitSchema = z.enum(['money', 'count', 'ratio', 'days', 'moneyPerDay']);
export type Unit = z.infer<typeof unitSchema>;

export const grainSchema = z.enum(['day', 'week', 'month', 'quarter', 'year']);
export type Grain = z.infer<typeof grainSchema>;
export const dimensionSchema = z.enum(['product', 'category', 'region', 'team', 'owner', 'source', 'segment']);
export type Dimension = z.infer<typeof dimensionSchema>;

/**
 * What is done with the figures before they are shown: each with all before it, as a share (of the whole series,
 * or of the period or the breakdown where it is split), or as the mean of the latest periods.
 */
export const transformSchema = z.enum(['none', 'runningTotal', 'share', 'movingAverage']);
export type Transform = z.infer<typeof transformSchema>;

/** A custom field that the administrator opened to analytics, of the lead, opportunity or account behind a number. */
const customDimensionSchema = z
  .templateLiteral([
    'custom.',
    z.enum(['lead', 'opportunity', 'account']),
    '.',
    z.string().regex(/^[a-z][a-z0-9_]{0,59}$/),
  ])
  .meta({ description: 'custom.lead.key, custom.opportunity.key or custom.account.key' });
export type CustomDimension = z.infer<typeof customDimensionSchema>;
/** What numbers can be split by: the house's dimensions and custom ones. */
export const breakdownSplitSchema = z.union([dimensionSchema, customDimensionSchema]);
/** What numbers can be split by. */
export type Split = Dimension | CustomDimension;

/**
 * What every analytics question takes, beside `custom.ENTITY.KEY` for fields that numbers can be split by. Repeated
 * parameters mean "any of"; an empty value means "not set".
 */
export const analyticsFilters = {
  from: daySchema,
  to: daySchema,
  category: manyOf(z.string().max(200)),
  product: manyOf(z.union([idSchema, z.literal('')])),
  region: manyOf(z.string().max(200)),
  team: manyOf(z.union([idSchema, z.literal('')])),
  owner: manyOf(z.union([idSchema, z.enum(['me', ''])])),
  source: manyOf(z.string().max(200)),
  segment: manyOf(z.string().max(200)),
};
/** Refuses a period that ends before it begins. */
export const ordered = <T extends z.ZodType<{ from: string; to: string }>>(schema: T) =>
  schema.refine(({ from, to }) => from <= to, {
    message: 'must not be before from',
    path: ['to'],
  });

/** What a period is compared with: the one before, or the same days of the year before. */
const comparedWithSchema = z.enum(['previous', 'year']);
export type Comparison = z.infer<typeof comparedWithSchema>;

export const kpiQuery = ordered(
  questionQuery({
    ...analyticsFilters,
    metrics: manyOf(metricIdSchema),
    compare: comparedWithSchema.optional(),
  }),
);
export type KpiQuery = z.infer<typeof kpiQuery>;

/** SHA-256, hex, of the figures without the moment they were computed at: the same on screen and in files. */
const dataHashSchema = z
  .string()
  .meta({ description: 'SHA-256 of the figures: the same figures, on screen or in a file, have the same one' });

export const kpiSchema = z
  .object({
    metric: metricIdSchema,
    label: z.string(),
    unit: unitSchema,
    currency: z.string().nullable().meta({ description: 'set where the unit is money' }),
    value: z.string().nullable().meta({
      description: 'decimal string; null where the denominator is empty',
    }),
    previous: z.string().nullable(),
    change: z.number().nullable().meta({
      description: '(value - previous) / |previous|; for ratios the difference',
    }),
    target: z.string().nullable(),
    betterWhen: z.enum(['higher', 'lower']),
    caveat: z.string().nullable().meta({ description: 'what to keep in mind reading it' }),
  })
  .meta({ id: 'Kpi' });
export type Kpi = z.infer<typeof kpiSchema>;
export const kpiResponseSchema = z
  .object({
    items: z.array(kpiSchema),
    period: z.object({ from: daySchema, to: daySchema }),
    comparedWith: z.object({ from: daySchema, to: daySchema }).nullable(),
    dataHash: dataHashSchema,
    asOf: momentSchema,
  })
  .meta({ id: 'Kpis' });
export type KpiResponse = z.infer<typeof kpiResponseSchema>;

/** A value of a dimension, or all that are not shown singly. */
const memberSchema = z.object({
  id: z.string().nullable().meta({ description: 'null: facts without a value, or the others' }),
  name: z.string(),
  isOthers: z.literal(true).optional().meta({ description: 'all values beyond the limit, taken together' }),
});
export const columnSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    kind: z.enum(['time', 'dimension', 'measure']),
    unit: unitSchema.nullable(),
    currency: z.string().nullable(),
    caveat: z.string().nullable().optional().meta({ description: 'of a measure: what to keep in mind reading it' }),
    member: memberSchema.optional().meta({ description: 'of a split series: the value that the column is of' }),
    isBefore: z.literal(true).optional().meta({
      description: 'holds what the column left of it was in the period compared with',
    }),
  })
  .meta({ id: 'AnalyticsColumn' });
export type AnalyticsColumn = z.infer<typeof columnSchema>;
/** Cells: time as the first day of its period, a dimension as { id, name } (id null: not set; with isOthers: the rest), a measure as a decimal string or null. */
export const cellSchema = z.union([z.string(), z.null(), memberSchema]);
export type AnalyticsCell = z.infer<typeof cellSchema>;
export const tableSchema = z
  .object({
    columns: z.array(columnSchema),
    rows: z.array(z.array(cellSchema)),
    partial: z.array(daySchema).optional().meta({
      description: 'of a series: periods that the filter cuts or that still run; not to be compared with whole ones',
    }),
    omitted: z.number().int().optional().meta({ description: 'of a split: values beyond the limit' }),
    comparedWith: z.object({ from: daySchema, to: daySchema }).optional(),
    dataHash: dataHashSchema,
    asOf: momentSchema,
  })
  .meta({ id: 'AnalyticsTable' });
export type AnalyticsTable = z.infer<typeof tableSchema>;

const metricsList = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? value : [value]),
  z.array(metricIdSchema).min(1, 'name at least one metric').max(8),
);
const others = flagSchema.optional().meta({ description: 'adds up the values beyond the limit as one more' });
const compare = comparedWithSchema
  .optional()
  .meta({ description: 'after each measure a column with what it was in the other period' });
export const seriesQuery = ordered(
  questionQuery({
    ...analyticsFilters,
    metrics: metricsList,
    grain: grainSchema.default('month'),
    by: breakdownSplitSchema.optional().meta({ description: 'one metric, with a column for each value of this' }),
    limit: z.coerce.number().int().min(1).max(50).optional().meta({ description: 'with `by`: columns at most (12)' }),
    others,
    transform: transformSchema.optional(),
    window: z.coerce.number().int().min(2).max(24).optional().meta({ description: 'periods of a moving average (3)' }),
    compare: compare.meta({ description: 'as in a breakdown, period by period in their order; not with `by`' }),
  }),
);
export type SeriesQuery = z.infer<typeof seriesQuery>;
export const breakdownQuery = ordered(
  questionQuery({
    ...analyticsFilters,
    metrics: metricsList,
    by: breakdownSplitSchema,
    limit: z.coerce.number().int().min(1).max(200).default(20),
    others,
    transform: z.enum(['none', 'share']).optional(),
    compare,
  }),
);
export type BreakdownQuery = z.infer<typeof breakdownQuery>;

export const recordsQuery = ordered(
  questionQuery({
    ...analyticsFilters,
    ...pageQueryShape,
    metric: metricIdSchema,
  }),
);
export const recordsResponseSchema = z
  .object({
    entity: z.enum(['sale', 'lead', 'opportunity', 'spend']),
    items: z.array(z.record(z.string(), z.unknown())),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'AnalyticsRecords' });

/** The values a filter can take, as far as the viewer may see them. */
export const filterOptionsSchema = z
  .object({
    category: z.array(z.string()),
    region: z.array(z.string()),
    source: z.array(z.string()),
    segment: z.array(z.string()),
    team: z.array(z.object({ id: idSchema, name: z.string() })),
    owner: z.array(z.object({ id: idSchema, name: z.string() })),
    product: z.array(z.object({ id: idSchema, name: z.string() })),
    custom: z
      .array(
        z.object({
          id: customDimensionSchema.meta({ description: 'name of the parameter' }),
          label: z.string(),
          type: fieldTypeSchema,
          values: z.array(z.object({ id: z.string(), name: z.string() })),
        }),
      )
      .meta({ description: 'fields of the administrator that the viewer sees; of texts the values most used' }),
    firstDay: daySchema.nullable(),
    lastDay: daySchema.nullable(),
  })
  .meta({ id: 'AnalyticsFilters' });
export type FilterOptions = z.infer<typeof filterOptionsSchema>;

/** An entry of the metric catalogue, for whoever shows numbers. */
export const metricSchema = z
  .object({
    id: metricIdSchema,
    label: z.string(),
    unit: unitSchema,
    currency: z.string().nullable(),
    betterWhen: z.enum(['higher', 'lower']),
    definition: z.string(),
    formula: z.string(),
    caveat: z.string().nullable(),
    isAdditive: z.boolean().meta({ description: 'the values of the parts add up to the value of the whole' }),
    addsUpOverTime: z.boolean().meta({ description: 'those of periods do too: it has running totals' }),
    dimensions: z.array(dimensionSchema).meta({ description: 'what it can be filtered and split by' }),
    customOf: z
      .array(z.enum(['lead', 'opportunity', 'account']))
      .meta({ description: 'records behind it, by whose custom fields it can be filtered and split' }),
    records: z.enum(['sale', 'lead', 'opportunity', 'spend']).meta({ description: 'what a drill-down lists' }),
  })
  .meta({ id: 'Metric' });
export const metricsResponseSchema = z.object({ items: z.array(metricSchema) }).meta({ id: 'Metrics' });
export type MetricsResponse = z.infer<typeof metricsResponseSchema>;
export type RecordsQuery = z.infer<typeof recordsQuery>;
export type RecordsResponse = z.infer<typeof recordsResponseSchema>;
