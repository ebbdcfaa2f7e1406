import { isAllowed, type Principal } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { type SearchHit, searchQuery, searchResultSchema } from '../contracts/search.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { findClose, findExact } from './search.repository.ts';

const types: readonly RecordType[] = ['lead', 'opportunity', 'account', 'contact'];
/** With fewer hits than that, what was typed is taken for mistyped. */
const FEW = 3;
const SHORTEST_TYPO = 3;

/** One search over leads, opportunities, accounts and contacts, as one types. */
export function searchRoutes({ database }: Pick<Dependencies, 'database'>): AnyRoute[] {
  async function search(
    principal: Principal,
    { q, type, limit }: { q: string; type?: RecordType[] | undefined; limit: number },
  ): Promise<SearchHit[]> {
    const asked = types.filter((one) => isAllowed(principal, `${one}.read`) && (type?.includes(one) ?? true));
    const all = async (find: typeof findExact): Promise<SearchHit[]> =>
      (await Promise.all(asked.map((one) => find(database.sql, one, principal, q, limit)))).flat();
    const exact = await all(findExact);
    if (exact.length >= FEW || q.length < SHORTEST_TYPO) return exact;
    const found = new Set(exact.map(({ id }) => id));
    return [...exact, ...(await all(findClose)).filter(({ id }) => !found.has(id))];
  }
  return [
    defineRoute({
      method: 'get',
      path: '/search',
      operationId: 'search',
      tag: 'Search',
      summary:
        'Leads, opportunities, accounts and contacts by name, company, e-mail or telephone; forgives typing errors',
      access: 'signed-in',
      query: searchQuery,
      responses: { 200: searchResultSchema },
      handler: async ({ principal, query }) => ({ body: { items: await search(principal, query) } }),
    }),
  ];
}
