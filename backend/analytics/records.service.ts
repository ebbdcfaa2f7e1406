import { type Permission, type Principal, scopeOf, seesFields } from '../access/index.ts';
import type { RecordsQuery, RecordsResponse } from '../contracts/analytics.ts';
import { cutPage, decodeCursor, encodeCursor, forbidden, invalid } from '../http/index.ts';
import type { Population } from './engine.ts';
import { type AnalyticsContext, inquire } from './inquiry.ts';

type Entity = RecordsResponse['entity'];

/** What the records of a population are. */
export const populationEntities: Record<Population, Entity> = {
  sales: 'sale',
  costedSales: 'sale',
  accountSales: 'sale',
  leads: 'lead',
  closed: 'opportunity',
  won: 'opportunity',
  open: 'opportunity',
  spend: 'spend',
};

const readPermissions: Record<Entity, Permission> = {
  sale: 'sale.read',
  lead: 'lead.read',
  opportunity: 'opportunity.read',
  spend: 'spend.read',
};

const nouns: Record<Entity, string> = { sale: 'sales', lead: 'leads', opportunity: 'opportunities', spend: 'spend' };

/** The records that a metric counts for a selection, newest first, as far as the viewer may open them. */
export async function answerRecords(
  context: AnalyticsContext,
  principal: Principal,
  query: RecordsQuery,
): Promise<RecordsResponse> {
  const { limit, cursor } = query;
  const inquiry = await inquire(context, principal, { ...query, metrics: [query.metric] });
  const [metric] = inquiry.metrics;
  if (!metric) throw new Error(`metric ${query.metric} is missing from the catalogue`);
  const why = inquiry.why(metric);
  if (why) throw invalid('/query/metric', `has no records here: ${why.replace(/\.$/, '')}`);
  const { population } = metric;
  const entity = populationEntities[population];
  const recordScope = scopeOf(principal, readPermissions[entity]);
  if (recordScope.kind === 'none') throw forbidden(`see ${nouns[entity]}`);
  const order = `records:${population}`;
  const rows = await context.engine.records({
    ...inquiry.question,
    period: inquiry.period,
    population,
    recordScope,
    seesCost: seesFields(principal, 'cost'),
    limit,
    after: position(decodeCursor(cursor, order, 2)),
  });
  const page = cutPage(rows, limit, ({ sort, id }) => encodeCursor(order, [sort, id]));
  return { entity, items: page.rows.map(({ item }) => item), nextCursor: page.nextCursor };
}

function position(parts: readonly (string | number | null)[] | null): readonly [string, string] | null {
  if (parts === null) return null;
  const [sort, id] = parts;
  if (typeof sort === 'string' && typeof id === 'string') return [sort, id];
  throw invalid('/query/cursor', 'is not a cursor of this list and order');
}
