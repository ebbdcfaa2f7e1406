import type {
  Comparison,
  CustomDimension,
  Grain,
  MetricId,
  Split,
  Unit,
} from '../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../backend/contracts/chart-spec.ts';
import type { Filters } from '../../base/filters.ts';
import type { DayRange } from '../../base/range.ts';

export const chartTypes = ['bar', 'line', 'area', 'pie', 'doughnut', 'scatter', 'table'] as const;
export type ChartType = (typeof chartTypes)[number];
export const stackings = ['none', 'stacked', 'percent'] as const;
export type Stacking = (typeof stackings)[number];
export const comparisons = ['none', 'previous', 'year'] as const;
export const transforms = ['none', 'runningTotal', 'share', 'movingAverage'] as const;

/** What the element's attributes ask for, with defaults filled in. */
export interface ChartQuestion extends Omit<ChartSpec, 'metrics' | 'grain'> {
  metrics: string[];
  grain: Grain;
  range: DayRange;
  compare: 'none' | Comparison;
}

/** A value of the dimension; id null means "not set", `isRest` the sum of those not shown. */
export interface Member {
  id: string | null;
  name: string;
  isRest: boolean;
}

/** One place along the chart: a period or a value of the dimension. */
export interface ChartPoint extends DayRange {
  label: string;
  shortLabel: string;
  member: Member | null;
  isPartial: boolean;
  /** The days it is compared with, where it is and there are any. */
  before: DayRange | null;
}

export interface ChartSeries {
  id: string;
  /** What is measured: of a split series not its id. */
  metric: string;
  /** Of a split series: the value it is of. */
  member: Member | null;
  label: string;
  unit: Unit | null;
  currency: string | null;
  /** Decimal strings as the server sent them, one a point; null is a gap. */
  values: (string | null)[];
  /** It holds what the series before it was in the period compared with. */
  isBefore: boolean;
  /** Whose look it has, from 0. */
  look: number;
  /** With the stacking `percent`: each value's share of its point, 0..1. */
  shares: (number | null)[] | null;
}

/** Why a chart is drawn otherwise than asked for; a key of its messages. */
export type Replacement = 'note.replaced' | 'note.scatter' | 'note.line' | 'note.stacking' | 'note.compare';

export interface ChartModel {
  /** May differ from the type asked for where that can't show these values. */
  type: ChartType;
  stacking: Stacking;
  replacements: Replacement[];
  points: ChartPoint[];
  series: ChartSeries[];
  /** More values exist than are shown. */
  isCut: boolean;
}

/** Filters by the house's dimensions and by custom fields. */
export type ChartFilters = Filters & Partial<Record<CustomDimension, string[]>>;

/** `detail` of `salespulse-drill`: enough to ask `analytics/records` for the rows behind a value. */
export interface ChartDrill extends DayRange {
  metric: MetricId;
  /** null where there is none, and of a share or mean, which no records add up to */
  value: string | null;
  filters: ChartFilters;
}

/** `detail` of `salespulse-filter`: what the person wants to see alone. '' among the values means "not set". */
export type ChartFilter =
  | { dimension: Split; values: string[]; label: string }
  | { dimension: 'period'; range: DayRange; label: string };
