import type { SqlRunner } from '../../../../db/index.ts';
import type { DatabaseState } from '../feed/log.repository.ts';
import { type Poll, pollChanges, type Seen } from '../feed/poll.repository.ts';
import type { StoreSize } from '../worker/orders.ts';
import type { StoreHost } from '../worker/store-host.ts';
import { NotFollowed } from './contract.ts';

/** How far the copy has come, and in which database. Another object: another copy. */
interface Place {
  readonly identity: DatabaseState;
  seen: Seen;
}

interface CopyEvents {
  onSize(size: StoreSize): void;
  /** What the database logged can't be taken in: the copy is none. */
  onBroken(error: unknown): void;
  /** What happened can't be told one by one. `isSameServer`: and the server was not started again */
  onUntold(isSameServer: boolean): void;
}

/** The copy in its thread, and up to where it has followed the database. */
export class FollowedCopy {
  size: StoreSize = { rows: 0, bytes: 0 };
  /** counts up with everything that may change an answer */
  version = 0;
  /** counts up with everything that may change what the pipeline is or was */
  pipelineVersion = 0;
  /** when the copy was last known to be all of the database; null: never */
  freshAt: number | null = null;
  /** changes that are not in the file */
  unsaved = 0;
  /** changes since the columns were sorted */
  uncompacted = 0;
  #place: Place | null = null;
  readonly #host: StoreHost;
  readonly #timeZone: string;
  readonly #events: CopyEvents;

  constructor(host: StoreHost, timeZone: string, events: CopyEvents) {
    this.#host = host;
    this.#timeZone = timeZone;
    this.#events = events;
  }

  /** null: there is no copy */
  get place(): Readonly<Place> | null {
    return this.#place;
  }

  /** From now on the thread has what `seen` was in the database. */
  stand(identity: DatabaseState, seen: Seen, size: StoreSize): void {
    this.#place = { identity, seen };
    this.size = size;
    this.version++;
    this.pipelineVersion++;
  }

  /** What the thread has is no copy any more. */
  giveUp(): void {
    this.#place = null;
    this.version++;
    this.pipelineVersion++;
  }

  /** Looks at what was committed since, and takes it in. One look at a time. @throws NotFollowed */
  async poll(runner: SqlRunner): Promise<void> {
    const place = this.#place;
    if (place === null) throw new NotFollowed('the analytics store is not ready');
    const found = await pollChanges(runner, this.#timeZone, place.seen);
    if (this.#place !== place) throw new NotFollowed('the analytics store was given up meanwhile');
    const isSameServer = found.generation === place.identity.generation;
    if (found.isUntold || !isSameServer) {
      this.#events.onUntold(isSameServer);
      throw new NotFollowed('more has changed than can be followed');
    }
    this.take(found);
  }

  /** Takes in what a look from here has found. */
  take(found: Poll): void {
    const place = this.#place;
    if (place === null) return;
    place.seen = { ...place.seen, snapshot: found.snapshot };
    this.freshAt = Date.now();
    if (found.weight === 0) return;
    this.version++;
    // A step of the stage history is never written without its opportunity.
    if (found.changes.opportunities !== null) this.pipelineVersion++;
    this.unsaved += found.weight;
    this.uncompacted += found.weight;
    const isStillThis = () => this.#place === place;
    this.#host.ask('apply', { changes: found.changes }).then(
      (size) => isStillThis() && this.#grow(size),
      (error: unknown) => isStillThis() && this.#events.onBroken(error),
    );
  }

  /** Sorts what came since into the columns. */
  async compact(): Promise<void> {
    this.uncompacted = 0;
    const size = await this.#host.ask('compact', {}).catch(() => null); // a lost store is told of by its host
    if (size !== null && this.#place !== null) this.#grow(size);
  }

  #grow(size: StoreSize): void {
    this.size = size;
    this.#events.onSize(size);
  }
}
