import type { Principal } from '../../access/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { Dimension } from '../../contracts/analytics.ts';
import { divide, subtract } from '../decimal.ts';
import type { MeasureRow } from '../engine.ts';
import { type AnalyticsContext, type Inquiry, inquire } from '../inquiry.ts';
import { addMeasures } from '../measure-sums.ts';
import type { Measures } from '../measures.ts';
import type { Metric } from '../metric.ts';
import { metricOf } from '../metrics.ts';
import { earlier } from '../periods.ts';
import { seesMetric } from '../visibility.ts';
import { runRate } from './run-rate.ts';
import type { TargetRow } from './target.repository.ts';
import { reachesAllOf, type Subject } from './target-reach.ts';

/** How far a target is reached; all null where its reader may not know. */
export interface Attainment {
  attained: string | null;
  attainment: number | null;
  runRate: string | null;
}

/** Money in the company currency is kept with so many. */
const EXACT_DIGITS = 4;

const UNKNOWN: Attainment = { attained: null, attainment: null, runRate: null };

const subjectOf = ({ team, user }: Pick<TargetRow, 'team' | 'user'>): Subject => {
  if (team) return { kind: 'team', id: team.id };
  return user ? { kind: 'user', id: user.id } : { kind: 'company' };
};

const dimensions = { company: null, team: 'team', user: 'owner' } as const satisfies Record<
  Subject['kind'],
  Dimension | null
>;

type Sum = Pick<MeasureRow, 'bucket' | 'key' | 'measures'>;

/** What the targets of one kind of subject have reached: a question for the months, and one for today. */
interface Reached {
  inquiry: Inquiry;
  months: readonly Sum[];
  ofToday: readonly Sum[];
}

async function reached(
  context: AnalyticsContext,
  principal: Principal,
  kind: Subject['kind'],
  targets: readonly TargetRow[],
): Promise<Reached> {
  const today = businessDay(context.clock(), context.timeZone);
  const first = targets.map(({ from }) => from).reduce(earlier);
  const from = earlier(first, today);
  const last =
    targets
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? today;
  const to = earlier(last, today);
  const by = dimensions[kind];
  const ids = [...new Set(targets.map((target) => target.team?.id ?? target.user?.id ?? ''))];
  const metrics = [...new Set(targets.map(({ metric }) => metric))];
  const inquiry = await inquire(context, principal, { from, to, metrics, ...(by ? { [by]: ids } : {}) }, by);
  const isRunning = targets.some((target) => target.from <= today && target.to >= today);
  const [months, ofToday] = await Promise.all([
    context.engine.table({ ...inquiry.question, period: { from, to }, grain: 'month' }),
    isRunning ? context.engine.table({ ...inquiry.question, period: { from: today, to: today }, grain: null }) : [],
  ]);
  return { inquiry, months, ofToday };
}

function attainmentOf(target: TargetRow, { inquiry, months, ofToday }: Reached, digits: number): Attainment {
  const { today } = inquiry;
  const metric: Metric = metricOf(target.metric);
  const key = target.team?.id ?? target.user?.id ?? null;
  const isIts = (sum: Sum) => sum.key === key;
  const isWithin = ({ bucket }: Sum) => bucket !== null && target.from <= bucket && bucket <= target.to;
  const together = (sums: readonly Sum[]) =>
    addMeasures(
      sums.map(({ measures }) => measures),
      metric.measures,
    );
  const whole = together(months.filter((sum) => isIts(sum) && isWithin(sum)));
  const attained = inquiry.value(metric, whole);
  if (attained === null) return UNKNOWN;
  const share = divide(attained, target.value, 6);
  const isRunning = target.from <= today && today <= target.to;
  // Rounded once, at the end: over a year's days, a cent of today's becomes some euros.
  const exactly = (measures: Measures) => metric.value(measures, EXACT_DIGITS) ?? '0';
  const untilYesterday = isRunning
    ? subtract(exactly(whole), exactly(together(ofToday.filter(isIts))))
    : exactly(whole);
  return {
    attained,
    attainment: share === null ? null : Number(share),
    runRate: runRate(target, today, { attained, untilYesterday }, metric.unit === 'money' ? digits : 0),
  };
}

/**
 * How far each target is reached, by id, counted from the records within the viewer's reach. Where that reach does not
 * hold all that a target is about (a team's for a rep, the company's for a manager), nothing is told.
 */
export async function attainmentsOf(
  context: AnalyticsContext,
  principal: Principal,
  targets: readonly TargetRow[],
): Promise<Map<string, Attainment>> {
  const found = new Map<string, Attainment>(targets.map(({ id }) => [id, UNKNOWN]));
  const { digits } = await context.currency();
  const known = targets.filter(
    (target) => seesMetric(principal, target.metric) && reachesAllOf(principal, subjectOf(target)),
  );
  for (const kind of ['company', 'team', 'user'] as const) {
    const some = known.filter((target) => subjectOf(target).kind === kind);
    if (some.length === 0) continue;
    const sums = await reached(context, principal, kind, some);
    for (const target of some) found.set(target.id, attainmentOf(target, sums, digits));
  }
  return found;
}
