import { z } from 'zod';
import {
  customValuesSchema,
  emailSchema,
  flagSchema,
  idSchema,
  lineSchema,
  momentSchema,
  moneySchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  tagsSchema,
} from './common.ts';
import { stageRefSchema } from './pipelines.ts';
import { customSortSchema, filterQuery, leadFilterShape } from './record-filters.ts';

export const leadSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    company: z.string().nullable(),
    email: z.string().nullable().meta({ description: 'null also where the role does not show it' }),
    phone: z.string().nullable().meta({ description: 'null also where the role does not show it' }),
    source: z.string().nullable(),
    segment: z.string().nullable(),
    region: z.string().nullable(),
    productCategory: z.string().nullable(),
    campaign: z.string().nullable(),
    value: moneySchema.nullable(),
    owner: namedSchema.nullable(),
    team: namedSchema.nullable(),
    pipelineId: idSchema,
    stage: stageRefSchema,
    stageSince: momentSchema,
    lostReason: namedSchema.nullable().meta({ description: 'while it is lost' }),
    lostNote: z.string().nullable(),
    score: z.number().nullable(),
    custom: customValuesSchema,
    position: z.number(),
    converted: z
      .object({
        at: momentSchema,
        accountId: idSchema.nullable(),
        contactId: idSchema.nullable(),
        opportunityId: idSchema.nullable(),
      })
      .nullable(),
    tags: z.array(z.string()),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    deletedAt: momentSchema.nullable().meta({ description: 'only in lists of what was deleted' }),
    version: z.number().int(),
  })
  .meta({ id: 'Lead' });
export type Lead = z.infer<typeof leadSchema>;
export const leadPageSchema = pageOf(leadSchema).meta({ id: 'LeadPage' });

export const leadSortSchema = z.union([
  z.enum(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name', '-name', '-value', '-score']),
  customSortSchema,
]);
export const leadListQuery = filterQuery({
  ...pageQueryShape,
  ...leadFilterShape,
  sort: leadSortSchema.default('-createdAt'),
  count: flagSchema.optional(),
});
export type LeadListQuery = z.infer<typeof leadListQuery>;

const leadFields = {
  company: lineSchema().nullable().optional(),
  email: emailSchema.nullable().optional(),
  phone: lineSchema(50).nullable().optional(),
  source: lineSchema(100).nullable().optional(),
  segment: lineSchema(100).nullable().optional(),
  region: lineSchema(100).nullable().optional(),
  productCategory: lineSchema(100).nullable().optional(),
  campaign: lineSchema(200).nullable().optional(),
  value: moneySchema.nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  tags: tagsSchema.optional(),
  custom: customValuesSchema.optional(),
};
export const leadCreateSchema = z.strictObject({
  name: lineSchema(),
  ...leadFields,
  stageId: idSchema.optional(),
});
export type LeadCreate = z.infer<typeof leadCreateSchema>;
export const leadUpdateSchema = z.strictObject({
  name: lineSchema().optional(),
  ...leadFields,
});
export type LeadUpdate = z.infer<typeof leadUpdateSchema>;
