import { z } from 'zod';
import {
  daySchema,
  flagSchema,
  idSchema,
  lineSchema,
  manyOf,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  recordTypeSchema,
  textSchema,
} from './common.ts';

export const taskTypeSchema = z.enum(['call', 'email', 'meeting', 'to-do']);
export const taskPrioritySchema = z.enum(['low', 'normal', 'high']);
/** `open`, `in-progress` and `waiting` are still to be done; `done` and `cancelled` are over. */
export const taskStatusSchema = z.enum(['open', 'in-progress', 'waiting', 'done', 'cancelled']);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** `HH:MM` on a 24-hour clock. */
const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 14:30')
  .meta({ description: 'HH:MM, 24 hours', example: '14:30' });

/** Time zones this server knows, by their IANA names. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false; // Intl has no other way to say that it does not know the name
  }
}
const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
  .meta({ description: 'IANA time zone', example: 'Europe/Berlin' });

/** Days of the week, Monday = 1 to Sunday = 7 (ISO 8601). */
const weekdaySchema = z.number().int().min(1).max(7);
const repeatShape = {
  every: z.enum(['day', 'week', 'month', 'year']),
  interval: z.number().int().min(1).max(99).meta({ description: '2 with every=week: each second week' }),
  weekdays: z
    .array(weekdaySchema)
    .min(1)
    .max(7)
    .optional()
    .meta({ description: 'every=week only; 1 = Monday. Left out: the weekday it is due first' }),
  until: daySchema.optional().meta({ description: 'the last day it may be due' }),
  times: z.number().int().min(1).max(999).optional().meta({ description: 'how often at most, the first one included' }),
};
/** How a task comes back: each occurrence is born when the one before is done or cancelled. */
export const taskRepeatSchema = z.strictObject(repeatShape).meta({
  id: 'TaskRepeat',
  description:
    'Counted from the day it was first due: what is due on the 31st is due on the last day of shorter months.',
});
const repeatInputSchema = taskRepeatSchema.refine(({ every, weekdays }) => weekdays === undefined || every === 'week', {
  path: ['weekdays'],
  message: 'go with every week only',
});
export type TaskRepeat = z.infer<typeof taskRepeatSchema>;

export const reminderChannelSchema = z.enum(['mail', 'in-app', 'both']);
const MINUTES_OF_FOUR_WEEKS = 40_320;
export const reminderSchema = z
  .strictObject({
    minutesBefore: z
      .number()
      .int()
      .min(0)
      .max(MINUTES_OF_FOUR_WEEKS)
      .meta({ description: 'before the due time; of a task without one, before 9:00 on the due day' }),
    channel: reminderChannelSchema,
  })
  .meta({ id: 'TaskReminder' });
export type TaskReminder = z.infer<typeof reminderSchema>;
const remindersSchema = z
  .array(reminderSchema)
  .max(5)
  .refine(
    (list) => new Set(list.map(({ minutesBefore }) => minutesBefore)).size === list.length,
    'must be at different times',
  );

export const taskSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    notes: z.string().nullable(),
    type: taskTypeSchema,
    priority: taskPrioritySchema,
    status: taskStatusSchema,
    dueOn: daySchema.nullable(),
    dueTime: timeOfDaySchema.nullable(),
    timeZone: z.string().nullable().meta({ description: 'where dueOn and dueTime are meant; null without a due day' }),
    dueAt: momentSchema.nullable().meta({ description: 'the due moment; without a time, the end of the due day' }),
    isOverdue: z.boolean().meta({ description: 'still to be done, and its due moment has passed' }),
    repeat: taskRepeatSchema.nullable(),
    occurrence: z.number().int().meta({ description: 'the how manieth of a repeating task' }),
    reminders: z.array(reminderSchema).meta({ description: 'for the assignee' }),
    assignee: namedSchema.nullable(),
    record: z
      .object({
        type: recordTypeSchema,
        id: idSchema,
        name: z.string().meta({ description: 'empty where the asker may not see the record' }),
      })
      .nullable(),
    completedAt: momentSchema.nullable(),
    createdAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof taskSchema>;
export const taskPageSchema = pageOf(taskSchema).meta({ id: 'TaskPage' });

const taskStateSchema = z.enum(['active', 'over']).meta({ description: 'active: open, in progress or waiting' });
export const taskListQuery = z.strictObject({
  ...pageQueryShape,
  status: manyOf(taskStatusSchema).meta({ description: 'any of these' }),
  state: taskStateSchema.optional(),
  type: manyOf(taskTypeSchema),
  priority: manyOf(taskPrioritySchema),
  assignee: z.union([idSchema, z.literal('me'), z.literal('nobody')]).optional(),
  dueFrom: daySchema.optional(),
  dueTo: daySchema.optional(),
  overdue: flagSchema.optional(),
  q: z.string().trim().min(1).max(100).optional().meta({ description: 'part of the title' }),
});
export type TaskListQuery = z.infer<typeof taskListQuery>;
/** Of the tasks about a record. */
export const recordTaskQuery = z.strictObject({ ...pageQueryShape, state: taskStateSchema.optional() });
export type RecordTaskQuery = z.infer<typeof recordTaskQuery>;

const taskFields = {
  notes: textSchema(4_000).nullable().optional(),
  type: taskTypeSchema.optional(),
  priority: taskPrioritySchema.optional(),
  dueOn: daySchema.nullable().optional(),
  dueTime: timeOfDaySchema.nullable().optional(),
  timeZone: timeZoneSchema.optional().meta({ description: "left out: the assignee's own" }),
  repeat: repeatInputSchema.nullable().optional(),
  reminders: remindersSchema.optional(),
  assigneeId: idSchema.nullable().optional(),
};
export const taskCreateSchema = z.strictObject({ title: lineSchema(), ...taskFields });
export type TaskCreate = z.infer<typeof taskCreateSchema>;
export const taskUpdateSchema = z.strictObject({
  title: lineSchema().optional(),
  status: taskStatusSchema.optional(),
  ...taskFields,
});
export type TaskUpdate = z.infer<typeof taskUpdateSchema>;

/** What a person has to do today. */
export const myDaySchema = z
  .object({
    day: daySchema,
    timeZone: z.string(),
    overdue: z.array(taskSchema),
    today: z.array(taskSchema),
    upcoming: z.array(taskSchema).meta({ description: 'due within the seven days after today' }),
    undated: z.array(taskSchema).meta({ description: 'without a due day' }),
    done: z.array(taskSchema).meta({ description: 'completed today' }),
    counts: z
      .object({
        overdue: z.number().int(),
        today: z.number().int(),
        upcoming: z.number().int(),
        undated: z.number().int(),
        done: z.number().int(),
      })
      .meta({ description: 'of all; each list shows 100 at most' }),
  })
  .meta({ id: 'MyDay' });
export type MyDay = z.infer<typeof myDaySchema>;
export const myDayQuery = z.strictObject({
  timeZone: timeZoneSchema.optional().meta({ description: 'whose day; left out: your own, else the company’s' }),
});

/** A secret address under which a calendar program reads one's tasks. */
export const calendarFeedSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    createdAt: momentSchema,
    lastReadAt: momentSchema.nullable(),
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeed = z.infer<typeof calendarFeedSchema>;
export const calendarFeedListSchema = z.object({ items: z.array(calendarFeedSchema) });
export const calendarFeedCreateSchema = z.strictObject({ name: lineSchema(100) });
export const newCalendarFeedSchema = calendarFeedSchema
  .extend({ address: z.url().meta({ description: 'shown this once: whoever knows it can read your tasks' }) })
  .meta({ id: 'NewCalendarFeed' });
export type NewCalendarFeed = z.infer<typeof newCalendarFeedSchema>;
/** The key is part of the query, because addresses without it are what logs keep. */
export const calendarFeedQuery = z.strictObject({ key: z.string().max(100) });
