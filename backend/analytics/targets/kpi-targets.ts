import { type Principal, scopeOf } from '../../access/index.ts';
import { daysBetween } from '../../calendar/index.ts';
import type { MetricId } from '../../contracts/analytics.ts';
import { targetMetricSchema } from '../../contracts/targets.ts';
import { round } from '../decimal.ts';
import type { Filters } from '../engine.ts';
import type { AnalyticsContext, Inquiry } from '../inquiry.ts';
import type { Period } from '../periods.ts';
import { findPeriodTargets } from './target.repository.ts';
import { periodName, sumOfTargets, wholePeriod } from './target-periods.ts';
import type { Subject } from './target-reach.ts';

/** The targets that key figures stand beside. */
export interface KpiTargets {
  /** decimal strings; a metric without a target is missing */
  values: ReadonlyMap<MetricId, string>;
  /** said beside a figure that has one; null where the period is over and is exactly the target's */
  note: string | null;
}

const NONE: KpiTargets = { values: new Map(), note: null };

/**
 * Whose target figures with these filters are measured against; null where it is nobody's in particular.
 * Nothing filtered: the company's for who reaches all, the team's for who reaches one team, one's own for who reaches
 * no more. One team or one person filtered: theirs. Any other filter, and a team seen only in part: nobody's.
 */
function subjectOfFigures(principal: Principal, filters: Filters): Subject | null {
  const scope = scopeOf(principal, 'analytics.read').kind;
  const [first, second] = Object.entries(filters);
  if (second) return null;
  if (!first) {
    if (scope === 'all') return { kind: 'company' };
    const [team, another] = principal.teamIds;
    if (scope === 'team' && team !== undefined) return another === undefined ? { kind: 'team', id: team } : null;
    return { kind: 'user', id: principal.userId };
  }
  const [dimension, [value = null, ...others]] = first as [string, readonly (string | null)[]];
  if (value === null || others.length > 0) return null;
  if (dimension === 'owner') return { kind: 'user', id: value };
  return dimension === 'team' && scope !== 'own' ? { kind: 'team', id: value } : null;
}

/** The targets of the selection's period for whoever it is about, as far as the viewer sees them. */
export async function kpiTargets(
  { runner, currency }: AnalyticsContext,
  principal: Principal,
  { metrics, filters, period, today, question }: Inquiry,
): Promise<KpiTargets> {
  const isTargeted = (id: string) => targetMetricSchema.safeParse(id).success;
  const wanted = metrics.filter(({ id }) => isTargeted(id));
  // Filtered by a custom field, the figures are nobody's in particular.
  const subject = question.custom?.length ? null : subjectOfFigures(principal, filters);
  const whole = wholePeriod(period, today);
  if (wanted.length === 0 || !subject || !whole) return NONE;
  const targets = await findPeriodTargets(
    runner,
    principal,
    subject,
    wanted.map(({ id }) => id),
    whole,
  );
  if (targets.length === 0) return NONE;
  const { digits } = await currency();
  const values = wanted.flatMap((metric): [MetricId, string][] => {
    const sum = sumOfTargets(
      targets.filter((target) => target.metric === metric.id),
      whole,
    );
    return sum === null ? [] : [[metric.id, metric.unit === 'money' ? round(sum, digits) : sum]];
  });
  return { values: new Map(values), note: noteOn(whole, today) };
}

/** A running period's figure is measured against the whole of it: say so, and how much of it is over. */
function noteOn(whole: Period, today: string): string | null {
  if (today < whole.from || whole.to < today) return null;
  const days = daysBetween(whole.from, whole.to) + 1;
  const share = Math.round(((daysBetween(whole.from, today) + 1) / days) * 100);
  return `The target is that of ${periodName(whole)}, ${share} % of which has passed.`;
}
