import type { RecordScope } from '../access/index.ts';
import type { Dimension, Grain, Split } from '../contracts/analytics.ts';
import type { CustomFilter } from './custom-dimension.ts';
import type { MeasureId, Measures } from './measures.ts';
import type { Period } from './periods.ts';

/** Values a dimension may have, "any of"; null stands for "not set". A dimension left out is not filtered. */
export type Filters = Partial<Record<Dimension, readonly (string | null)[]>>;

/** Which facts count: a period, filters, and the reach of the viewer. */
export interface Selection {
  period: Period;
  filters: Filters;
  custom?: readonly CustomFilter[];
  scope: RecordScope;
  /** the company's business day now: pipelines that end today or later are the present ones */
  today: string;
}

/** Measures x time x dimension, over a selection. */
export interface Question extends Selection {
  measures: readonly MeasureId[];
  /** null: the whole period is one cell */
  grain: Grain | null;
  /** null: not split */
  by: Split | null;
  /** the viewer's reach on the records whose custom field `by` is: beyond it values count as not set; null: it is none */
  byReach: RecordScope | null;
}

/** One cell: only the measures asked for are filled, the others are zero. */
export interface MeasureRow {
  /** first day of the bucket; null without a grain */
  bucket: string | null;
  /** value of the dimension (an id for product, team and owner); null: not set, or not split */
  key: string | null;
  measures: Measures;
}

/** The records that a metric counts. */
export type Population = 'sales' | 'costedSales' | 'accountSales' | 'leads' | 'closed' | 'won' | 'open' | 'spend';

export interface RecordsQuestion extends Selection {
  population: Population;
  /** the reach of the viewer on the records themselves; both scopes hold */
  recordScope: RecordScope;
  seesCost: boolean;
  limit: number;
  /** where the page before ended: sort value and id */
  after: readonly [string, string] | null;
}

/** A record behind a cell, as JSON, with its place in the order (newest first). */
export interface RecordRow {
  id: string;
  sort: string;
  item: Record<string, unknown>;
}

/** The values that a viewer's facts have, as the facts have them: ids where a dimension has them. */
export interface DimensionKeys {
  values: Readonly<Record<Dimension, readonly string[]>>;
  firstDay: string | null;
  lastDay: string | null;
}

/**
 * Adds up facts. Every engine gives the same answers to the last digit: sums are exact decimals, the
 * median of two middle values is their mean, days are the company's business days, weeks are ISO weeks.
 */
export interface AnalyticsEngine {
  /**
   * The cells that have facts, in no particular order. With a grain, `pipeline` measures have a row for
   * every bucket that has begun. The caller asks only for measures whose fact has every dimension used.
   */
  table(question: Question): Promise<MeasureRow[]>;
  /** One row more than `limit` tells that there is another page. */
  records(question: RecordsQuestion): Promise<RecordRow[]>;
  /** The values found in the sales, leads and opportunities that the scope reaches. */
  dimensionKeys(scope: RecordScope): Promise<DimensionKeys>;
}
