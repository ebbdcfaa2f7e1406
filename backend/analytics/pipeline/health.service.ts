import type { Principal } from '../../access/index.ts';
import type { Health, HealthCheckId, HealthQuery } from '../../contracts/pipeline-reports.ts';
import { add, compare, divide, subtract } from '../decimal.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { comparedPeriod } from '../periods.ts';
import { money, type Sized, share, sized } from './amounts.ts';
import { namedGroups } from './groups.ts';
import { type HealthRow, readHealth, readWon } from './health.repository.ts';
import { knownLimits, stageLimits } from './stuck.service.ts';
import { headOf, type PipelineView, viewOf } from './view.ts';

type Counted = 'open' | 'healthy' | 'due' | HealthCheckId;
const checkIds: readonly HealthCheckId[] = ['stuck', 'noNextStep', 'pastClose'];

/** How well what is open is looked after, and whether it is enough for the period's goal. */
export async function answerHealth(
  context: AnalyticsContext,
  principal: Principal,
  query: HealthQuery,
): Promise<Health> {
  const { from, to, by } = query;
  const { runner } = context;
  const view = await viewOf(context, principal, query, { from, to }, by);
  const limits = await stageLimits(runner, view);
  const rows = await readHealth(runner, view, { from, to }, knownLimits(limits), by);
  const { groups, omitted } = await namedGroups(
    runner,
    by,
    rows,
    ({ key }) => key,
    (part) => summed(part, 'open').count,
  );
  const open = summed(rows, 'open');
  return {
    ...headOf(view),
    period: { from, to },
    open: sized(open, view),
    healthy: sized(summed(rows, 'healthy'), view),
    checks: checkIds
      .filter((id) => id !== 'pastClose' || hasCloseDates(view))
      .map((id) => {
        const found = summed(rows, id);
        return { id, ...sized(found, view), share: share(found.count, open.count) };
      }),
    stages: limits.map((limit) => ({
      ...limit,
      stuck: summed(
        rows.filter(({ stageId }) => stageId === limit.stage.id),
        'stuck',
      ).count,
    })),
    coverage: hasCloseDates(view) ? await coverageOf(context, view, query, rows) : null,
    groups: groups.map(({ key, rows: part }) => ({
      key,
      open: sized(summed(part, 'open'), view),
      healthy: sized(summed(part, 'healthy'), view),
      stuck: summed(part, 'stuck').count,
      noNextStep: summed(part, 'noNextStep').count,
      pastClose: summed(part, 'pastClose').count,
    })),
    omitted,
  };
}

/** Leads have no day on which they are expected to close. */
const hasCloseDates = ({ kind }: PipelineView): boolean => kind.entity === 'opportunity';

function summed(rows: readonly HealthRow[], what: Counted): Sized {
  return rows.reduce<Sized>(
    (sum, row) => ({ count: sum.count + row[what], value: add(sum.value, row[`${what}Value`]) }),
    { count: 0, value: '0' },
  );
}

async function coverageOf(
  { runner }: AnalyticsContext,
  view: PipelineView,
  { from, to, goal: given }: HealthQuery,
  rows: readonly HealthRow[],
): Promise<NonNullable<Health['coverage']>> {
  // The whole period before: its days are over, so nothing of it is cut off.
  const before = comparedPeriod({ from, to }, 'previous', to);
  const [won, previous] = await Promise.all([
    readWon(runner, view, { from, to }),
    given === undefined ? readWon(runner, view, before) : null,
  ]);
  const goal = given ?? (previous && previous.count > 0 ? previous.value : null);
  const due = summed(rows, 'due');
  const missing = goal === null ? null : subtract(goal, won.value);
  const remaining = missing !== null && compare(missing, '0') < 0 ? '0' : missing;
  return {
    due: sized(due, view),
    weighted: money(
      rows.reduce((sum, { weighted }) => add(sum, weighted), '0'),
      view,
    ),
    wonSoFar: sized(won, view),
    goal: goal === null ? null : money(goal, view),
    goalBasis: given === undefined ? 'previous' : 'given',
    goalPeriod: given === undefined ? before : { from, to },
    remaining: remaining === null ? null : money(remaining, view),
    ratio: remaining === null ? null : divide(due.value, remaining, 6),
  };
}
