import type { AnalyticsCell, AnalyticsColumn } from '../../contracts/analytics.ts';
import type { ChartSpec } from '../../contracts/chart-spec.ts';
import type { Texts } from '../texts.ts';

/** A cell as it is read; what has no value, and all beyond the limit, in the reader's words. */
export function cellText(cell: AnalyticsCell, { notSet, others }: Texts): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  if (cell.isOthers) return others;
  return (cell.id && cell.name) || notSet;
}

/** What a measure is called, with what was done to its figures, as the chart on screen says it. */
export function measureName(
  { id, label, isBefore, member }: Pick<AnalyticsColumn, 'id' | 'label' | 'isBefore' | 'member'>,
  { transform, window }: Pick<ChartSpec, 'transform' | 'window'>,
  texts: Texts,
): string {
  if (member) return cellText(member, texts) ?? label;
  const metric = texts.metrics[id.split('.')[0] ?? id];
  // A name that this language lacks: the answer's, which says already what was done.
  if (metric === undefined) return label;
  const name = isBefore ? texts.before(metric) : metric;
  return transform === 'none' ? name : texts.transforms[transform](name, window);
}

/** What figures are split by, within a sentence; fields of the administrator by their own names. */
export const splitName = (split: string, label: string, { splits }: Texts): string =>
  (splits as Partial<Record<string, string>>)[split] ?? label;

export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
