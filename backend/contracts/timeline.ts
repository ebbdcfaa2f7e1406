import { z } from 'zod';
import { activitySchema } from './activities.ts';
import { attachmentSchema } from './attachments.ts';
import { idSchema, manyOf, momentSchema, namedSchema, pageOf, pageQueryShape, recordTypeSchema } from './common.ts';
import { stageRefSchema } from './pipelines.ts';

const linkSchema = z.object({ type: recordTypeSchema, id: idSchema, name: z.string() });
const shared = {
  id: z.string().meta({ description: 'stable within the timeline' }),
  at: momentSchema,
  actor: namedSchema.nullable().meta({ description: 'who did it' }),
  rule: namedSchema.nullable().meta({ description: 'the automation rule that did it' }),
  record: linkSchema.nullable().meta({
    description:
      "whose entry it is: a record that was merged into this one (its name is empty for who may not see it), or on an account's timeline one of its opportunities or contacts; null: the record itself",
  }),
};

/** What kinds of things a timeline tells of. */
export const timelineKinds = ['activity', 'stage', 'change', 'task', 'file', 'merge', 'conversion', 'rule'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export const timelineEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({ ...shared, kind: z.literal('activity'), activity: activitySchema }),
    z.object({
      ...shared,
      kind: z.literal('stage'),
      event: z.enum(['entered', 'removed', 'restored']),
      from: stageRefSchema.nullable(),
      to: stageRefSchema,
    }),
    z.object({
      ...shared,
      kind: z.literal('change'),
      event: z.enum(['created', 'updated', 'deleted', 'restored']),
      fields: z
        .array(z.object({ field: z.string(), label: z.string().optional(), from: z.unknown(), to: z.unknown() }))
        .meta({ description: 'fields of the wire with their values; custom ones as custom.key with their label' }),
    }),
    z.object({
      ...shared,
      kind: z.literal('task'),
      event: z.enum(['created', 'completed']),
      task: z.object({ id: idSchema, title: z.string(), type: z.string() }),
    }),
    z.object({ ...shared, kind: z.literal('file'), attachment: attachmentSchema }),
    z.object({
      ...shared,
      kind: z.literal('merge'),
      event: z.enum(['merged', 'undone']),
      absorbed: z.array(namedSchema),
    }),
    z.object({
      ...shared,
      kind: z.literal('conversion'),
      event: z.enum(['converted', 'undone']),
      records: z.array(linkSchema).meta({ description: 'the lead and what it became, as far as one may see them' }),
    }),
    z.object({
      ...shared,
      kind: z.literal('rule'),
      text: z.string().meta({ description: 'what the rule did' }),
    }),
  ])
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
export const timelinePageSchema = pageOf(timelineEntrySchema).meta({
  id: 'TimelinePage',
  description: 'May hold fewer entries than asked for although more follow: nextCursor tells.',
});
export const timelineQuery = z.strictObject({
  ...pageQueryShape,
  kind: manyOf(z.enum(timelineKinds), timelineKinds.length),
});

/** `lead:ID` (also opportunity, account, contact), an id of ours, or `salesforce:ID` and `hubspot:ID`. */
export const recordReferenceQuery = z.strictObject({
  record: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'lead:ID, opportunity:ID, account:ID, contact:ID, ID, salesforce:ID or hubspot:TYPE:ID' }),
});
export const resolvedRecordSchema = linkSchema
  .extend({
    canWrite: z.boolean().meta({ description: 'the asker may change it, and log activities on it' }),
    canTask: z.boolean().meta({ description: 'the asker may add tasks to it' }),
  })
  .meta({ id: 'ResolvedRecord' });
export type ResolvedRecord = z.infer<typeof resolvedRecordSchema>;
