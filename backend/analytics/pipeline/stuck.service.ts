import { addDays } from '../../calendar/index.ts';
import type { Health } from '../../contracts/pipeline-reports.ts';
import type { SqlRunner } from '../../db/index.ts';
import { days } from './amounts.ts';
import type { StuckAfter } from './health.repository.ts';
import { stageRef } from './pipeline.repository.ts';
import type { PipelineView } from './view.ts';
import { readStageTimes } from './visits.repository.ts';

/** How far back the usual time in a stage is looked up, and from how many stays on it says anything. */
const LOOK_BACK_DAYS = 180;
const ENOUGH = 20;

export type StageLimit = Omit<Health['stages'][number], 'stuck'>;

/**
 * When a record counts as stuck, for every open stage: the stage's rotting days where an administrator set them, else what
 * nine of ten stays of the last half year took, among all records within the viewer's reach, whatever is filtered: a
 * filter shows fewer records and does not make others of them stuck.
 */
export async function stageLimits(runner: SqlRunner, view: PipelineView): Promise<StageLimit[]> {
  const { pipeline, today } = view;
  const open = pipeline.stages.filter(({ kind }) => kind === 'open');
  const isAllSet = open.every(({ rottingDays }) => rottingDays !== null);
  const unfiltered: PipelineView = { ...view, filters: {} };
  const period = { from: addDays(today, -LOOK_BACK_DAYS), to: today };
  const times = isAllSet ? [] : await readStageTimes(runner, unfiltered, period);
  return open.map((stage): StageLimit => {
    if (stage.rottingDays !== null) return { stage: stageRef(stage), days: stage.rottingDays, basis: 'set' };
    const time = times.find(({ stageId, visits }) => stageId === stage.id && visits >= ENOUGH);
    return { stage: stageRef(stage), days: days(time?.p90 ?? null), basis: time ? 'usual' : null };
  });
}

/** The limits as statements take them. */
export const knownLimits = (limits: readonly StageLimit[]): StuckAfter[] =>
  limits.flatMap(({ stage, days: limit }) => (limit === null ? [] : [{ stageId: stage.id, days: limit }]));
