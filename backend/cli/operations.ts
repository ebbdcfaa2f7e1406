import { z } from 'zod';
import { EVERYTHING } from '../access/index.ts';
import { rebuildCopy } from '../analytics/index.ts';
import {
  importEntitySchema,
  importErrorSchema,
  importMappingSchema,
  importSummarySchema,
} from '../contracts/imports.ts';
import type { Dependencies } from '../dependencies.ts';
import {
  createRun,
  errorReport,
  fileSource,
  ImportFileError,
  listErrors,
  runImport,
  unmappedColumns,
} from '../imports/index.ts';
import { createUser, type UserToCreate, userToCreateSchema } from './create-user.ts';
import { UsageError } from './process.ts';

/** An import as the command line asks for it; `path` is absolute. */
export const importOrderSchema = z.strictObject({
  entity: importEntitySchema,
  path: z.string(),
  mapping: importMappingSchema,
  dryRun: z.boolean(),
});
export type ImportOrder = z.infer<typeof importOrderSchema>;

/** What came of it, with the first problems to show. */
export const importOutcomeSchema = z.object({
  runId: z.string(),
  summary: importSummarySchema,
  problems: z.array(importErrorSchema),
  /** columns of the file that fill no field */
  leftOut: z.array(z.string()),
});
export type ImportOutcome = z.infer<typeof importOutcomeSchema>;

/** The copy of the figures that was made: facts, and the memory they take. */
export const copySizeSchema = z.object({ rows: z.number(), bytes: z.number() });
export type CopySize = z.infer<typeof copySizeSchema>;

/** What a command can do with the store, whoever has it open. */
export interface Operations {
  /** @throws ImportFileError */
  importFile(order: ImportOrder, onProgress: (done: number, total: number) => void): Promise<ImportOutcome>;
  /** the refused rows of a run as CSV */
  errorReport(runId: string): AsyncIterable<string>;
  /** @throws UsageError */
  createUser(user: UserToCreate): Promise<void>;
  /** Makes the copy of the figures anew, here and wherever the database is used. @throws UsageError where none is kept */
  rebuildAnalytics(onProgress: (done: number, total: number) => void): Promise<CopySize>;
}

const SHOWN_PROBLEMS = 10;

/** Works on the open store itself. */
export function directOperations(deps: Dependencies): Operations {
  const { database, config, clock } = deps;
  return {
    async importFile(order, onProgress) {
      const source = await fileSource(order.path);
      const runId = await createRun(database.sql, order.entity, source.fileName, null);
      const summary = await runImport(
        { database, timeZone: config.timeZone, clock },
        {
          runId,
          entity: order.entity,
          source,
          mapping: order.mapping,
          isDryRun: order.dryRun,
          userId: null,
          shown: EVERYTHING.fields,
          actorKind: 'cli',
          onProgress,
        },
      );
      const problems = await listErrors(database.sql, runId, SHOWN_PROBLEMS, null);
      const leftOut = await unmappedColumns(database.sql, runId);
      return { runId, summary, leftOut, problems: problems.map(({ id: _, ...problem }) => problem) };
    },
    errorReport: (runId) => errorReport(database.sql, runId),
    createUser: (user) => createUser(deps, userToCreateSchema.parse(user)),
    async rebuildAnalytics(onProgress) {
      const outcome = await rebuildCopy(deps, onProgress);
      if (outcome.kind === 'made') return { rows: outcome.rows, bytes: outcome.bytes };
      throw new UsageError(
        `No copy of the figures is kept here (${outcome.reason}): the database answers, and there is nothing to make.`,
      );
    },
  };
}

/** Errors whose message is for the person at the terminal, wherever they arose. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof ImportFileError || (error instanceof Error && error.name === 'UsageError');
