import type { Actor } from '../../access/index.ts';
import type { StageCreate, StageUpdate } from '../../contracts/pipeline-settings.ts';
import type { Pipeline, Stage } from '../../contracts/pipelines.ts';
import { sql } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, notFound, ProblemError } from '../../http/index.ts';
import { checkStage, checkWhole } from './check-stages.ts';
import { countRecords, relocateRecords } from './relocate.repository.ts';
import { forgetNext, insertStage, orderStages, stageColumns, updateStage } from './settings.repository.ts';
import { changePipeline, named, type PipelineDraft, sweepLate } from './settings-change.ts';

/** A stage of a pipeline, and the version of the pipeline that the caller read; null: any. */
export interface StagePlace {
  id: string;
  stageId: string;
  version: number | null;
}

const inUse = (stages: readonly Stage[]): Stage[] => stages.filter(({ archivedAt }) => archivedAt === null);

function stageOf({ stages }: Pipeline, stageId: string, isArchived: boolean): Stage {
  const stage = stages.find(({ id, archivedAt }) => id === stageId && (archivedAt !== null) === isArchived);
  if (!stage) throw notFound('stage');
  return stage;
}

/** What an administrator does with the stages of a pipeline; everything answers the whole pipeline. */
export function createStageService(deps: Dependencies) {
  const hasRecords = async ({ tx, kind }: PipelineDraft, stageId: string): Promise<boolean> => {
    const [stage] = await countRecords(tx.sql, kind, [stageId]);
    return (stage?.records ?? 0) > 0;
  };

  return {
    create: (actor: Actor, { id, version }: Omit<StagePlace, 'stageId'>, input: StageCreate): Promise<Pipeline> =>
      changePipeline(deps, actor, 'stage.created', { id, version }, async ({ tx, pipeline, kind }) => {
        const stages = inUse(pipeline.stages);
        await checkStage(tx.sql, kind, input, stages);
        const made = await named('/name', 'a stage', () => insertStage(tx.sql, id, stages.length, stageColumns(input)));
        // Behind the last one of its kind; the first of a kind goes to the end.
        const last = stages.findLastIndex(({ kind: other }) => other === input.kind);
        const ids = stages.map((stage) => stage.id);
        ids.splice(last < 0 ? ids.length : last + 1, 0, made);
        await orderStages(tx.sql, ids);
      }),

    update: (actor: Actor, { id, stageId, version }: StagePlace, input: StageUpdate): Promise<Pipeline> =>
      changePipeline(deps, actor, 'stage.updated', { id, version }, async (draft) => {
        const { tx, pipeline, kind } = draft;
        const present = stageOf(pipeline, stageId, false);
        // What comes from JSON has no undefined in it.
        const stage: Stage = { ...present, ...(input as Partial<Stage>) };
        const stages = inUse(pipeline.stages).map((other) => (other.id === stageId ? stage : other));
        await checkStage(tx.sql, kind, stage, stages);
        if (stage.kind !== present.kind) {
          checkWhole(stages, '/kind');
          if (await hasRecords(draft, stageId)) {
            throw new ProblemError(
              'conflict',
              'A stage keeps its kind while records stand in it: they would be won or lost without anybody’s doing.',
              { errors: [{ pointer: '/kind', message: 'can’t change while records stand in the stage' }] },
            );
          }
        }
        await named('/name', 'a stage', () => updateStage(tx.sql, stageId, stageColumns(stage)));
      }),

    order: (actor: Actor, { id, version }: Omit<StagePlace, 'stageId'>, stageIds: string[]): Promise<Pipeline> =>
      changePipeline(deps, actor, 'pipeline.ordered', { id, version }, async ({ tx, pipeline }) => {
        const present = inUse(pipeline.stages).map((stage) => stage.id);
        const isSame = present.length === stageIds.length && present.every((stage) => stageIds.includes(stage));
        if (!isSame) throw invalid('/stageIds', 'must name every stage of the pipeline once');
        await orderStages(tx.sql, stageIds);
      }),

    async archive(actor: Actor, { id, stageId, version }: StagePlace, moveTo: string | undefined): Promise<Pipeline> {
      const archived = await changePipeline(deps, actor, 'stage.archived', { id, version }, async (draft) => {
        const { tx, pipeline, kind } = draft;
        const stage = stageOf(pipeline, stageId, false);
        const others = inUse(pipeline.stages).filter((other) => other.id !== stageId);
        checkWhole(others, '');
        if (moveTo !== undefined || (await hasRecords(draft, stageId))) {
          const target = others.find((other) => other.id === moveTo);
          if (target?.kind !== stage.kind) {
            throw invalid(
              '/moveTo',
              `must be another ${stage.kind} stage of this pipeline: records stand in ${stage.name}`,
            );
          }
          await relocateRecords(tx.sql, kind, actor, [stageId], target.id);
        }
        await forgetNext(tx.sql, stageId);
        await updateStage(tx.sql, stageId, [['archived_at', sql`now()`]]);
      });
      if (moveTo !== undefined) await sweepLate(deps, actor, archived.entity, [stageId], moveTo);
      return archived;
    },

    restore: (actor: Actor, { id, stageId, version }: StagePlace): Promise<Pipeline> =>
      changePipeline(deps, actor, 'stage.restored', { id, version }, async ({ tx, pipeline }) => {
        stageOf(pipeline, stageId, true);
        await updateStage(tx.sql, stageId, [['archived_at', sql`null`]]);
        const stages = inUse(pipeline.stages).map((stage) => stage.id);
        await orderStages(tx.sql, [...stages, stageId]);
      }),
  };
}
