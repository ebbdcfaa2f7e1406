import { z } from 'zod';
import {
  customValuesSchema,
  daySchema,
  decimalSchema,
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
  textSchema,
} from './common.ts';
import { accountSchema, contactSchema } from './customers.ts';
import { leadSchema, leadUpdateSchema } from './leads.ts';
import { stageRefSchema } from './pipelines.ts';
import { customSortSchema, filterQuery, opportunityFilterShape } from './record-filters.ts';
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
    lostReason: namedSchema.nullable().meta({ description: 'while it is lost' }),
    lostNote: z.string().nullable(),
    score: z.number().nullable(),
    custom: customValuesSchema,
    position: z.number(),
    tags: z.array(z.string()),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    deletedAt: momentSchema.nullable().meta({ description: 'only in lists of what was deleted' }),
    version: z.number().int(),
  })
  .meta({ id: 'Opportunity' });
export type Opportunity = z.infer<typeof opportunitySchema>;
export const opportunityPageSchema = pageOf(opportunitySchema).meta({
  id: 'OpportunityPage',
});

export const opportunitySortSchema = z.union([
  z.enum([
    '-createdAt',
    'createdAt',
    '-updatedAt',
    'updatedAt',
    'name',
    '-name',
    '-amount',
    '-score',
    'expectedCloseOn',
  ]),
  customSortSchema,
]);
export const opportunityListQuery = filterQuery({
  ...pageQueryShape,
  ...opportunityFilterShape,
  sort: opportunitySortSchema.default('-createdAt'),
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
  tags: tagsSchema.optional(),
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
  contact: z
    .union([
      z.strictObject({ id: idSchema }),
      z.strictObject({
        name: lineSchema(),
        email: emailSchema.nullable().optional(),
        phone: lineSchema(50).nullable().optional(),
        title: lineSchema(100).nullable().optional(),
      }),
    ])
    .optional()
    .meta({ description: 'an existing contact or a new one; left out: the person of the lead' }),
  opportunity: opportunityCreateSchema.omit({ accountId: true, contactId: true }).optional(),
  opportunityId: idSchema.optional().meta({ description: 'an existing opportunity, instead of a new one' }),
  fields: leadUpdateSchema.optional().meta({ description: 'of the lead, such as those the won stage asks for' }),
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

/** What taking a conversion back does to one of the records it made or linked. */
export const conversionPartSchema = z
  .object({
    entity: z.enum(['account', 'contact', 'opportunity']),
    id: idSchema,
    name: z.string(),
    outcome: z.enum(['deleted', 'kept']),
    reason: z.enum(['existed', 'in-use', 'changed', 'gone']).nullable().meta({
      description: 'why it is kept: was there before, other records need it, was worked on, is deleted already',
    }),
  })
  .meta({ id: 'ConversionPart' });
export type ConversionPart = z.infer<typeof conversionPartSchema>;

/** `GET leads/{id}/conversion` */
export const conversionStateSchema = z
  .object({
    convertedAt: momentSchema,
    convertedBy: namedSchema.nullable(),
    obstacle: z.string().nullable().meta({ description: 'why it cannot be taken back now, as a sentence' }),
    parts: z.array(conversionPartSchema),
  })
  .meta({ id: 'ConversionState' });
export type ConversionState = z.infer<typeof conversionStateSchema>;

/** `POST leads/{id}/convert/undo` */
export const conversionUndoneSchema = z
  .object({ lead: leadSchema, parts: z.array(conversionPartSchema) })
  .meta({ id: 'ConversionUndone' });

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
  fields: opportunityUpdateSchema.optional().meta({ description: 'set before, such as those the won stage asks for' }),
});
export type WinRequest = z.infer<typeof winRequestSchema>;
/** `PUT opportunities/{id}/win`: all that was sold, in place of what is booked */
export const winChangeSchema = winRequestSchema
  .omit({ fields: true, lines: true })
  .extend({ lines: winRequestSchema.shape.lines.unwrap().min(1) });
export type WinChange = z.infer<typeof winChangeSchema>;
export const winResponseSchema = z
  .object({ opportunity: opportunitySchema, sales: z.array(saleSchema) })
  .meta({ id: 'Win' });
