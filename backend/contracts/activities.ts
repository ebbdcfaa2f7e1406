import { z } from 'zod';
import {
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  textSchema,
} from './common.ts';

export const activityTypeSchema = z.enum(['call', 'email', 'meeting', 'note', 'system']);
export const activitySchema = z
  .object({
    id: idSchema,
    type: activityTypeSchema,
    subject: z.string(),
    body: z.string().nullable(),
    outcome: z.string().nullable(),
    durationMinutes: z.number().int().nullable(),
    occurredAt: momentSchema,
    author: namedSchema.nullable(),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof activitySchema>;
export const activityPageSchema = pageOf(activitySchema).meta({
  id: 'ActivityPage',
});
export const activityListQuery = z.strictObject({ ...pageQueryShape });
export const activityCreateSchema = z.strictObject({
  type: z.enum(['call', 'email', 'meeting', 'note']),
  subject: lineSchema(),
  body: textSchema().nullable().optional(),
  outcome: lineSchema(100).nullable().optional(),
  durationMinutes: z.number().int().min(0).max(1440).nullable().optional(),
  occurredAt: momentSchema.optional(),
});
export type ActivityCreate = z.infer<typeof activityCreateSchema>;
