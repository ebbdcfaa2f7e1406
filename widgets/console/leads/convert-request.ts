import type { Lead } from '../../../backend/contracts/leads.ts';
import type { ConvertRequest } from '../../../backend/contracts/opportunities.ts';
import type { FormValues } from '../parts/fields.ts';

/** What the lead becomes part of: something new, or what is there. */
export type Target = 'new' | 'existing';
export interface Targets {
  account: Target;
  contact: Target;
  opportunity: Target | 'none';
}

/** The entries below `prefix.` as an object; inputs that were left empty are left out, except those of `kept`. */
function below(body: FormValues, prefix: string, kept: readonly string[] = []): FormValues {
  const found: FormValues = {};
  for (const [path, value] of Object.entries(body)) {
    if (!path.startsWith(`${prefix}.`)) continue;
    const name = path.slice(prefix.length + 1);
    if (value === null && !kept.includes(name)) continue;
    if (name.startsWith('custom.')) {
      found.custom = { ...(found.custom as FormValues | undefined), [name.slice('custom.'.length)]: value };
    } else found[name] = value;
  }
  return found;
}

const withValues = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/**
 * The form of a conversion as its request. Who doesn't see how a person is reached leaves the person of the lead to the
 * server, which does.
 */
export function conversionRequest(lead: Lead, targets: Targets, body: FormValues): ConvertRequest {
  const { account, contact } = targets;
  // What the stage asks for of the lead goes for its person, too: it is asked once.
  const reach = Object.fromEntries(
    (['email', 'phone'] as const).map((name) => [`contact.${name}`, body[`contact.${name}`] ?? body[`fields.${name}`]]),
  );
  const isReachHidden = Object.keys(reach).every(
    (name) => !(name in body) && !(name.replace('contact', 'fields') in body),
  );
  const person = below({ ...body, ...withValues(reach) }, 'contact');
  const isLeft = isReachHidden && person.name === lead.name && !person.title;
  const opportunity = below(body, 'opportunity', ['amount']) as NonNullable<ConvertRequest['opportunity']>;
  const fields = below(body, 'fields');
  return {
    account: account === 'new' ? { name: String(body['account.name']) } : { id: String(body['account.id']) },
    ...(contact === 'existing' ? { contact: { id: String(body['contact.id']) } } : {}),
    ...(contact === 'new' && !isLeft ? { contact: { ...person, name: String(person.name) } } : {}),
    // An amount that was emptied stays empty, instead of that of the lead.
    ...(targets.opportunity === 'new' ? { opportunity } : {}),
    ...(targets.opportunity === 'existing' ? { opportunityId: String(body['opportunity.id']) } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}
