import { z } from 'zod';
import { defineJob, type JobDefinition } from '../jobs/index.ts';

export const PING_KIND = 'system.ping';

/** Work that does nothing: done, it proves that outbox, queue and worker hand work on. */
export const pingJob: JobDefinition = defineJob({
  kind: PING_KIND,
  input: z.object({}),
  maxAttempts: 1,
  run: async ({ attempt }) => ({ attempt }),
});
