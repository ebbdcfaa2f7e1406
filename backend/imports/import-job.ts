import { z } from 'zod';
import { isAllowed } from '../access/index.ts';
import { importMappingSchema } from '../contracts/imports.ts';
import type { Dependencies } from '../dependencies.ts';
import { defineJob, type JobDefinition, JobFailedError } from '../jobs/index.ts';
import { ImportFileError } from './import-file-error.ts';
import { chunkSource, findMapping, findRun } from './imports.repository.ts';
import { failRun } from './run.repository.ts';

export const IMPORT_JOB = 'import.run';

const inputSchema = z.object({
  runId: z.uuid(),
  mapping: importMappingSchema,
  dryRun: z.boolean(),
  runRules: z.boolean().default(false),
});

/** The jobs of this module: bringing in an uploaded file. Started again, it goes through the file again. */
export function importJobs({
  config,
  clock,
  changes,
}: Pick<Dependencies, 'config' | 'clock' | 'changes'>): JobDefinition[] {
  const job = defineJob({
    kind: IMPORT_JOB,
    input: inputSchema,
    async run({ db, actor, signal, progress }, { runId, mapping, dryRun, runRules }) {
      const run = await findRun(db.sql, runId);
      if (!run) throw new JobFailedError('The import was deleted.');
      if (run.state === 'done' && !run.isDryRun) return { runId }; // a second delivery of the same message
      const refuse = async (sentence: string): Promise<never> => {
        await failRun(db.sql, runId, sentence);
        throw new JobFailedError(sentence);
      };
      if (!actor || !isAllowed(actor.principal, 'import.run')) {
        return refuse('The person who started the import may no longer import.');
      }
      if (!(await findMapping(db.sql, runId))?.hasFile) return refuse('The file is no longer kept. Upload it again.');
      const { runImport } = await import('./engine/run-import.ts');
      try {
        await runImport(
          { database: db, timeZone: config.timeZone, clock, changes },
          {
            runId,
            entity: run.entity,
            source: chunkSource(db.sql, runId, run.fileName),
            mapping,
            isDryRun: dryRun,
            runsRules: runRules,
            shown: actor.principal.fieldGroups,
            userId: actor.principal.userId,
            actorKind: 'user',
            signal,
            onProgress: (done, total) => progress(done, total),
          },
        );
      } catch (error) {
        if (error instanceof ImportFileError) throw new JobFailedError(error.message, { cause: error });
        throw error;
      }
      return { runId };
    },
  });
  return [job];
}
