import { z } from 'zod';
import { metricIdSchema, ordered, unitSchema } from './analytics.ts';
import { daySchema, momentSchema } from './common.ts';

/** No filters: the narrower a group, the more its median tells of single persons. */
export const benchmarkQuery = ordered(z.strictObject({ metric: metricIdSchema, from: daySchema, to: daySchema }));
export type BenchmarkQuery = z.infer<typeof benchmarkQuery>;

const medianSchema = z.object({
  median: z.string().nullable().meta({ description: 'decimal string; null where nobody has a value' }),
  people: z.number().int().meta({ description: 'with a value in the period' }),
});

/** The people within one's reach beside those of the whole company. */
export const benchmarkSchema = z
  .object({
    metric: metricIdSchema,
    label: z.string(),
    unit: unitSchema,
    currency: z.string().nullable(),
    reached: medianSchema.meta({ description: "of the people in the asker's reach: alone, it is the own value" }),
    company: medianSchema.nullable().meta({ description: 'null: kept back, see `reason`' }),
    reason: z.string().nullable(),
    period: z.object({ from: daySchema, to: daySchema }),
    asOf: momentSchema,
  })
  .meta({ id: 'Benchmark' });
export type Benchmark = z.infer<typeof benchmarkSchema>;
