import { z } from 'zod';
import { flagSchema, idSchema, lineSchema, momentSchema, namedSchema } from './common.ts';
import { savedViewEntitySchema } from './tags.ts';

const filterValueSchema = z.union([z.string().max(500), z.array(z.string().max(500)).max(100)]);
/** Parameters of the list's query, without paging, order and count. */
export const viewFiltersSchema = z
  .record(z.string().max(100), filterValueSchema)
  .refine((filters) => Object.keys(filters).length <= 50, 'must be at most 50 filters');
const columnsSchema = z.array(z.string().regex(/^[A-Za-z][\w.]{0,79}$/, 'must be the name of a field')).max(30);
const sortSchema = z.string().regex(/^-?[A-Za-z][\w.]{0,79}$/, 'must be an order of the list');

export const savedViewSchema = z
  .object({
    id: idSchema,
    entity: savedViewEntitySchema,
    name: z.string(),
    layout: z.enum(['list', 'board']),
    filters: viewFiltersSchema,
    columns: z.array(z.string()),
    sort: z.string().nullable(),
    isShared: z.boolean(),
    owner: namedSchema.nullable(),
    isMine: z.boolean(),
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedViewSchema>;
export const savedViewListSchema = z
  .object({ items: z.array(savedViewSchema), nextCursor: z.null() })
  .meta({ id: 'SavedViewList' });

export const savedViewQuery = z.strictObject({
  entity: savedViewEntitySchema.optional(),
  mine: flagSchema.optional(),
});

const content = {
  name: lineSchema(100),
  filters: viewFiltersSchema,
  columns: columnsSchema,
  sort: sortSchema.nullable(),
  isShared: z.boolean().meta({ description: 'everybody sees it, each with their own records; needs view.share' }),
};
export const savedViewCreateSchema = z.strictObject({
  entity: savedViewEntitySchema,
  layout: z.enum(['list', 'board']).default('list'),
  name: content.name,
  filters: content.filters.default({}),
  columns: content.columns.default([]),
  sort: content.sort.default(null),
  isShared: content.isShared.default(false),
});
export type SavedViewCreate = z.output<typeof savedViewCreateSchema>;
export const savedViewUpdateSchema = z.strictObject({
  name: content.name.optional(),
  filters: content.filters.optional(),
  columns: content.columns.optional(),
  sort: content.sort.optional(),
  isShared: content.isShared.optional(),
});
export type SavedViewUpdate = z.output<typeof savedViewUpdateSchema>;
