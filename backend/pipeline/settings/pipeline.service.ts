import { type Actor, recordAudit } from '../../access/index.ts';
import {
  type PipelineCreate,
  type PipelineUpdate,
  type PipelineUsage,
  type StageCreate,
  stageCreateSchema,
} from '../../contracts/pipeline-settings.ts';
import type { Pipeline, PipelineEntity } from '../../contracts/pipelines.ts';
import { sql } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { invalid, ProblemError } from '../../http/index.ts';
import { defaultPipelines } from '../default-pipelines.ts';
import { listPipelines } from '../pipeline.repository.ts';
import { recordKinds } from '../record-kind.ts';
import type { ColumnValue } from '../record-write.repository.ts';
import { checkStage, checkWhole } from './check-stages.ts';
import { countRecords, relocateRecords } from './relocate.repository.ts';
import { dethroneOthers, insertPipeline, insertStage, stageColumns, updatePipeline } from './settings.repository.ts';
import { changePipeline, named, readPipeline, sweepLate } from './settings-change.ts';

/** Which pipeline, and the version of it that the caller read; null: any. */
export interface PipelinePlace {
  id: string;
  version: number | null;
}

/** What an administrator does with whole pipelines. */
export function createPipelineService(deps: Dependencies) {
  const { database } = deps;

  return {
    create: (actor: Actor, input: PipelineCreate): Promise<Pipeline> =>
      database.transaction(async (tx) => {
        const kind = recordKinds[input.entity];
        const stages = input.stages ?? usualStages(input.entity);
        checkWhole(stages, '/stages');
        for (const [index, stage] of stages.entries()) {
          await checkStage(tx.sql, kind, stage, [], `/stages/${index}`);
        }
        const id = await named('/name', 'a pipeline', () => insertPipeline(tx.sql, input));
        await named('/stages', 'a stage', async () => {
          for (const [position, stage] of stages.entries()) {
            await insertStage(tx.sql, id, position, stageColumns(stage));
          }
        });
        const after = await readPipeline(tx.sql, id);
        await recordAudit(tx.sql, actor, { action: 'pipeline.created', entity: 'pipeline', entityId: id, after });
        return after;
      }),

    update: (actor: Actor, place: PipelinePlace, input: PipelineUpdate): Promise<Pipeline> =>
      changePipeline(deps, actor, 'pipeline.updated', place, async ({ tx, pipeline }) => {
        if (input.isDefault && pipeline.archivedAt !== null) throw archivedConflict();
        const columns: ColumnValue[] = [];
        if (input.name !== undefined) columns.push(['name', sql`${input.name}`]);
        if (input.isDefault) columns.push(['is_default', sql`true`]);
        if (input.asksLostReason !== undefined) columns.push(['asks_lost_reason', sql`${input.asksLostReason}::bool`]);
        if (input.position !== undefined) columns.push(['position', sql`${input.position}::int`]);
        if (input.isDefault) await dethroneOthers(tx.sql, pipeline.entity, place.id);
        await named('/name', 'a pipeline', () => updatePipeline(tx.sql, place.id, columns));
      }),

    async archive(actor: Actor, place: PipelinePlace, moveTo: string | undefined): Promise<Pipeline> {
      let open: string[] = [];
      const archived = await changePipeline(deps, actor, 'pipeline.archived', place, async ({ tx, pipeline, kind }) => {
        if (pipeline.archivedAt !== null) throw archivedConflict();
        if (pipeline.isDefault) {
          throw new ProblemError(
            'conflict',
            'This is the pipeline that new records start in. Make another one the default first.',
          );
        }
        open = pipeline.stages.filter(({ kind: of }) => of === 'open').map(({ id }) => id);
        const counts = await countRecords(tx.sql, kind, open);
        if (moveTo !== undefined || counts.some(({ records }) => records > 0)) {
          const others = await listPipelines(tx.sql, { entity: pipeline.entity });
          const target = others
            .filter(({ id }) => id !== pipeline.id)
            .flatMap(({ stages }) => stages)
            .find(({ id }) => id === moveTo);
          if (target?.kind !== 'open') {
            throw invalid('/moveTo', 'must be an open stage of another pipeline: open records stand in this one');
          }
          await relocateRecords(tx.sql, kind, actor, open, target.id);
        }
        await updatePipeline(tx.sql, place.id, [['archived_at', sql`now()`]]);
      });
      if (moveTo !== undefined) await sweepLate(deps, actor, archived.entity, open, moveTo);
      return archived;
    },

    restore: (actor: Actor, place: PipelinePlace): Promise<Pipeline> =>
      changePipeline(deps, actor, 'pipeline.restored', place, async ({ tx }) => {
        await updatePipeline(tx.sql, place.id, [['archived_at', sql`null`]]);
      }),

    async usage(id: string): Promise<PipelineUsage> {
      const pipeline = await readPipeline(database.sql, id);
      const ids = pipeline.stages.map((stage) => stage.id);
      const counts = await countRecords(database.sql, recordKinds[pipeline.entity], ids);
      return { stages: ids.map((stage) => ({ id: stage, records: counts.find(({ id }) => id === stage)?.live ?? 0 })) };
    },
  };
}

/** The stages that an installation starts with. */
const usualStages = (entity: PipelineEntity): StageCreate[] =>
  defaultPipelines
    .filter((pipeline) => pipeline.entity === entity)
    .flatMap(({ stages }) => stages.map((stage) => stageCreateSchema.parse(stage)));

const archivedConflict = (): ProblemError => new ProblemError('conflict', 'This pipeline is archived.');
