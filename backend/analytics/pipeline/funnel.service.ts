import type { Principal } from '../../access/index.ts';
import type { Funnel, FunnelGroup, FunnelQuery } from '../../contracts/pipeline-reports.ts';
import { add } from '../decimal.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { money, share } from './amounts.ts';
import { type FunnelCell, readFunnel } from './funnel.repository.ts';
import { namedGroups } from './groups.ts';
import { type ReportStage, stageRef } from './pipeline.repository.ts';
import { headOf, type PipelineView, viewOf } from './view.ts';

/** How far the records that entered the pipeline in a period have come until now. */
export async function answerFunnel(
  context: AnalyticsContext,
  principal: Principal,
  query: FunnelQuery,
): Promise<Funnel> {
  const { from, to, by } = query;
  const view = await viewOf(context, principal, query, { from, to }, by);
  const cells = await readFunnel(context.runner, view, { from, to }, by);
  const { groups, omitted } = await namedGroups(context.runner, by, cells, ({ key }) => key, total);
  return {
    ...headOf(view),
    period: { from, to },
    total: groupOf(view, null, cells),
    groups: groups.map(({ key, rows }) => groupOf(view, key, rows)),
    omitted,
  };
}

const total = (cells: readonly FunnelCell[]): number => cells.reduce((sum, { count }) => sum + count, 0);
const value = (cells: readonly FunnelCell[]): string => cells.reduce((sum, cell) => add(sum, cell.value), '0');

function groupOf(view: PipelineView, key: FunnelGroup['key'], cells: readonly FunnelCell[]): FunnelGroup {
  const having = (outcome: FunnelCell['outcome']) => cells.filter((cell) => cell.outcome === outcome);
  const entered = total(cells);
  const won = total(having('won'));
  const lost = total(having('lost'));
  const open = view.pipeline.stages.filter(({ kind }) => kind === 'open');
  return {
    key,
    entered,
    value: money(value(cells), view),
    won,
    wonValue: money(value(having('won')), view),
    lost,
    open: total(having('open')),
    left: total(having('left')),
    conversion: share(won, entered),
    winRate: share(won, won + lost),
    stages: open.flatMap((stage, index) => stageOf(view, open, stage, index, cells)),
  };
}

/** One step of the funnel. An archived stage is shown only where somebody got stuck in it. */
function stageOf(
  view: PipelineView,
  open: readonly ReportStage[],
  stage: ReportStage,
  index: number,
  cells: readonly FunnelCell[],
): FunnelGroup['stages'] {
  const further = new Set(open.slice(index + 1).map(({ id }) => id));
  const passed = cells.filter(
    ({ outcome, stageId }) => outcome === 'won' || (stageId !== null && further.has(stageId)),
  );
  const stopped = cells.filter(({ outcome, stageId }) => outcome !== 'won' && stageId === stage.id);
  if (stage.isArchived && stopped.length === 0) return [];
  const reached = [...passed, ...stopped];
  const left = (outcome: FunnelCell['outcome']) => total(stopped.filter((cell) => cell.outcome === outcome));
  return [
    {
      stage: stageRef(stage),
      reached: total(reached),
      value: money(value(reached), view),
      movedOn: total(passed),
      conversion: share(total(passed), total(reached)),
      lost: left('lost'),
      open: left('open'),
      left: left('left'),
    },
  ];
}
