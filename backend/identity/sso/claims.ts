import { emailSchema, lineSchema } from '../../contracts/common.ts';

/** What a provider says about a person, checked for form and not yet for truth. */
export type Claims = Readonly<Record<string, unknown>>;

const ENTRA = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/;
const GOOGLE = 'accounts.google.com';
const isYes = (value: unknown): boolean => value === true || value === 'true' || value === 1 || value === '1';

export interface ClaimedEmail {
  /** lower case */
  address: string;
  domain: string;
  /** the provider says that the address is the person's own */
  isVerified: boolean;
}

/**
 * The e-mail address in these claims; null without a well-formed one. Verified is what `email_verified` says. Entra ID
 * has no such claim: there `xms_edov` (the owner of the domain is verified) stands for it. Google once checked every
 * address, but speaks for today's owner only at gmail.com and where `hd` names the organisation.
 */
export function claimedEmail(claims: Claims, issuer: string): ClaimedEmail | null {
  const parsed = emailSchema.safeParse(claims.email);
  if (!parsed.success) return null;
  const address = parsed.data;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const { hostname } = new URL(issuer);
  const says = ENTRA.test(hostname)
    ? isYes(claims.email_verified) || isYes(claims.xms_edov)
    : isYes(claims.email_verified);
  const isOwners = hostname !== GOOGLE || domain === 'gmail.com' || typeof claims.hd === 'string';
  return { address, domain, isVerified: says && isOwners };
}

/** The name to show, from the usual claims; null when there is none that fits on a line. */
export function claimedName(claims: Claims): string | null {
  const whole = [claims.given_name, claims.family_name].filter((part) => typeof part === 'string').join(' ');
  for (const candidate of [claims.name, whole, claims.preferred_username]) {
    const parsed = lineSchema().safeParse(candidate);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/**
 * The values of the role claim: a string, or the strings of a list. `path` is the claim's name, or the way to it with
 * dots (realm_access.roles); a claim whose very name has dots is found first. Empty when it is not there.
 */
export function claimValues(claims: Claims, path: string): string[] {
  const value = Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce<unknown>(step, claims);
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string');
}

const step = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Claims)[key] : undefined;
