import type { KpiResponse } from '../../../backend/contracts/analytics.ts';
import { type Expectation, listedOwners } from '../support/expectation.ts';
import { placesIn } from '../support/records.ts';
import { owners, type World } from '../support/world.ts';

const YEAR = 'from=2026-01-01&to=2026-12-31';

/** Whose sales make up this revenue: each owner's is another power of two. */
const ownersIn = (revenue: string | null | undefined, { people }: World): string[] =>
  placesIn(Number(revenue ?? 0)).map((place) => {
    const owner = owners[place];
    return owner ? people[owner] : '';
  });

interface Table {
  rows: (string | null | { id: string | null })[][];
}

/** Sales, products, money spent, and every number made of them. */
export const sales: Record<string, Expectation> = {
  listSales: { needs: 'sale.read', ok: 200, query: 'limit=200', shows: listedOwners },
  getSale: { needs: 'sale.read', ok: 200, kind: 'sale' },
  listProducts: { needs: 'product.read', ok: 200 },
  getProduct: { needs: 'product.read', ok: 200, kind: 'product' },
  listSpend: { needs: 'spend.read', ok: 200 },
  listCurrencies: { needs: 'signed-in', ok: 200 },
  getKpis: {
    needs: 'analytics.read',
    ok: 200,
    query: `${YEAR}&metrics=revenue`,
    shows: (body, world) => ownersIn((body as KpiResponse).items[0]?.value, world),
  },
  getSeries: {
    needs: 'analytics.read',
    ok: 200,
    query: `${YEAR}&metrics=revenue&grain=year`,
    shows: (body, world) => ownersIn((body as Table).rows[0]?.[1] as string, world),
  },
  getBreakdown: {
    needs: 'analytics.read',
    ok: 200,
    query: `${YEAR}&metrics=revenue&by=owner`,
    shows: (body) => (body as Table).rows.map(([owner]) => (owner as { id: string | null }).id ?? ''),
  },
  listAnalyticsRecords: {
    needs: 'analytics.read',
    ok: 200,
    query: `${YEAR}&metric=revenue&limit=200`,
    shows: listedOwners,
  },
  askAnalytics: {
    needs: 'analytics.read',
    ok: 200,
    body: () => ({
      questions: [
        {
          path: 'kpis',
          query: { from: '2026-01-01', to: '2026-12-31', metrics: 'revenue' },
        },
      ],
    }),
    shows: (body, world) => {
      const [answer] = (body as { items: { body: KpiResponse }[] }).items;
      return ownersIn(answer?.body.items[0]?.value, world);
    },
  },
  getAnalyticsFilters: {
    needs: 'analytics.read',
    ok: 200,
    omitsNobody: true,
    shows: (body) => (body as { owner: { id: string }[] }).owner.map(({ id }) => id),
  },
  getBenchmark: { needs: 'analytics.read', ok: 200, query: `${YEAR}&metric=revenue` },
  listMetrics: { needs: 'analytics.read', ok: 200 },
};
