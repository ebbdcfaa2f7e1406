import { z } from 'zod';
import { idSchema, lineSchema, momentSchema, namedSchema, pageOf, pageQueryShape, textSchema } from './common.ts';

export const activityTypeSchema = z.enum(['call', 'email', 'meeting', 'note', 'system']);
const loggedTypeSchema = z.enum(['call', 'email', 'meeting', 'note']);
const directionSchema = z.enum(['in', 'out']);
const bodyFormatSchema = z.enum(['text', 'html']);

/** Elements that rich text is made of; `text` and `mention` are leaves. */
export const richTags = [
  'text',
  'mention',
  'br',
  'p',
  'h3',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'strong',
  'em',
  'u',
  's',
  'a',
] as const;

/** A piece of rich text. Made to be rendered by templates: nobody has to parse HTML. */
export interface RichNode {
  tag: (typeof richTags)[number];
  /** of `text` and `mention` */
  text?: string | undefined;
  /** of `a`: http, https, mailto or tel */
  href?: string | undefined;
  /** of `mention` */
  userId?: string | undefined;
  children?: RichNode[] | undefined;
}
export const richNodeSchema: z.ZodType<RichNode> = z
  .object({
    tag: z.enum(richTags),
    text: z.string().optional(),
    href: z.string().optional(),
    userId: idSchema.optional(),
    get children() {
      return z.array(richNodeSchema).optional();
    },
  })
  .meta({ id: 'RichNode' });

/** What somebody wrote down, as it can be corrected. */
const writtenShape = {
  type: activityTypeSchema,
  direction: directionSchema.nullable().meta({ description: 'calls and e-mails: who began' }),
  subject: z.string(),
  body: z.string().nullable().meta({ description: 'plain text, or sanitised HTML: see bodyFormat' }),
  bodyFormat: bodyFormatSchema,
  content: z.array(richNodeSchema).meta({ description: 'the body as a tree, whichever its format' }),
  outcome: z.string().nullable(),
  durationMinutes: z.number().int().nullable(),
  occurredAt: momentSchema,
  contact: namedSchema.nullable().meta({ description: 'the person it was with; null also where one may not see them' }),
};

export const activitySchema = z
  .object({
    id: idSchema,
    ...writtenShape,
    author: namedSchema.nullable(),
    rule: namedSchema.nullable().meta({ description: 'the automation rule that wrote it' }),
    mentions: z.array(namedSchema),
    createdAt: momentSchema,
    correctedAt: momentSchema.nullable(),
    withdrawnAt: momentSchema.nullable().meta({ description: 'taken back: subject, body and outcome are empty' }),
    version: z.number().int(),
  })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof activitySchema>;
export const activityPageSchema = pageOf(activitySchema).meta({
  id: 'ActivityPage',
});
export const activityListQuery = z.strictObject({ ...pageQueryShape });

const writableShape = {
  direction: directionSchema.nullable().optional(),
  body: textSchema(20_000).nullable().optional(),
  bodyFormat: bodyFormatSchema
    .optional()
    .meta({ description: 'text unless said otherwise; HTML is reduced to a few harmless tags' }),
  outcome: lineSchema(100).nullable().optional(),
  durationMinutes: z.number().int().min(0).max(1440).nullable().optional(),
  occurredAt: momentSchema.optional(),
  contactId: idSchema.nullable().optional(),
};
export const activityCreateSchema = z.strictObject({
  type: loggedTypeSchema,
  subject: lineSchema(),
  ...writableShape,
});
export type ActivityCreate = z.infer<typeof activityCreateSchema>;
/** What is left out stays as it is. */
export const activityCorrectSchema = z.strictObject({
  type: loggedTypeSchema.optional(),
  subject: lineSchema().optional(),
  ...writableShape,
  isWithdrawn: z.boolean().optional().meta({ description: 'take the entry back, or put it back' }),
});
export type ActivityCorrect = z.infer<typeof activityCorrectSchema>;

/** How an activity stood before a correction. */
export const activityRevisionSchema = z
  .object({
    version: z.number().int(),
    ...writtenShape,
    editedBy: namedSchema.nullable().meta({ description: 'who then corrected it' }),
    editedAt: momentSchema,
  })
  .meta({ id: 'ActivityRevision' });
export type ActivityRevision = z.infer<typeof activityRevisionSchema>;
export const activityRevisionListSchema = z.object({ items: z.array(activityRevisionSchema), nextCursor: z.null() });
export const activityParams = z.object({ id: idSchema, activityId: idSchema });

/** People of ours who may see a record, to be named in its activities. */
export const mentionableQuery = z.strictObject({ q: z.string().trim().max(100).optional() });
export const mentionableListSchema = z.object({ items: z.array(namedSchema), nextCursor: z.null() });
