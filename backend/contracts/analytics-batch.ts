import { z } from 'zod';

/** Below `/analytics/`: what a page of figures asks for. */
export const batchPathSchema = z.enum([
  'kpis',
  'series',
  'breakdown',
  'records',
  'filters',
  'metrics',
  'pipeline/funnel',
  'pipeline/velocity',
  'pipeline/ageing',
  'pipeline/health',
  'pipeline/changes',
]);
export type BatchPath = z.infer<typeof batchPathSchema>;

const valueSchema = z.string().max(500);

/** Questions asked as one: each as its own address would be asked by GET. */
export const batchSchema = z.strictObject({
  questions: z
    .array(
      z.strictObject({
        path: batchPathSchema,
        query: z
          .record(z.string().max(100), z.union([valueSchema, z.array(valueSchema).min(1).max(100)]))
          .default({})
          .meta({ description: 'parameters as text; several values of one: a list' }),
      }),
    )
    .min(1)
    .max(24, 'must be at most 24 questions'),
});
export type Batch = z.output<typeof batchSchema>;

/** Answers in the order of the questions; a refused one doesn't hold up the others. */
export const batchResponseSchema = z
  .object({
    items: z.array(
      z.object({
        status: z.number().int().meta({ description: 'as the address itself would answer' }),
        body: z.unknown().meta({ description: 'the answer, or a problem' }),
      }),
    ),
  })
  .meta({ id: 'AnalyticsBatch' });
export type BatchResponse = z.output<typeof batchResponseSchema>;
