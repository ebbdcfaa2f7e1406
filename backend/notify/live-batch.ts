import { z } from 'zod';
import { type RecordType, recordTypeSchema } from '../contracts/common.ts';
import { recordEventSchema } from '../contracts/live.ts';
import type { RecordChange } from './changes.ts';

const idOrNull = z.string().nullable();
const placeSchema = z.object({ pipelineId: idOrNull, stageId: idOrNull, ownerId: idOrNull, teamId: idOrNull });

const liveChangeSchema = recordEventSchema.pick({ entity: true, id: true, kind: true }).extend({
  before: placeSchema.nullable(),
  after: placeSchema.nullable(),
  actorId: z.string().nullable(),
});

/** A change as it travels between processes: who may hear of it is decided where it arrives. */
export type LiveChange = z.infer<typeof liveChangeSchema>;

const batchSchema = z.object({
  changes: z.array(liveChangeSchema).default([]),
  /** kinds of which more changed than is worth listing */
  many: z.array(recordTypeSchema).default([]),
});

/** What one message between processes holds. */
export type LiveBatch = z.infer<typeof batchSchema>;

/** Undefined for a message of another version. */
export function parseBatch(message: string): LiveBatch | undefined {
  try {
    return batchSchema.parse(JSON.parse(message));
  } catch {
    return undefined; // the caller says so; a broken message is not worth a crash
  }
}

/** From this many changes of one kind in a batch on, readers are told to read anew. */
const MANY = 200;

/** Gathers the changes of a moment: several of one record become one. */
export function createGatherer() {
  let changes = new Map<string, LiveChange>();
  let many = new Set<RecordType>();
  return {
    add({ entity, id, kind, before, after, actorId }: RecordChange): void {
      if (many.has(entity)) return;
      const known = changes.get(id);
      changes.set(id, {
        entity,
        id,
        kind: known?.kind === 'created' ? 'created' : kind,
        before: known ? known.before : before,
        after,
        actorId,
      });
      if (changes.size < MANY) return;
      const ofKind = [...changes.values()].filter((change) => change.entity === entity);
      if (ofKind.length < MANY) return;
      many.add(entity);
      for (const change of ofKind) changes.delete(change.id);
    },
    addMany(entity: RecordType): void {
      many.add(entity);
    },
    /** What was gathered, as messages of at most `maxBytes` each; begins anew. */
    take(maxBytes: number): string[] {
      const messages: string[] = [];
      let part: LiveBatch = { changes: [], many: [...many] };
      let size = JSON.stringify(part).length;
      for (const change of changes.values()) {
        const bytes = Buffer.byteLength(JSON.stringify(change)) + 1;
        if (size + bytes > maxBytes && part.changes.length > 0) {
          messages.push(JSON.stringify(part));
          part = { changes: [], many: [] };
          size = JSON.stringify(part).length;
        }
        part.changes.push(change);
        size += bytes;
      }
      if (part.changes.length > 0 || part.many.length > 0) messages.push(JSON.stringify(part));
      changes = new Map();
      many = new Set();
      return messages;
    },
  };
}
