import { z } from 'zod';
import { flagSchema, idSchema, lineSchema, recordTypeSchema } from './common.ts';

export const tagColourSchema = z.enum(['grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'pink', 'purple']);
export const tagSchema = z.object({ id: idSchema, name: z.string(), colour: tagColourSchema }).meta({ id: 'Tag' });
export type Tag = z.infer<typeof tagSchema>;
export const tagListSchema = z
  .object({
    items: z.array(
      tagSchema.extend({
        records: z
          .number()
          .int()
          .optional()
          .meta({ description: 'how many carry it, whoever owns them; where that is asked for' }),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'TagList' });
export const tagListQuery = z.strictObject({
  q: z.string().trim().max(50).optional(),
  count: flagSchema
    .optional()
    .meta({ description: 'true: with how many records carry each; for who may manage fields' }),
});
/** `POST tags/{id}/merge` */
export const tagMergeSchema = z.strictObject({
  into: idSchema.meta({ description: 'the tag that stays; every record that has the other one gets it' }),
});
export const tagUpdateSchema = z.strictObject({
  name: lineSchema(50).optional().meta({ description: 'every record that has the tag gets the new name' }),
  colour: tagColourSchema.optional(),
});

/** What a list or board can be saved as. */
export const savedViewEntitySchema = z.union([recordTypeSchema, z.literal('task')]);
