import { z } from 'zod';
import { idSchema, lineSchema, recordTypeSchema } from './common.ts';

export const tagColourSchema = z.enum(['grey', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'pink', 'purple']);
export const tagSchema = z.object({ id: idSchema, name: z.string(), colour: tagColourSchema }).meta({ id: 'Tag' });
export type Tag = z.infer<typeof tagSchema>;
export const tagListSchema = z.object({ items: z.array(tagSchema), nextCursor: z.null() }).meta({ id: 'TagList' });
export const tagListQuery = z.strictObject({ q: z.string().trim().max(50).optional() });
export const tagUpdateSchema = z.strictObject({
  name: lineSchema(50).optional().meta({ description: 'every record that has the tag gets the new name' }),
  colour: tagColourSchema.optional(),
});

/** What a list or board can be saved as. */
export const savedViewEntitySchema = z.union([recordTypeSchema, z.literal('task')]);
