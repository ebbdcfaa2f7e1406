import type { DuplicateCheckAnswer } from '../../../backend/contracts/duplicates.ts';
import type { Lead } from '../../../backend/contracts/leads.ts';
import { type App, can } from '../app.ts';

export type Suggestion = DuplicateCheckAnswer['items'][number];
export type Suggestions = Readonly<Record<'account' | 'contact', readonly Suggestion[]>>;

export const noSuggestions: Suggestions = { account: [], contact: [] };

/** Accounts and contacts that look like those the lead would become, the most alike first, at most three of each. */
export async function findSuggestions(app: App, lead: Lead): Promise<Suggestions> {
  const ask = async (entity: 'account' | 'contact', traits: object): Promise<readonly Suggestion[]> => {
    if (!can(app.me, `${entity}.read`)) return [];
    // The dialog works without: whoever converts can look for themselves.
    const answer = await app.api
      .send<DuplicateCheckAnswer>('POST', 'duplicates/check', { entity, ...traits })
      .catch(() => ({ items: [] }));
    return answer.items.slice(0, 3);
  };
  const { name, company, email, phone } = lead;
  const [account, contact] = await Promise.all([
    ask('account', { name: company ?? name }),
    ask('contact', { name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) }),
  ]);
  return { account, contact };
}

/** One that is surely meant: an account of the same name, a person with the same e-mail address. */
export function surelyMeant(kind: 'account' | 'contact', lead: Lead, found: readonly Suggestion[]): Suggestion | null {
  const name = (lead.company ?? lead.name).trim().toLowerCase();
  const isSure = (one: Suggestion) =>
    kind === 'account' ? one.name.trim().toLowerCase() === name : one.reasons.includes('email');
  return found.find(isSure) ?? null;
}
