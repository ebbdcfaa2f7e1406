import type { Dimension, Grain, Split } from '../../../../backend/contracts/analytics.ts';
import type { Filters } from '../../../base/filters.ts';
import type { DayRange } from '../../../base/range.ts';
import type { ChartDrill } from '../../chart/chart-types.ts';

/** A place on the way down: the facts that a figure is about, and what they are called. */
export interface Level extends DayRange {
  label: string;
  filters: Filters;
  /** How it was split when one went on from here: so it is again when one comes back. */
  way?: Way;
}

/** A way to the next level: shorter periods, or the values of a dimension. */
export type Way = { kind: 'time'; grain: Grain } | { kind: 'dimension'; by: Dimension };

/** Each is narrower than the one before. */
const chains: readonly (readonly Dimension[])[] = [
  ['category', 'product'],
  ['region', 'team', 'owner'],
];

const dayMs = 86_400_000;
const daysOf = ({ from, to }: DayRange) => Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/** The periods that days are split into: years, then months, then days; null where one day is left. */
export function nextGrain(range: DayRange): Grain | null {
  if (range.from.slice(0, 4) !== range.to.slice(0, 4) && daysOf(range) > 366) return 'year';
  if (range.from.slice(0, 7) !== range.to.slice(0, 7)) return 'month';
  return range.from === range.to ? null : 'day';
}

const isOne = (filters: Filters, dimension: Dimension) => filters[dimension]?.length === 1;

/** Ways down from here, as far as the metric can be split (`dimensions`; left out: by all of them). */
export function waysFrom(level: DayRange & { filters: Filters }, dimensions?: readonly string[]): Way[] {
  const grain = nextGrain(level);
  const time: Way[] = grain ? [{ kind: 'time', grain }] : [];
  const narrower = chains.flatMap((chain): Way[] => {
    const known = chain.filter((one) => !dimensions || dimensions.includes(one));
    const deepest = known.findLastIndex((one) => isOne(level.filters, one));
    const next = known[deepest + 1];
    return next ? [{ kind: 'dimension', by: next }] : [];
  });
  return [...time, ...narrower];
}

/** The way that goes on from the mark that was chosen: `by` is what the mark was a value of. */
export function wayAfter(ways: readonly Way[], by: Split | null): Way | undefined {
  const chain = chains.find((one) => one.some((dimension) => dimension === by));
  const goesOn = (way: Way) => way.kind === 'dimension' && chain?.includes(way.by);
  return (chain && ways.find(goesOn)) ?? ways[0];
}

/** The dimension whose value was chosen: filtered to one by the mark, though not by what it stands in. */
export function markedBy(drill: ChartDrill, around: Filters): Split | null {
  const names = Object.keys(drill.filters) as Split[];
  const isMarked = (name: Split) =>
    drill.filters[name]?.length === 1 && JSON.stringify(drill.filters[name]) !== JSON.stringify(around[name]);
  return names.find(isMarked) ?? null;
}

/** The level of a value of a dimension; null is "not set". */
export const levelOfMember = (
  { from, to, filters }: Level,
  by: Dimension,
  member: { id: string | null; name: string },
): Level => ({ from, to, label: member.name, filters: { ...filters, [by]: [member.id ?? ''] } });
