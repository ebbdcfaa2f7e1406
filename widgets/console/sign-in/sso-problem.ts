import { t } from '../text.ts';
import type { TokenPlace } from './link-token.ts';

/** Why single sign-on brought somebody back without signing them in, in a sentence; taken out of the address. */
export function takeSsoProblem({ location, history }: TokenPlace = globalThis): string | null {
  const query = new URLSearchParams(location.search);
  const code = query.get('problem');
  if (code === null) return null;
  query.delete('problem');
  history.replaceState(null, '', location.pathname + (query.size > 0 ? `?${query}` : '') + location.hash);
  const key = `sso.problem.${code}`;
  const text = t(key);
  // The code stands in an address that anybody can write: only sentences of ours are shown.
  return text === key ? t('sso.problem.other') : text;
}
