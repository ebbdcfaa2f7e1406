import { type Actor, recordAudit } from '../../access/index.ts';
import type { Pipeline, PipelineEntity } from '../../contracts/pipelines.ts';
import { isUniqueViolation, type SqlRunner, sql, type Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound, ProblemError, stale } from '../../http/index.ts';
import { listPipelines } from '../pipeline.repository.ts';
import { type RecordKind, recordKinds } from '../record-kind.ts';
import { relocateRecords } from './relocate.repository.ts';
import { lockPipeline, updatePipeline } from './settings.repository.ts';

/** A pipeline that is being changed: locked, with all of its stages, also archived ones. */
export interface PipelineDraft {
  tx: Tx;
  pipeline: Pipeline;
  kind: RecordKind;
}

export async function readPipeline(runner: SqlRunner, id: string): Promise<Pipeline> {
  const [pipeline] = await listPipelines(runner, { id, withArchived: true });
  if (!pipeline) throw notFound('pipeline');
  return pipeline;
}

/** Names are unique, also among what is archived: two of a name could not be told apart in reports. */
export async function named<T>(pointer: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ProblemError('conflict', `There is already ${what} of this name, perhaps an archived one.`, {
      errors: [{ pointer, message: 'is taken' }],
      cause: error,
    });
  }
}

/**
 * Changes a pipeline or its stages in one transaction, with its version and audit row. `version`: the one the caller
 * read; null: any. Answers it as it is then.
 */
export function changePipeline(
  { database }: Dependencies,
  actor: Actor,
  action: string,
  { id, version }: { id: string; version: number | null },
  change: (draft: PipelineDraft) => Promise<void>,
): Promise<Pipeline> {
  return database.transaction(async (tx) => {
    const locked = await lockPipeline(tx.sql, id);
    if (!locked) throw notFound('pipeline');
    if (version !== null && version !== locked.version) throw stale('pipeline');
    const before = await readPipeline(tx.sql, id);
    await change({ tx, pipeline: before, kind: recordKinds[before.entity] });
    await updatePipeline(tx.sql, id, [['version', sql`version + 1`]]);
    const after = await readPipeline(tx.sql, id);
    await recordAudit(tx.sql, actor, { action, entity: 'pipeline', entityId: id, before, after });
    return after;
  });
}

/** Fetches what moved in while its stage was being archived: such a move could not see that yet. */
export async function sweepLate(
  { database }: Dependencies,
  actor: Actor,
  entity: PipelineEntity,
  stageIds: readonly string[],
  moveTo: string,
): Promise<void> {
  await database.transaction((tx) => relocateRecords(tx.sql, recordKinds[entity], actor, stageIds, moveTo));
}
