import { z } from 'zod';
import { scopeSchema } from './auth.ts';
import {
  daySchema,
  emailSchema,
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
} from './common.ts';

const domainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'must be a domain such as example.com');

/** permission -> scope. Unknown names and scopes a permission doesn't take are refused by the server. */
export const rightsSchema = z.record(z.string().max(60), scopeSchema);

export const roleCreateSchema = z.strictObject({
  name: lineSchema(60),
  permissions: rightsSchema,
  fieldGroups: z.array(z.string().max(60)).max(20).default([]),
});
export const roleUpdateSchema = z.strictObject({
  name: lineSchema(60).optional(),
  permissions: rightsSchema.optional(),
  fieldGroups: z.array(z.string().max(60)).max(20).optional(),
});

/** What the grid of a role is made of, in the order an administrator reads it. */
export const permissionCatalogueSchema = z
  .object({
    groups: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        permissions: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            description: z.string(),
            scopes: z.array(scopeSchema).meta({ description: 'what it can be set to; always with none' }),
            grantable: scopeSchema.meta({ description: 'the widest the caller may give' }),
            isInPerson: z.boolean().meta({ description: 'no API key can hold it' }),
          }),
        ),
      }),
    ),
    fieldGroups: z.array(
      z.object({ key: z.string(), label: z.string(), description: z.string(), isGrantable: z.boolean() }),
    ),
  })
  .meta({ id: 'PermissionCatalogue' });
export type PermissionCatalogue = z.infer<typeof permissionCatalogueSchema>;

export const teamCreateSchema = z.strictObject({
  name: lineSchema(120),
  region: lineSchema(120).nullable().optional(),
  parentId: idSchema.nullable().optional(),
});
export const teamUpdateSchema = teamCreateSchema.partial();

export const auditQuery = z.strictObject({
  ...pageQueryShape,
  from: daySchema.optional(),
  to: daySchema.optional(),
  actor: idSchema.optional(),
  entity: z.string().max(60).optional(),
  entityId: z.string().max(100).optional(),
  action: z.string().max(60).optional().meta({ description: 'exact, or a beginning that ends in a dot: user.' }),
});
export const auditExportQuery = auditQuery.omit({ limit: true, cursor: true });
export const auditEntrySchema = z
  .object({
    id: idSchema,
    at: momentSchema,
    actor: namedSchema.nullable().meta({ description: 'null: the system, the terminal, or nobody signed in' }),
    actorKind: z.string(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string().nullable(),
    entityName: z.string().nullable().meta({ description: 'what people call it today, where it has a name' }),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = pageOf(auditEntrySchema).meta({ id: 'AuditPage' });
/** What can be filtered by: the actions and entities that occur. */
export const auditFacetsSchema = z.object({
  actions: z.array(z.string()),
  entities: z.array(z.string()),
  actors: z.array(namedSchema),
});

export const apiKeyCreateSchema = z.strictObject({
  name: lineSchema(60),
  permissions: rightsSchema,
  fieldGroups: z.array(z.string().max(60)).max(20).default([]),
  expiresOn: daySchema.meta({ description: 'last day it works; at most a year ahead' }),
});
export const apiKeySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    prefix: z.string().meta({ description: 'what it begins with' }),
    person: namedSchema.meta({ description: 'as whom it acts' }),
    permissions: rightsSchema,
    fieldGroups: z.array(z.string()),
    status: z.enum(['active', 'expired', 'revoked', 'owner-inactive']),
    expiresAt: momentSchema,
    lastUsedAt: momentSchema.nullable(),
    createdAt: momentSchema,
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;
export const apiKeyListSchema = z.object({ items: z.array(apiKeySchema), nextCursor: z.null() });
export const apiKeyCreatedSchema = z.object({
  apiKey: apiKeySchema,
  key: z.string().meta({ description: 'shown once' }),
});

/** Who must sign in with a second step; people of a single sign-on are their provider's business. */
const secondStepDutySchema = z.enum(['nobody', 'administrators', 'everybody']);

/** How people may come in; kept in the database, changed by administrators. */
export const signInSettingsSchema = z
  .object({
    registration: z.enum(['off', 'on', 'domains']),
    registrationDomains: z.array(z.string()),
    defaultRoleId: idSchema.nullable().meta({ description: 'role of people who register; null: Viewer' }),
    sessionIdleMinutes: z.number().int().min(5).max(1440),
    sessionMaxHours: z.number().int().min(1).max(168),
    requireSecondStep: secondStepDutySchema,
    version: z.number().int(),
  })
  .meta({ id: 'SignInSettings' });
export type SignInSettings = z.infer<typeof signInSettingsSchema>;
export const signInSettingsUpdateSchema = z.strictObject({
  registration: z.enum(['off', 'on', 'domains']).optional(),
  registrationDomains: z.array(domainSchema).max(50).optional(),
  defaultRoleId: idSchema.nullable().optional(),
  sessionIdleMinutes: z.number().int().min(5).max(1440).optional(),
  sessionMaxHours: z.number().int().min(1).max(168).optional(),
  requireSecondStep: secondStepDutySchema.optional(),
});

const roleMappingSchema = z.array(z.strictObject({ value: lineSchema(200), roleId: idSchema })).max(50);
const providerShape = {
  name: lineSchema(60),
  issuer: z.url({
    protocol: /^https?$/,
    message: 'must be the address of the provider, such as https://login.example.com',
  }),
  clientId: lineSchema(300),
  scopes: z.array(lineSchema(100)).min(1).max(20),
  roleClaim: lineSchema(100).nullable(),
  roleMapping: roleMappingSchema,
  defaultRoleId: idSchema.nullable(),
  createsPeople: z.boolean(),
  emailDomains: z.array(domainSchema).max(50),
  isActive: z.boolean(),
};
export const identityProviderSchema = z
  .object({
    id: idSchema,
    ...providerShape,
    hasSecret: z.boolean(),
    redirectUri: z.string().meta({ description: 'to register with the provider' }),
    people: z.number().int().meta({ description: 'how many people come in through it' }),
    version: z.number().int(),
  })
  .meta({ id: 'IdentityProvider' });
export type IdentityProvider = z.infer<typeof identityProviderSchema>;
export const identityProviderListSchema = z.object({ items: z.array(identityProviderSchema), nextCursor: z.null() });
export const identityProviderCreateSchema = z.strictObject({
  ...providerShape,
  scopes: providerShape.scopes.default(['openid', 'email', 'profile']),
  roleClaim: providerShape.roleClaim.default(null),
  roleMapping: providerShape.roleMapping.default([]),
  defaultRoleId: providerShape.defaultRoleId.default(null),
  createsPeople: z.boolean().default(false),
  emailDomains: providerShape.emailDomains.default([]),
  isActive: z.boolean().default(true),
  clientSecret: z.string().min(1).max(1000).nullable().default(null),
});
export const identityProviderUpdateSchema = z
  .strictObject({ ...providerShape, clientSecret: z.string().min(1).max(1000).nullable() })
  .partial();

/** What came of asking the provider's own address about itself. */
export const identityProviderTestSchema = z
  .object({
    status: z.enum(['ok', 'failed']),
    detail: z.string().meta({ description: 'what was found, and what to do when it does not work' }),
  })
  .meta({ id: 'IdentityProviderTest' });
export type IdentityProviderTest = z.infer<typeof identityProviderTestSchema>;

/** One part of the installation and whether it works. */
export const systemCheckSchema = z
  .object({
    key: z.enum(['database', 'analytics', 'queue', 'mail', 'model', 'redis', 'connections', 'secrets', 'address']),
    label: z.string(),
    status: z.enum(['ok', 'warning', 'failed', 'not-configured']),
    detail: z.string().meta({ description: 'what is so, and what to do when it is not ok' }),
    facts: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .meta({ description: 'how it is configured; never a secret' }),
    canTest: z.boolean(),
  })
  .meta({ id: 'SystemCheck' });
export type SystemCheck = z.infer<typeof systemCheckSchema>;
export const systemHealthSchema = z.object({
  checks: z.array(systemCheckSchema),
  asOf: momentSchema,
  version: z.string(),
});
export type SystemHealth = z.infer<typeof systemHealthSchema>;
export const systemTestParams = z.object({ key: systemCheckSchema.shape.key });
export const systemTestRequestSchema = z.strictObject({
  email: emailSchema.optional().meta({ description: 'mail only: where the test mail goes; else to yourself' }),
});

/** A mail that was sent or waits; the body only where no server is configured and the caller may act for its reader. */
export const mailSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    to: z.string(),
    subject: z.string(),
    state: z.enum(['waiting', 'kept', 'sent', 'failed']),
    error: z.string().nullable(),
    createdAt: momentSchema,
    sentAt: momentSchema.nullable(),
    text: z.string().nullable().optional(),
  })
  .meta({ id: 'Mail' });
export type Mail = z.infer<typeof mailSchema>;
export const mailListQuery = z.strictObject({ ...pageQueryShape });
export const mailPageSchema = pageOf(mailSchema).meta({ id: 'MailPage' });
