import type { Principal } from '../../access/index.ts';
import type { Ageing, AgeingQuery } from '../../contracts/pipeline-reports.ts';
import { add } from '../decimal.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { AGE_STEPS, type AgeingRow, readAgeing } from './ageing.repository.ts';
import { days, sized } from './amounts.ts';
import { type ReportStage, stageRef } from './pipeline.repository.ts';
import { headOf, type PipelineView, viewOf } from './view.ts';

/** How old what is open now is, by stage and age group. */
export async function answerAgeing(
  context: AnalyticsContext,
  principal: Principal,
  query: AgeingQuery,
): Promise<Ageing> {
  const view = await viewOf(context, principal, query);
  const rows = await readAgeing(context.runner, view, query.basis);
  const wholes = rows.filter(({ step }) => step === null);
  const total = {
    count: wholes.reduce((sum, { count }) => sum + count, 0),
    value: wholes.reduce((sum, { value }) => add(sum, value), '0'),
  };
  return {
    ...headOf(view),
    basis: query.basis,
    total: sized(total, view),
    stages: view.pipeline.stages
      .filter((stage) => stage.kind === 'open' && (!stage.isArchived || wholes.some((row) => row.stageId === stage.id)))
      .map((stage) => stageOf(view, stage, rows)),
  };
}

function stageOf(view: PipelineView, stage: ReportStage, rows: readonly AgeingRow[]): Ageing['stages'][number] {
  const find = (step: number | null) => rows.find((row) => row.stageId === stage.id && row.step === step);
  const whole = find(null);
  return {
    stage: stageRef(stage),
    ...sized(whole ?? { count: 0, value: '0' }, view),
    medianDays: days(whole?.median ?? null),
    p90Days: days(whole?.p90 ?? null),
    oldestDays: days(whole?.oldest ?? null),
    rottingDays: stage.rottingDays,
    buckets: AGE_STEPS.map((fromDays, step) => ({
      fromDays,
      toDays: AGE_STEPS[step + 1] ?? null,
      ...sized(find(step) ?? { count: 0, value: '0' }, view),
    })),
  };
}
