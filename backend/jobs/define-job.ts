import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Actor } from '../access/index.ts';
import type { Database } from '../db/index.ts';

/** What a running job may use. */
export interface JobContext {
  jobId: string;
  /** 1 on the first try; a job may run again after a failure or a lost worker, so handlers are idempotent */
  attempt: number;
  /** the person whose rights the job has, read when the job starts; null: the system itself */
  actor: Actor | null;
  db: Database;
  logger: Logger;
  /** Aborted when the process must stop or another worker has taken the job over: stop soon, throw the reason. */
  signal: AbortSignal;
  /**
   * Tells how far the work is. Cheap to call for every row: writes are thinned out.
   *
   * @throws the signal's reason when the job must stop, so that a loop that reports also stops.
   */
  progress(done: number, total?: number | null): Promise<void>;
}

/** A kind of work of the catalogue. */
export interface JobDefinition {
  kind: string;
  input: z.ZodType;
  /** tries before the job is given up */
  maxAttempts: number;
  /** The result is kept with the job as JSON. */
  run(context: JobContext, input: never): Promise<unknown>;
}

const DEFAULT_ATTEMPTS = 3;

/**
 * Declares a kind of work once. Heavy code belongs behind an `import()` inside `run`, so that a process
 * that never runs the job never loads it.
 */
export function defineJob<Input extends z.ZodType>(job: {
  kind: string;
  input: Input;
  maxAttempts?: number;
  run(context: JobContext, input: z.output<Input>): Promise<unknown>;
}): JobDefinition {
  return { maxAttempts: DEFAULT_ATTEMPTS, ...job };
}

/** The definitions by kind. @throws when two share a kind. */
export function createCatalogue(definitions: readonly JobDefinition[]): ReadonlyMap<string, JobDefinition> {
  const catalogue = new Map<string, JobDefinition>();
  for (const definition of definitions) {
    if (catalogue.has(definition.kind)) throw new Error(`Two jobs are called ${definition.kind}.`);
    catalogue.set(definition.kind, definition);
  }
  return catalogue;
}

/** The work can't succeed however often it is tried; the message is one sentence for the person who asked. */
export class JobFailedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JobFailedError';
  }
}

/** This try of the job must end; the job itself goes on elsewhere or later. */
export class JobInterruptedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JobInterruptedError';
  }
}
