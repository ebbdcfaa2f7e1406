import type { RecordScope } from '../access/index.ts';
import type { Dimension, Split } from '../contracts/analytics.ts';
import { readCustomDimension } from './custom-dimension.ts';
import type { Selection } from './engine.ts';
import { type FactId, factDimensions, factRecords, measureFacts } from './measures.ts';
import type { Metric } from './metric.ts';

/** How far the viewer sees: on all facts, and on spend, which has a permission of its own. */
export interface Reach {
  scope: RecordScope;
  spend: RecordScope;
}

const factNames: Record<FactId, string> = {
  sales: 'Sales',
  customers: 'Customers',
  leads: 'Leads',
  closed: 'Opportunities',
  pipeline: 'Opportunities',
  spend: 'Spend',
};

export const recordNames = { lead: 'leads', opportunity: 'opportunities', account: 'accounts' } as const;

/** Dimensions as people call them, within a sentence. */
export const dimensionNames: Record<Dimension, string> = {
  product: 'product',
  category: 'product category',
  region: 'region',
  team: 'team',
  owner: 'owner',
  source: 'lead source',
  segment: 'segment',
};

/** The kinds of fact that a metric is computed from. */
export const factsOf = (metric: Metric): FactId[] => [
  ...new Set(metric.measures.map((measure): FactId => measureFacts[measure])),
];

/**
 * Why a metric can't be given for these filters, this split and this viewer, in one sentence; null when
 * it can. No number is better than one that ignores a filter or counts what the viewer may not see.
 */
export function whyUnavailable(
  metric: Metric,
  { filters, custom = [] }: Pick<Selection, 'filters' | 'custom'>,
  by: Split | null,
  reach: Reach,
): string | null {
  const split = by && readCustomDimension(by);
  const used = new Set([...(Object.keys(filters) as Dimension[]), ...(by && !split ? [by as Dimension] : [])]);
  const facts = factsOf(metric);
  for (const fact of facts) {
    const missing = [...used].filter((dimension) => !factDimensions[fact].has(dimension));
    if (missing.length > 0) {
      const list = missing.map((dimension) => dimensionNames[dimension]).join(', ');
      return `${factNames[fact]} cannot be told apart by ${list}, so there is no value for this selection.`;
    }
  }
  for (const { entity } of split ? [split, ...custom] : custom) {
    const without = facts.find((fact) => !factRecords[fact].has(entity));
    if (without)
      return `${factNames[without]} cannot be told apart by fields of ${recordNames[entity]}, so there is no value for this selection.`;
  }
  return facts.includes('spend') ? whySpendIsUnavailable(reach) : null;
}

const breadth: Record<RecordScope['kind'], number> = { none: 0, own: 1, team: 2, all: 3 };

function whySpendIsUnavailable({ scope, spend }: Reach): string | null {
  if (scope.kind === 'own') return 'Spend belongs to teams, not to single persons, so there is no value of your own.';
  if (breadth[spend.kind] < breadth[scope.kind]) return 'Your role does not see all the spend this needs.';
  return null;
}

/** What a viewer with a narrowed view must know about a metric; null when nothing. */
export function reachCaveat(metric: Metric, { scope }: Reach): string | null {
  return scope.kind === 'team' && factsOf(metric).includes('spend') ? 'Only spend booked on your teams counts.' : null;
}
