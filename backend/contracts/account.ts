import { z } from 'zod';
import { meSchema } from './auth.ts';
import { emailSchema, idSchema, lineSchema, momentSchema } from './common.ts';

/** A password somebody chooses. Length is counted in characters; strength is judged by the server (see password strength). */
export const newPasswordSchema = z.string().min(12, 'must have at least 12 characters').max(1024);
const tokenSchema = z.string().min(20).max(200);

/** What the sign-in page offers. */
export const signInOptionsSchema = z
  .object({
    registration: z.enum(['off', 'on', 'domains']).meta({ description: 'domains: for listed e-mail domains only' }),
    registrationDomains: z.array(z.string()),
    providers: z.array(z.object({ id: idSchema, name: z.string() })).meta({ description: 'single sign-on buttons' }),
    canMail: z.boolean().meta({ description: 'false: no mail server is configured, mails wait in the outbox' }),
  })
  .meta({ id: 'SignInOptions' });
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

/** Why single sign-on did not work: what the sign-in page finds in `?problem=`. Never the provider's own words. */
export const ssoProblemSchema = z.enum([
  /** the person, or the provider for them, said no */
  'denied',
  /** begun too long ago, in another browser, or used before */
  'expired',
  /** the provider cannot be reached or has a fault of its own */
  'provider-unavailable',
  /** the provider does not know us as we are set up: client id, secret, redirect address, scopes */
  'provider-misconfigured',
  /** there is no such provider, or it is switched off */
  'provider-off',
  /** the provider's answer did not stand up to checking */
  'answer-not-valid',
  /** nobody here, and nobody is added by themselves */
  'unknown-person',
  /** no role here fits what the provider says about the person */
  'no-role',
  'deactivated',
  'too-many-tries',
  /** a fault on our side */
  'failed',
]);
export type SsoProblem = z.infer<typeof ssoProblemSchema>;
/** Where to go once signed in: an address within the console; anything else counts as `/`. */
export const ssoStartQuery = z.looseObject({ returnTo: z.string().max(2000).optional().catch(undefined) });
/** What providers append; they may add more of their own. */
export const ssoCallbackQuery = z.looseObject({
  state: z.string().max(4000).optional().catch(undefined),
  code: z.string().max(4000).optional().catch(undefined),
  error: z.string().max(4000).optional().catch(undefined),
});

export const registerSchema = z.strictObject({ email: emailSchema, name: lineSchema(), password: newPasswordSchema });
export const emailOnlySchema = z.strictObject({ email: emailSchema });
export const verifyEmailSchema = z.strictObject({ token: tokenSchema });
export const verifiedSchema = z.object({ email: z.string() });
export const resetPasswordSchema = z.strictObject({ token: tokenSchema, password: newPasswordSchema });
/** The same answer whether the address is known or not. */
export const mailPromisedSchema = z.object({ message: z.string() });

export const passwordQuestionSchema = z.strictObject({
  password: z.string().max(1024),
  email: z.string().max(254).optional(),
  name: z.string().max(200).optional(),
});
export const passwordStrengthSchema = z
  .object({
    score: z.number().int().min(0).max(4).meta({ description: 'zxcvbn: 0 too guessable, 4 very strong' }),
    isAcceptable: z.boolean(),
    message: z.string().nullable().meta({ description: 'what is wrong with it and what to do, in one sentence' }),
  })
  .meta({ id: 'PasswordStrength' });
export type PasswordStrength = z.infer<typeof passwordStrengthSchema>;

export const invitationQuestionSchema = z.strictObject({ token: tokenSchema });
export const invitationSchema = z
  .object({ email: z.string(), name: z.string(), invitedBy: z.string().nullable(), expiresAt: momentSchema })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;
export const acceptInvitationSchema = z.strictObject({
  token: tokenSchema,
  name: lineSchema(),
  password: newPasswordSchema,
});

/** The second step of a sign-in: `challenge` came with the first one's answer. */
export const mfaCodeSchema = z.strictObject({ challenge: tokenSchema, code: z.string().trim().min(6).max(40) });
export const mfaChallengeSchema = z.strictObject({ challenge: tokenSchema });
/** WebAuthn's own JSON (PublicKeyCredentialRequestOptionsJSON and so on), passed through as it is. */
const webAuthnJson = z.record(z.string(), z.unknown());
export const passkeyOptionsSchema = z.object({ challenge: z.string(), options: webAuthnJson });
export const passkeyAnswerSchema = z.strictObject({ challenge: tokenSchema, response: webAuthnJson });
export const signedInSchema = z.object({ user: meSchema });

export const meUpdateSchema = z.strictObject({
  name: lineSchema().optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-GB')
    .nullable()
    .optional(),
  timeZone: z.string().max(60).nullable().optional().meta({ description: 'IANA name; null: the company’s' }),
});
export const changePasswordSchema = z.strictObject({
  current: z.string().min(1).max(1024),
  password: newPasswordSchema,
});

export const mySessionSchema = z
  .object({
    id: idSchema,
    isCurrent: z.boolean(),
    method: z.string().meta({ description: 'password, password+totp, passkey, sso, ...' }),
    userAgent: z.string().nullable(),
    address: z.string().nullable(),
    createdAt: momentSchema,
    lastSeenAt: momentSchema,
    expiresAt: momentSchema,
  })
  .meta({ id: 'MySession' });
export type MySession = z.infer<typeof mySessionSchema>;
export const mySessionListSchema = z.object({ items: z.array(mySessionSchema), nextCursor: z.null() });

export const passkeySchema = z
  .object({ id: idSchema, name: z.string(), createdAt: momentSchema, lastUsedAt: momentSchema.nullable() })
  .meta({ id: 'Passkey' });
export type Passkey = z.infer<typeof passkeySchema>;

/** How a person's own account is protected. */
export const mySecuritySchema = z
  .object({
    hasPassword: z.boolean(),
    totp: z.object({ isOn: z.boolean(), since: momentSchema.nullable() }),
    passkeys: z.array(passkeySchema),
    recoveryCodesLeft: z.number().int(),
    providers: z.array(z.object({ id: idSchema, name: z.string() })).meta({ description: 'linked single sign-on' }),
    provenAt: momentSchema.meta({ description: 'when this session last proved who is there' }),
    needsProof: z.boolean().meta({ description: 'true: POST me/proof before changing anything here' }),
  })
  .meta({ id: 'MySecurity' });
export type MySecurity = z.infer<typeof mySecuritySchema>;

/** A fresh proof of who is there, asked before changes to the account's protection. */
export const proofSchema = z.union([
  z.strictObject({ password: z.string().min(1).max(1024) }),
  z.strictObject({ code: z.string().trim().min(6).max(40) }),
  passkeyAnswerSchema,
]);

export const totpSetupSchema = z
  .object({
    secret: z.string().meta({ description: 'base32, to type in by hand' }),
    uri: z.string().meta({ description: 'otpauth://' }),
    qr: z.object({
      size: z.number().int(),
      rows: z.array(z.string()).meta({ description: 'a line of 0 and 1 per row; 1 is dark' }),
    }),
  })
  .meta({ id: 'TotpSetup' });
export type TotpSetup = z.infer<typeof totpSetupSchema>;
export const totpConfirmSchema = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'must be six digits'),
});
/** `recoveryCodes`: shown once; null where the person has some already. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export const passkeyCreateSchema = z.strictObject({
  challenge: tokenSchema,
  name: lineSchema(60),
  response: webAuthnJson,
});
export const passkeyRenameSchema = z.strictObject({ name: lineSchema(60) });
export const passkeyCreatedSchema = z.object({ passkey: passkeySchema, recoveryCodes: z.array(z.string()).nullable() });
