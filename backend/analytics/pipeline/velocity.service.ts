import type { Principal } from '../../access/index.ts';
import type { StageTime, Velocity, VelocityFigures, VelocityQuery } from '../../contracts/pipeline-reports.ts';
import { divide, multiply } from '../decimal.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { comparedPeriod } from '../periods.ts';
import { days, money, share } from './amounts.ts';
import { namedGroups } from './groups.ts';
import { stageRef } from './pipeline.repository.ts';
import { readVelocity, type VelocityCell } from './velocity.repository.ts';
import { headOf, type PipelineView, viewOf } from './view.ts';
import { readStageTimes, type StageTimeRow } from './visits.repository.ts';

const NOTHING: VelocityCell = {
  key: null,
  open: 0,
  openValue: '0',
  won: 0,
  lost: 0,
  wonPriced: 0,
  wonValue: '0',
  cycleDays: null,
};

/** How fast the pipeline turns into money, what it is compared with, and how long each stage takes. */
export async function answerVelocity(
  context: AnalyticsContext,
  principal: Principal,
  query: VelocityQuery,
): Promise<Velocity> {
  const { from, to, by } = query;
  const { runner } = context;
  const view = await viewOf(context, principal, query, { from, to }, by);
  const comparedWith = comparedPeriod({ from, to }, 'previous', view.today);
  const [[current], [previous], times, split] = await Promise.all([
    readVelocity(runner, view, { from, to }),
    readVelocity(runner, view, comparedWith),
    readStageTimes(runner, view, { from, to }),
    by ? readVelocity(runner, view, { from, to }, by) : [],
  ]);
  const { groups, omitted } = await namedGroups(
    runner,
    by,
    split,
    ({ key }) => key,
    ([cell]) => cell?.open ?? 0,
  );
  return {
    ...headOf(view),
    period: { from, to },
    comparedWith,
    current: figures(current ?? NOTHING, view),
    previous: figures(previous ?? NOTHING, view),
    stages: stageTimes(view, times),
    groups: groups.map(({ key, rows: [cell] }) => ({ key, figures: figures(cell ?? NOTHING, view) })),
    omitted,
  };
}

/** Velocity is computed from what is shown beside it, but not from the rounded figures. */
function figures(cell: VelocityCell, view: PipelineView): VelocityFigures {
  const { open, openValue, won, lost, wonPriced, wonValue, cycleDays } = cell;
  const { digits } = view.currency;
  const average = divide(wonValue, `${wonPriced}`, digits);
  const cycle = cycleDays === null ? null : cycleDays.toFixed(1);
  const perDay =
    cycle === null
      ? null
      : divide(
          multiply(multiply(`${open}`, `${won}`), wonValue),
          multiply(multiply(`${won + lost}`, `${wonPriced}`), cycle),
          digits,
        );
  return {
    open,
    openValue: money(openValue, view),
    won,
    lost,
    winRate: share(won, won + lost),
    averageValue: average === null ? null : money(average, view),
    cycleDays: days(cycleDays),
    perDay: perDay === null ? null : money(perDay, view),
  };
}

/** Every open stage in order, also those that nobody left; archived ones only where somebody did. */
function stageTimes({ pipeline }: PipelineView, rows: readonly StageTimeRow[]): StageTime[] {
  return pipeline.stages.flatMap((stage): StageTime[] => {
    const row = rows.find(({ stageId }) => stageId === stage.id);
    if (stage.kind !== 'open' || (stage.isArchived && !row)) return [];
    return [
      {
        stage: stageRef(stage),
        visits: row?.visits ?? 0,
        medianDays: days(row?.median ?? null),
        p90Days: days(row?.p90 ?? null),
        movedOn: row?.on ?? 0,
        movedBack: row?.back ?? 0,
        won: row?.won ?? 0,
        lost: row?.lost ?? 0,
        left: row?.left ?? 0,
      },
    ];
  });
}
