import { z } from 'zod';
import { scopeSchema } from './auth.ts';
import {
  emailSchema,
  flagSchema,
  idSchema,
  lineSchema,
  momentSchema,
  namedSchema,
  pageOf,
  pageQueryShape,
} from './common.ts';

export const userStatusSchema = z.enum(['active', 'invited', 'deactivated', 'placeholder']);

export const userSchema = z
  .object({
    id: idSchema,
    email: z.string().nullable(),
    name: z.string(),
    role: z.object({ id: idSchema, key: z.string(), name: z.string() }),
    team: namedSchema.nullable(),
    status: userStatusSchema,
    /** how the account is protected: what an administrator sees of it */
    security: z.object({
      hasPassword: z.boolean(),
      mustResetPassword: z.boolean(),
      totp: z.boolean(),
      passkeys: z.number().int(),
      sso: z.array(z.string()).meta({ description: 'names of linked providers' }),
    }),
    lastSignInAt: momentSchema.nullable(),
    createdAt: momentSchema,
    updatedAt: momentSchema,
    version: z.number().int(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

export const userListQuery = z.strictObject({
  ...pageQueryShape,
  q: z.string().trim().max(200).optional(),
  role: z.string().max(60).optional(),
  team: idSchema.optional(),
  status: userStatusSchema.optional(),
  count: flagSchema.optional(),
});
export const userPageSchema = pageOf(userSchema).meta({ id: 'UserPage' });

export const userCreateSchema = z.strictObject({
  email: emailSchema,
  name: lineSchema(),
  roleId: idSchema,
  teamId: idSchema.nullable().optional(),
  password: z
    .string()
    .min(12, 'must have at least 12 characters')
    .max(1024)
    .optional()
    .meta({ description: 'left out: the person gets an invitation by mail and chooses one' }),
});
export const userUpdateSchema = z.strictObject({
  name: lineSchema().optional(),
  roleId: idSchema.optional(),
  teamId: idSchema.nullable().optional(),
  status: z.enum(['active', 'deactivated']).optional(),
});

export const roleSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    isBuiltIn: z.boolean(),
    permissions: z.record(z.string(), scopeSchema),
    fieldGroups: z.array(z.string()),
    version: z.number().int(),
    users: z.number().int().meta({ description: 'how many people hold it' }),
  })
  .meta({ id: 'Role' });
export type Role = z.infer<typeof roleSchema>;
export const roleListSchema = z.object({
  items: z.array(roleSchema),
  nextCursor: z.null(),
});

export const teamSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    region: z.string().nullable(),
    parentId: idSchema.nullable(),
    members: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof teamSchema>;
export const teamListSchema = z.object({
  items: z.array(teamSchema),
  nextCursor: z.null(),
});

/** People a record can be given to, as far as the asker may see them. */
export const personListSchema = z.object({
  items: z.array(namedSchema),
  nextCursor: z.null(),
});
