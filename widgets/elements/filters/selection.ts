import type { DashboardSelection } from '../../../backend/contracts/dashboards.ts';
import { rangePresets } from '../../base/range.ts';
import type { ChartFilter, ChartFilters } from '../chart/chart-types.ts';

/** Which facts elements show: `detail` of `salespulse-selection`. */
export interface Selection {
  /** A preset, or `YYYY-MM-DD/YYYY-MM-DD`. */
  range: string;
  compare: DashboardSelection['compare'];
  filters: ChartFilters;
}
export type SelectionFilter = keyof ChartFilters;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** A preset or two days in order; null where the text is neither. */
export function rangeIn(text: string | null | undefined): string | null {
  if (rangePresets.some((preset) => preset === text)) return text ?? null;
  const [from = '', to = '', ...rest] = (text ?? '').split('/');
  const isRange = [from, to].every((day) => dayPattern.test(day) && !Number.isNaN(Date.parse(day))) && from <= to;
  return isRange && rest.length === 0 ? `${from}/${to}` : null;
}

/** The filters with other values of one; without any it goes. */
export function withValues(filters: ChartFilters, name: SelectionFilter, values: readonly string[]): ChartFilters {
  const { [name]: _before, ...others } = filters;
  return values.length > 0 ? { ...others, [name]: [...values] } : others;
}

/** What was pointed at in charts, with one more: of one dimension, and of periods, the latest counts. */
export const pointedAt = (only: readonly ChartFilter[], next: ChartFilter): ChartFilter[] => [
  ...only.filter(({ dimension }) => dimension !== next.dimension),
  next,
];

/** The selection, narrowed to what was pointed at in charts. */
export function narrowed(selection: Selection, only: readonly ChartFilter[]): Selection {
  let { range, filters } = selection;
  for (const one of only) {
    if (one.dimension === 'period') range = `${one.range.from}/${one.range.to}`;
    else filters = withValues(filters, one.dimension, one.values);
  }
  return { ...selection, range, filters };
}

const sorted = (filters: ChartFilters): string =>
  JSON.stringify(
    Object.entries(filters)
      .filter(([, values]) => values?.length)
      .sort(([a], [b]) => a.localeCompare(b)),
  );

/** Do both select the same facts? */
export const isSameSelection = (a: Selection, b: Selection): boolean =>
  a.range === b.range && a.compare === b.compare && sorted(a.filters) === sorted(b.filters);
