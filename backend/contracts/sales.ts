import { z } from 'zod';
import { daySchema, idSchema, moneySchema, namedSchema, pageOf, pageQueryShape } from './common.ts';

export const saleSchema = z
  .object({
    id: idSchema,
    soldOn: daySchema,
    account: namedSchema.nullable(),
    product: namedSchema.nullable(),
    productCategory: z.string().nullable(),
    quantity: z.string(),
    amount: moneySchema,
    cost: moneySchema.nullable().optional().meta({ description: 'only for roles that see the cost group' }),
    owner: namedSchema.nullable(),
    team: namedSchema.nullable(),
    region: z.string().nullable(),
    source: z.string().nullable(),
    segment: z.string().nullable(),
    opportunityId: idSchema.nullable(),
  })
  .meta({ id: 'Sale' });
export type Sale = z.infer<typeof saleSchema>;
export const salePageSchema = pageOf(saleSchema).meta({ id: 'SalePage' });
export const saleListQuery = z.strictObject({
  ...pageQueryShape,
  from: daySchema.optional(),
  to: daySchema.optional(),
  account: idSchema.optional(),
  opportunity: idSchema.optional(),
});

export const productSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    sku: z.string().nullable(),
    category: z.string().nullable(),
    listPrice: moneySchema.nullable(),
    unitCost: moneySchema.nullable().optional().meta({ description: 'only for roles that see the cost group' }),
    isActive: z.boolean(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;
export const productPageSchema = pageOf(productSchema).meta({
  id: 'ProductPage',
});
export const productListQuery = z.strictObject({
  ...pageQueryShape,
  q: z.string().trim().max(200).optional(),
});

export const spendSchema = z
  .object({
    id: idSchema,
    spentOn: daySchema,
    category: z.enum(['marketing', 'sales']),
    source: z.string().nullable(),
    campaign: z.string().nullable(),
    region: z.string().nullable(),
    team: namedSchema.nullable(),
    amount: moneySchema,
  })
  .meta({ id: 'Spend' });
export const spendPageSchema = pageOf(spendSchema).meta({ id: 'SpendPage' });
export const spendListQuery = z.strictObject({
  ...pageQueryShape,
  from: daySchema.optional(),
  to: daySchema.optional(),
});

/** A currency with its newest rate. */
export const currencySchema = z
  .object({
    code: z.string(),
    name: z.string(),
    minorDigits: z.number().int(),
    isCompany: z.boolean().meta({ description: 'the currency that analytics are in' }),
    rate: z
      .object({ day: daySchema, rate: z.string() })
      .nullable()
      .meta({ description: 'units of the company currency that one unit buys, from that day on; null: none known' }),
  })
  .meta({ id: 'Currency' });
export type Currency = z.infer<typeof currencySchema>;
export const currencyListSchema = z.object({ items: z.array(currencySchema) }).meta({ id: 'Currencies' });
export type SaleListQuery = z.infer<typeof saleListQuery>;
export type ProductListQuery = z.infer<typeof productListQuery>;
export type SpendListQuery = z.infer<typeof spendListQuery>;
