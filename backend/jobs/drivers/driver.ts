import type { SqlRunner } from '../../db/index.ts';

/** What a driver calls for each message. `lost` is aborted when the queue gave the message to another worker. */
export type Receive = (jobId: string, lost: AbortSignal | undefined) => Promise<void>;

/**
 * A queue that carries job ids to workers, at least once.
 *
 * The job itself lives in the table `job`; a message is its id and nothing else. A message whose receiver
 * throws comes back after a growing delay, one whose worker died comes back when the queue notices.
 */
export interface QueueDriver {
  readonly name: 'pg-boss' | 'bullmq';
  /** Connects and prepares. @throws when the queue can't be reached. */
  start(): Promise<void>;
  /**
   * Puts messages in; an id that waits or runs already stays as it is. `sql` is the relay's transaction, for
   * queues in the same database.
   */
  put(jobIds: readonly string[], sql: SqlRunner): Promise<void>;
  /** Starts to take messages, at most `concurrency` at once. */
  work(receive: Receive, concurrency: number): Promise<void>;
  /** @throws when the queue doesn't answer. */
  ping(): Promise<void>;
  /** Takes no more messages, waits up to `graceMs` for running receivers, disconnects. */
  stop(graceMs: number): Promise<void>;
}
