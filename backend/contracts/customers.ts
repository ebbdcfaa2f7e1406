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
import { accountFilterShape, contactFilterShape, filterQuery } from './record-filters.ts';

export const accountSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    domain: z.string().nullable(),
    industry: z.string().nullable(),
    segment: z.string().nullable(),
    region: z.string().nullable(),
    country: z.string().nullable(),
    employees: z.number().int().nullable(),
    annualRevenue: moneySchema.nullable(),
    foundedYear: z.number().int().nullable(),
    parent: namedSchema.nullable(),
    owner: namedSchema.nullable(),
    team: namedSchema.nullable(),
    custom: customValuesSchema,
    tags: z.array(z.string()),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    deletedAt: momentSchema.nullable().meta({ description: 'only in lists of what was deleted' }),
    version: z.number().int(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountSchema>;
export const accountPageSchema = pageOf(accountSchema).meta({
  id: 'AccountPage',
});
export const customerSortSchema = z.enum(['name', '-name', '-createdAt', '-updatedAt']);
export const accountListQuery = filterQuery({
  ...pageQueryShape,
  ...accountFilterShape,
  sort: customerSortSchema.default('name'),
  count: flagSchema.optional(),
});
export const accountCreateSchema = z.strictObject({
  name: lineSchema(),
  domain: lineSchema(253).nullable().optional(),
  industry: lineSchema(100).nullable().optional(),
  segment: lineSchema(100).nullable().optional(),
  region: lineSchema(100).nullable().optional(),
  country: lineSchema(100).nullable().optional(),
  employees: z.number().int().min(0).max(100_000_000).nullable().optional(),
  annualRevenue: moneySchema.nullable().optional(),
  foundedYear: z.number().int().min(1000).max(2200).nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  tags: tagsSchema.optional(),
  custom: customValuesSchema.optional(),
});
export const accountUpdateSchema = accountCreateSchema.partial();

export const contactSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string().nullable().meta({ description: 'null also where the role does not show it' }),
    phone: z.string().nullable().meta({ description: 'null also where the role does not show it' }),
    title: z.string().nullable(),
    account: namedSchema.nullable(),
    owner: namedSchema.nullable(),
    team: namedSchema.nullable(),
    custom: customValuesSchema,
    tags: z.array(z.string()),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    deletedAt: momentSchema.nullable().meta({ description: 'only in lists of what was deleted' }),
    version: z.number().int(),
  })
  .meta({ id: 'Contact' });
export type Contact = z.infer<typeof contactSchema>;
export const contactPageSchema = pageOf(contactSchema).meta({
  id: 'ContactPage',
});
export const contactListQuery = filterQuery({
  ...pageQueryShape,
  ...contactFilterShape,
  sort: customerSortSchema.default('name'),
  count: flagSchema.optional(),
});
export const contactCreateSchema = z.strictObject({
  name: lineSchema(),
  email: emailSchema.nullable().optional(),
  phone: lineSchema(50).nullable().optional(),
  title: lineSchema(100).nullable().optional(),
  accountId: idSchema.nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  tags: tagsSchema.optional(),
  custom: customValuesSchema.optional(),
});
export const contactUpdateSchema = contactCreateSchema.partial();
