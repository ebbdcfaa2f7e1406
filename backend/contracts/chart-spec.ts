import { z } from 'zod';
import { breakdownSplitSchema, grainSchema, metricIdSchema, transformSchema } from './analytics.ts';

/** How figures are drawn; `table` is the figures themselves. */
export const chartTypeSchema = z.enum(['bar', 'line', 'area', 'pie', 'doughnut', 'scatter', 'table']);

/** What several series of bars or areas do: stand beside each other, on each other, or share 100 %. */
export const stackingSchema = z.enum(['none', 'stacked', 'percent']);

/** What a chart shows, without period and filters: panels, explorations, exports and the chart element speak of it. */
export const chartSpecSchema = z
  .strictObject({
    metrics: z.array(metricIdSchema).min(1, 'name at least one metric').max(8),
    by: breakdownSplitSchema.nullable().default(null).meta({ description: 'compared by this; null: over time' }),
    isOverTime: z
      .boolean()
      .default(false)
      .meta({ description: 'with `by`: one series a value, over time (one metric)' }),
    grain: grainSchema.nullable().default(null).meta({ description: 'null: chosen by the length of the period' }),
    type: chartTypeSchema,
    stacking: stackingSchema.default('none'),
    limit: z.number().int().min(1).max(50).default(12).meta({ description: 'with `by`: values shown at most' }),
    withOthers: z.boolean().default(true).meta({ description: 'values beyond the limit are added up as "others"' }),
    transform: transformSchema.default('none'),
    window: z.number().int().min(2).max(24).default(3).meta({ description: 'periods of a moving average' }),
  })
  .meta({ id: 'ChartSpec' });
export type ChartSpec = z.output<typeof chartSpecSchema>;
