import type { Dimension, Grain, MetricId, Unit } from '../../../backend/contracts/analytics.ts';
import type { Filters } from '../../base/filters.ts';
import type { DayRange } from '../../base/range.ts';

export const chartTypes = ['bar', 'line', 'pie', 'scatter', 'area'] as const;
export type ChartType = (typeof chartTypes)[number];

/** What the element's attributes ask for, with defaults filled in. */
export interface ChartQuestion {
  metrics: string[];
  by: Dimension | null;
  grain: Grain;
  type: ChartType;
  range: DayRange;
  limit: number;
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
}

export interface ChartSeries {
  id: string;
  label: string;
  unit: Unit | null;
  currency: string | null;
  /** Decimal strings as the server sent them, one a point; null is a gap. */
  values: (string | null)[];
}

export interface ChartModel {
  /** May differ from the type asked for where that can't show these values. */
  type: ChartType;
  isReplaced: boolean;
  points: ChartPoint[];
  series: ChartSeries[];
  /** More values exist than are shown. */
  isCut: boolean;
}

/** `detail` of `salespulse-drill`: enough to ask `analytics/records` for the rows behind a value. */
export interface ChartDrill extends DayRange {
  metric: MetricId;
  value: string | null;
  filters: Filters;
}

/** `detail` of `salespulse-filter`: what the person wants to see alone. '' among the values means "not set". */
export type ChartFilter =
  | { dimension: Dimension; values: string[]; label: string }
  | { dimension: 'period'; range: DayRange; label: string };
