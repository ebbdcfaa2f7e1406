import { z } from 'zod';
import type { BulkChange, BulkItem, BulkResult } from '../contracts/bulk.ts';
import { idSchema, recordTypeSchema } from '../contracts/common.ts';
import { defineJob, type JobDefinition, JobFailedError } from '../jobs/index.ts';
import { changeOne } from './bulk.service.ts';
import type { BulkTargets } from './bulk-targets.ts';

export const BULK_JOB = 'records.bulk';
const MAX_TOLD = 200;

/** Counts outcomes; keeps what is told of single records. */
export function summary(items: readonly BulkItem[], told: readonly BulkItem[]): BulkResult {
  const count = (outcome: BulkItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return {
    total: items.length,
    done: count('done'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    items: [...told],
  };
}

/** A change of many records. Started again, it finds the first ones as they should be and goes on. */
export function bulkJob(targets: BulkTargets): JobDefinition {
  return defineJob({
    kind: BULK_JOB,
    input: z.object({
      entity: recordTypeSchema,
      ids: z.array(idSchema),
      // Checked when it was asked for; what it may do to each record is checked again.
      change: z.custom<BulkChange>((value) => typeof value === 'object' && value !== null && 'action' in value),
    }),
    async run({ db, logger, actor, progress }, { entity, ids, change }) {
      if (!actor) throw new JobFailedError('Nobody asked for this change.');
      const items: BulkItem[] = [];
      for (const id of ids) {
        await progress(items.length, ids.length);
        items.push(await changeOne({ database: db, logger }, targets[entity], actor, id, change));
      }
      await progress(ids.length, ids.length);
      return summary(items, items.filter(({ outcome }) => outcome === 'refused').slice(0, MAX_TOLD));
    },
  });
}
