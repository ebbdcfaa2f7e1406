// A worker process that the conformance suite kills in the middle of a job: starts one, says so, never ends it.
import { z } from 'zod';
import { createJobs, defineJob, enqueueJob } from '../../backend/jobs/index.ts';
import { connectStore, type StoreAddress, silent } from './jobs-stores.ts';

const store = connectStore(JSON.parse(process.argv[2] ?? '') as StoreAddress);
const db = await store.openDatabase();
const jobs = createJobs({
  db,
  logger: silent,
  driver: store.openDriver(db),
  concurrency: 1,
  loadPrincipal: async () => null,
  definitions: [
    defineJob({
      kind: 'endless',
      input: z.object({}),
      async run({ jobId, progress }) {
        await progress(1, 2);
        process.stdout.write(`running ${jobId}\n`);
        await new Promise(() => {});
      },
    }),
  ],
});
await jobs.start();
await enqueueJob(db, { kind: 'endless', input: {}, requestedBy: null });
