import { z } from 'zod';
import { emailSchema, idSchema, lineSchema, namedSchema } from './common.ts';

export const scopeSchema = z.enum(['none', 'own', 'team', 'all']).meta({ id: 'Scope' });
export type Scope = z.infer<typeof scopeSchema>;

/** The signed-in person as the client needs to know them. */
export const meSchema = z
  .object({
    id: idSchema,
    email: z.string().nullable(),
    name: z.string(),
    role: z.object({ id: idSchema, key: z.string(), name: z.string() }),
    team: namedSchema.nullable(),
    permissions: z.record(z.string(), scopeSchema).meta({ description: 'permission -> scope; missing means none' }),
    fieldGroups: z.array(z.string()).meta({
      description: 'guarded groups of fields this person sees, e.g. cost',
    }),
    locale: z.string().nullable(),
    timeZone: z.string().meta({ description: "own, else the company's" }),
    currency: z.string().meta({ description: 'company currency' }),
    mustAddSecondStep: z.boolean().meta({
      description: 'true: the company asks for a second step; until one is set up, only the own account opens',
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const loginRequestSchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(1).max(1024),
});
export const loginResponseSchema = z.union([
  z.object({ user: meSchema }),
  z.object({
    mfaRequired: z.literal(true),
    challenge: z.string().meta({ description: 'names the half-done sign-in for five minutes' }),
    methods: z.array(z.enum(['totp', 'passkey', 'recovery'])),
  }),
]);

export const setupRequestSchema = z.strictObject({
  token: z.string().min(20).max(200),
  email: emailSchema,
  name: lineSchema(),
  password: z.string().min(12, 'must have at least 12 characters').max(1024),
});
