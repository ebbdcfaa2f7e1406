import type { Dimension } from '../contracts/analytics.ts';
import type { CustomEntity } from './custom-dimension.ts';

/**
 * What the numbers are made from.
 * - sales: booked sales by the day they were sold
 * - customers: accounts by the day of their first sale ever, with that sale's attributes
 * - leads: by the day they were created
 * - closed: opportunities won or lost, by the day they closed
 * - pipeline: opportunities open at the end of the period
 * - spend: by the day it was spent
 */
export type FactId = 'sales' | 'customers' | 'leads' | 'closed' | 'pipeline' | 'spend';

/** A number an engine adds up from one kind of fact; metrics are computed from these. */
export const measureFacts = {
  revenue: 'sales',
  saleCount: 'sales',
  units: 'sales',
  costedRevenue: 'sales',
  costedCount: 'sales',
  cost: 'sales',
  activeCustomers: 'sales',
  newCustomers: 'customers',
  leadCount: 'leads',
  convertedCount: 'leads',
  wonCount: 'closed',
  lostCount: 'closed',
  wonAmount: 'closed',
  wonPriced: 'closed',
  cycleDays: 'closed',
  openCount: 'pipeline',
  openAmount: 'pipeline',
  openWeighted: 'pipeline',
  spend: 'spend',
} as const satisfies Record<string, FactId>;
export type MeasureId = keyof typeof measureFacts;

/** Measures that are no sums: what several cells say together does not follow from what each of them says. */
export const wholeMeasures = ['cycleDays', 'activeCustomers'] as const satisfies readonly MeasureId[];
type WholeMeasure = (typeof wholeMeasures)[number];

/**
 * Decimal strings. Null is only `cycleDays`, a median, where nothing was won, and what is no sum where several cells
 * are taken together.
 */
export type Measures = Record<Exclude<MeasureId, WholeMeasure>, string> & Record<WholeMeasure, string | null>;

/** The measures of a cell that no fact falls into. */
export const noMeasures: Readonly<Measures> = Object.freeze({
  ...(Object.fromEntries(Object.keys(measureFacts).map((id) => [id, '0'])) as Measures),
  cycleDays: null,
});

const everywhere: readonly Dimension[] = ['product', 'category', 'region', 'team', 'owner', 'source', 'segment'];

/** The dimensions each kind of fact has; by others it can be neither filtered nor split. */
export const factDimensions: Readonly<Record<FactId, ReadonlySet<Dimension>>> = {
  sales: new Set(everywhere),
  customers: new Set(everywhere),
  leads: new Set(everywhere.filter((dimension) => dimension !== 'product')),
  closed: new Set(everywhere),
  pipeline: new Set(everywhere),
  spend: new Set<Dimension>(['region', 'team', 'source']),
};

/** The records behind each kind of fact, by whose custom fields it can be split. */
export const factRecords: Readonly<Record<FactId, ReadonlySet<CustomEntity>>> = {
  sales: new Set<CustomEntity>(['lead', 'opportunity', 'account']),
  customers: new Set<CustomEntity>(['lead', 'opportunity', 'account']),
  leads: new Set<CustomEntity>(['lead']),
  closed: new Set<CustomEntity>(['lead', 'opportunity', 'account']),
  pipeline: new Set<CustomEntity>(['lead', 'opportunity', 'account']),
  spend: new Set(),
};
