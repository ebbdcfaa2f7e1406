import { z } from 'zod';
import { idSchema } from './common.ts';

export const jobSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    done: z.number().int(),
    total: z.number().int().nullable(),
    error: z.string().nullable(),
    result: z.unknown().optional(),
  })
  .meta({ id: 'Job' });
export type Job = z.infer<typeof jobSchema>;
/** 202: long work was taken on. */
export const jobAcceptedSchema = z.object({ job: jobSchema }).meta({ id: 'JobAccepted' });
