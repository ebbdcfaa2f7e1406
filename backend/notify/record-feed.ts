import { isAllowed, isInScope, type Permission, type Principal, scopeOf } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { RecordEvent, RecordsEvent } from '../contracts/live.ts';
import type { RecordPlace } from './changes.ts';
import type { LiveBatch, LiveChange } from './live-batch.ts';

/** Somebody with a page open. */
export interface FeedReader {
  /** asked anew for each change: rights may have changed since the page was opened */
  principal(): Principal;
  send(type: 'record', data: RecordEvent): void;
  send(type: 'records', data: RecordsEvent): void;
}

const entities: readonly RecordType[] = ['lead', 'opportunity', 'account', 'contact'];

/** Tells the readers of this process of the changes that concern records they may see, and of no other. */
export function createRecordFeed() {
  const readers = new Set<FeedReader>();
  return {
    deliver({ changes, many }: LiveBatch): void {
      for (const reader of readers) {
        const principal = reader.principal();
        for (const entity of many) if (isAllowed(principal, `${entity}.read`)) reader.send('records', { entity });
        for (const change of changes) {
          const event = eventFor(principal, change);
          if (event) reader.send('record', event);
        }
      }
    },
    /** Something may have been missed: everybody reads anew. */
    deliverAll(): void {
      this.deliver({ changes: [], many: [...entities] });
    },
    /** Returns how to stop. */
    subscribe(reader: FeedReader): () => void {
      readers.add(reader);
      return () => {
        readers.delete(reader);
      };
    },
  };
}
export type RecordFeed = ReturnType<typeof createRecordFeed>;

/** What `principal` hears of a change; null: nothing, as the record was and is none of theirs. */
export function eventFor(principal: Principal, change: LiveChange): RecordEvent | null {
  const { entity, id, kind, before, after, actorId } = change;
  const scope = scopeOf(principal, `${entity}.read` satisfies Permission);
  const seen = (place: RecordPlace | null) => (place && isInScope(scope, place) ? place : null);
  const [from, to] = [seen(before), seen(after)];
  // Where neither place is known, only who sees every record may hear of it.
  if (!from && !to && (before || after || scope.kind !== 'all')) return null;
  const stood = (place: RecordPlace | null) => place && { pipelineId: place.pipelineId, stageId: place.stageId };
  return { entity, id, kind, from: stood(from), to: stood(to), isOwn: actorId === principal.userId };
}
