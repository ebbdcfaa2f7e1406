import { scopeOf } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import { jobSchema } from '../contracts/jobs.ts';
import type { Database } from '../db/index.ts';
import { type AnyRoute, defineRoute, notFound } from '../http/index.ts';
import { presentJob } from './job.presenter.ts';
import { createJobRepository } from './job.repository.ts';

/** `GET jobs/{id}`: how far long work is, for the person who asked for it and for administrators. */
export function jobRoutes({ db }: { db: Database }): AnyRoute[] {
  const repository = createJobRepository(db.sql);
  return [
    defineRoute({
      method: 'get',
      path: '/jobs/:id',
      operationId: 'getJob',
      tag: 'Jobs',
      summary: 'The state of long work; its progress also arrives on GET events',
      access: 'signed-in',
      params: idParams,
      responses: { 200: jobSchema },
      async handler({ params, principal }) {
        const job = await repository.find(params.id);
        const isVisible = job?.requestedBy === principal.userId || scopeOf(principal, 'audit.read').kind === 'all';
        if (!job || !isVisible) throw notFound('job');
        return { body: presentJob(job), headers: { 'Cache-Control': 'no-store' } };
      },
    }),
  ];
}
