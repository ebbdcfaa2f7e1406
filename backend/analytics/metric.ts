import type { FieldGroup } from '../access/index.ts';
import type { MetricId, Unit } from '../contracts/analytics.ts';
import type { Population } from './engine.ts';
import type { MeasureId, Measures } from './measures.ts';

/** What a caveat may depend on besides the numbers. */
export interface CaveatContext {
  /** the period ended before today, so a pipeline is one of the past */
  isPast: boolean;
}

/** One number of the product: the same entry serves API, widgets, exports and docs. */
export interface Metric {
  id: MetricId;
  /** as a person reads it */
  name: string;
  unit: Unit;
  betterWhen: 'higher' | 'lower';
  /** what it is, in one sentence */
  definition: string;
  /** how it follows from the measures, as people write it */
  formula: string;
  /** null: everybody who sees analytics may see it */
  fieldGroup: FieldGroup | null;
  /** do the values of the parts add up to the value of the whole? */
  isAdditive: boolean;
  measures: readonly MeasureId[];
  /** the records that a drill-down lists */
  population: Population;
  /** what to keep in mind reading it, always true; shown in the docs and beside the number */
  note: string | null;
  /** decimal string; null where the denominator is empty. `digits`: decimals of the company currency */
  value(measures: Measures, digits: number): string | null;
  /** what to keep in mind about this one value */
  caveat?(measures: Measures, context: CaveatContext): string | null;
}
