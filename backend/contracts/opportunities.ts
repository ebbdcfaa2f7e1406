import { z } from 'zod';
import {
  customValuesSchema,
  daySchema,
  decimalSchema,
  flagSchema,
  idSchema,
  lineSchema,
  manyOf,
  momentSchema,
  moneySchema,
  namedSchema,
  pageOf,
  pageQueryShape,
  textSchema,
} from './common.ts';
import { accountSchema, contactSchema } from './customers.ts';
import { leadSchema } from './leads.ts';
import { stageRefSchema } from './pipelines.ts';
import { saleSchema } from './sales.ts';

export const opportunitySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    account: namedSchema.nullable(),
    contact: namedSchema.nullable(),
    product: namedSchema.nullable(),
    leadId: idSchema.nullable(),
    source: z.string().nullable(),
    segment: z.string().nullable(),
    region: z.string().nullable(),
    productCategory: z.string().nullable(),
    campaign: z.string().nullable(),
    amount: moneySchema.nullable(),
    probability: z.number().meta({ description: "0..1; its own, else the stage's" }),
    expectedCloseOn: daySchema.nullable(),
    closedOn: daySchema.nullable(),
    nextStep: z.string().nullable(),
    owner: namedSchema.nullable(),
    team: namedSchema.nullable(),
    pipelineId: idSchema,
    stage: stageRefSchema,
    stageSince: momentSchema,
    score: z.number().nullable(),
    custom: customValuesSchema,
    position: z.number(),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'Opportunity' });
export type Opportunity = z.infer<typeof opportunitySchema>;
export const opportunityPageSchema = pageOf(opportunitySchema).meta({
  id: 'OpportunityPage',
});

export const opportunityListQuery = z.strictObject({
  ...pageQueryShape,
  stage: manyOf(idSchema),
  owner: manyOf(z.union([idSchema, z.literal('me')])),
  team: manyOf(idSchema),
  source: manyOf(z.string().max(200)),
  segment: manyOf(z.string().max(200)),
  account: manyOf(idSchema),
  q: z.string().trim().max(200).optional(),
  sort: z
    .enum(['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', 'name', '-amount', 'expectedCloseOn'])
    .default('-createdAt'),
  count: flagSchema.optional(),
});
export type OpportunityListQuery = z.infer<typeof opportunityListQuery>;

const opportunityFields = {
  accountId: idSchema.nullable().optional(),
  contactId: idSchema.nullable().optional(),
  productId: idSchema.nullable().optional(),
  source: lineSchema(100).nullable().optional(),
  segment: lineSchema(100).nullable().optional(),
  region: lineSchema(100).nullable().optional(),
  productCategory: lineSchema(100).nullable().optional(),
  campaign: lineSchema(200).nullable().optional(),
  amount: moneySchema.nullable().optional(),
  probability: z.number().min(0).max(1).nullable().optional(),
  expectedCloseOn: daySchema.nullable().optional(),
  nextStep: textSchema(500).nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  custom: customValuesSchema.optional(),
};
export const opportunityCreateSchema = z.strictObject({
  name: lineSchema(),
  ...opportunityFields,
  stageId: idSchema.optional(),
});
export type OpportunityCreate = z.infer<typeof opportunityCreateSchema>;
export const opportunityUpdateSchema = z.strictObject({
  name: lineSchema().optional(),
  ...opportunityFields,
});
export type OpportunityUpdate = z.infer<typeof opportunityUpdateSchema>;

/** `POST leads/{id}/convert` */
export const convertRequestSchema = z.strictObject({
  account: z
    .union([z.strictObject({ id: idSchema }), z.strictObject({ name: lineSchema() })])
    .optional()
    .meta({
      description: "an existing account or the name of a new one; left out: by the lead's company",
    }),
  opportunity: z
    .strictObject({
      name: lineSchema(),
      amount: moneySchema.nullable().optional(),
      expectedCloseOn: daySchema.nullable().optional(),
      stageId: idSchema.optional(),
    })
    .optional(),
});
export type ConvertRequest = z.infer<typeof convertRequestSchema>;
export const convertResponseSchema = z
  .object({
    lead: leadSchema,
    account: accountSchema.nullable(),
    contact: contactSchema.nullable(),
    opportunity: opportunitySchema.nullable(),
  })
  .meta({ id: 'Conversion' });

/** `POST opportunities/{id}/win` */
export const winRequestSchema = z.strictObject({
  closedOn: daySchema.optional(),
  lines: z
    .array(
      z.strictObject({
        product: idSchema.nullable(),
        quantity: decimalSchema.default('1'),
        amount: moneySchema,
        cost: moneySchema.nullable().default(null),
      }),
    )
    .max(200)
    .optional(),
});
export type WinRequest = z.infer<typeof winRequestSchema>;
export const winResponseSchema = z
  .object({ opportunity: opportunitySchema, sales: z.array(saleSchema) })
  .meta({ id: 'Win' });
