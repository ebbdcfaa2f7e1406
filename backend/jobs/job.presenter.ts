import type { Job } from '../contracts/jobs.ts';
import type { JobRow } from './job.repository.ts';

/** The job as it goes over the wire. */
export function presentJob({ requestedBy: _, ...job }: JobRow): Job {
  return job;
}

/** The job as an event tells it: without its result, which may be large and is read from `GET jobs/{id}`. */
export function presentJobEvent(row: JobRow): Job {
  const { result: _, ...job } = presentJob(row);
  return job;
}
