import { z } from 'zod';
import { idSchema, manyOf, namedSchema, recordTypeSchema } from './common.ts';
import { stageRefSchema } from './pipelines.ts';

export const searchQuery = z.strictObject({
  q: z.string().trim().min(1).max(200),
  type: manyOf(recordTypeSchema).meta({ description: 'left out: all four' }),
  limit: z.coerce.number().int().min(1).max(20).default(6).meta({ description: 'of each kind' }),
});

/** A record that was found. */
export const searchHitSchema = z
  .object({
    type: recordTypeSchema,
    id: idSchema,
    name: z.string(),
    detail: z.string().nullable().meta({ description: 'company, account or domain' }),
    stage: stageRefSchema.nullable(),
    owner: namedSchema.nullable(),
    isClose: z.boolean().meta({ description: 'resembles what was typed, but does not have it' }),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof searchHitSchema>;
export const searchResultSchema = z.object({ items: z.array(searchHitSchema) }).meta({ id: 'SearchResult' });
