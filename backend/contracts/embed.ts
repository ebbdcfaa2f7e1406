import { z } from 'zod';
import { idSchema, lineSchema, momentSchema } from './common.ts';

const originSchema = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be an exact origin such as https://intranet.example.com');

const componentsSchema = z.array(z.string().regex(/^salespulse-[a-z]+$/)).max(30);

export const embedClientSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    kind: z.enum(['intranet', 'salesforce', 'hubspot']),
    allowedOrigins: z.array(z.string()),
    components: z.array(z.string()),
    keyKind: z.enum(['hs256', 'public-key', 'jwks']),
    issuer: z.string().nullable(),
    matchVerifiedEmail: z.boolean(),
    defaultRoleId: idSchema.nullable(),
    isActive: z.boolean(),
    createdAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'EmbedClient' });
export type EmbedClient = z.infer<typeof embedClientSchema>;
export const embedClientListSchema = z.object({
  items: z.array(embedClientSchema),
  nextCursor: z.null(),
});

export const embedClientCreateSchema = z.strictObject({
  name: lineSchema(100),
  kind: z.enum(['intranet', 'salesforce', 'hubspot']).default('intranet'),
  allowedOrigins: z.array(originSchema).min(1, 'name at least one origin').max(20),
  components: componentsSchema.default([]),
  key: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hs256') }),
    z.strictObject({
      kind: z.literal('public-key'),
      pem: z.string().max(10_000),
    }),
    z.strictObject({
      kind: z.literal('jwks'),
      url: z.url({ protocol: /^https$/ }).max(500),
    }),
  ]),
  issuer: lineSchema(300).nullable().default(null),
  matchVerifiedEmail: z.boolean().default(false),
  defaultRoleId: idSchema.nullable().default(null),
});
/** `secret` is there once, for hs256 clients. */
export const embedClientCreatedSchema = embedClientSchema
  .extend({ secret: z.string().optional() })
  .meta({ id: 'EmbedClientCreated' });
export const embedClientUpdateSchema = z.strictObject({
  name: lineSchema(100).optional(),
  allowedOrigins: z.array(originSchema).min(1, 'name at least one origin').max(20).optional(),
  components: componentsSchema.optional(),
  issuer: lineSchema(300).nullable().optional(),
  isActive: z.boolean().optional(),
  matchVerifiedEmail: z.boolean().optional(),
  defaultRoleId: idSchema.nullable().optional(),
});

/** `POST embed/sessions`, from the host's back end. The assertion is a signed JWT (see docs/embed-intranet.md). */
export const embedSessionRequestSchema = z.strictObject({
  clientId: idSchema,
  assertion: z.string().min(20).max(8000),
});
export const embedSessionResponseSchema = z
  .object({ clientSecret: z.string(), expiresAt: momentSchema })
  .meta({ id: 'EmbedClientSecret' });

/** `POST embed/token`, from the page: trades the one-time client secret for an access token. */
export const embedTokenRequestSchema = z.strictObject({
  clientSecret: z.string().min(20).max(200),
});
export const embedTokenResponseSchema = z
  .object({
    accessToken: z.string(),
    expiresIn: z.number().int().meta({ description: 'seconds' }),
  })
  .meta({ id: 'EmbedAccessToken' });
