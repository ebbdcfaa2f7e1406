import { z } from 'zod';
import {
  daySchema,
  flagSchema,
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  recordTypeSchema,
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

export const taskSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    type: z.enum(['call', 'email', 'meeting', 'to-do']),
    priority: z.enum(['low', 'normal', 'high']),
    status: z.enum(['open', 'done']),
    dueOn: daySchema.nullable(),
    assignee: namedSchema.nullable(),
    record: z.object({ type: recordTypeSchema, id: idSchema, name: z.string() }).nullable(),
    completedAt: momentSchema.nullable(),
    createdAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof taskSchema>;
export const taskPageSchema = pageOf(taskSchema).meta({ id: 'TaskPage' });
export const taskListQuery = z.strictObject({
  ...pageQueryShape,
  status: z.enum(['open', 'done']).optional(),
  assignee: z.union([idSchema, z.literal('me')]).optional(),
  overdue: flagSchema.optional(),
});
const taskFields = {
  type: z.enum(['call', 'email', 'meeting', 'to-do']).optional(),
  priority: z.enum(['low', 'normal', 'high']).optional(),
  dueOn: daySchema.nullable().optional(),
  assigneeId: idSchema.nullable().optional(),
};
export const taskCreateSchema = z.strictObject({
  title: lineSchema(),
  ...taskFields,
});
export type TaskCreate = z.infer<typeof taskCreateSchema>;
export const taskUpdateSchema = z.strictObject({
  title: lineSchema().optional(),
  status: z.enum(['open', 'done']).optional(),
  ...taskFields,
});
export type TaskUpdate = z.infer<typeof taskUpdateSchema>;
