import type { SqlRunner } from '../../../../db/index.ts';
import type { MeasureRow } from '../../../engine.ts';
import type { StoreQuestion } from '../store/contract.ts';
import type { StoreSize } from '../worker/orders.ts';

/** What the copy of the facts is doing. */
export type FollowerState =
  | { kind: 'starting' }
  | { kind: 'building'; rows: number }
  /** `from`: what it was made from; it has followed the database since */
  | { kind: 'ready'; from: 'file' | 'database' }
  | { kind: 'off'; reason: string };

/** A copy of the facts that follows the database. */
export interface Follower {
  readonly state: FollowerState;
  readonly size: StoreSize;
  /** counts up with everything that may change an answer */
  readonly version: number;
  /** counts up with everything that may change what the pipeline is or was */
  readonly pipelineVersion: number;
  /** when the copy was last known to be all of the database; null: never */
  readonly freshAt: number | null;
  /** Resolves when the copy has all that was committed before the call. @throws Error when it can't say so */
  fresh(): Promise<void>;
  /** Resolves when the copy answers, or is off for good. */
  settled(): Promise<void>;
  /** Asks the copy as it is. @throws Error when it is lost; TooManyCells */
  ask(question: StoreQuestion): Promise<MeasureRow[]>;
  /**
   * Brings the copy to the state that `runner` sees, and asks it there. `runner` is of a transaction that `open` begins
   * and that sees one snapshot throughout; `work` goes on in it while others go on with the copy.
   */
  compare<T>(
    open: (inside: (runner: SqlRunner) => Promise<T>) => Promise<T>,
    question: StoreQuestion,
    work: (runner: SqlRunner, own: Promise<MeasureRow[]>) => Promise<T>,
  ): Promise<T>;
  /** Makes the copy anew from the database; what the file says is not believed either. */
  rebuild(): void;
  turnOff(reason: string): void;
  /** Writes the file, and ends the thread. */
  stop(): Promise<void>;
}

/** The copy is not there, or not sure to be right. */
export class NotFollowed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotFollowed';
  }
}
