import { type Actor, anyRecord, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import type {
  Activity,
  ActivityCorrect,
  ActivityCreate,
  ActivityRevision,
  mentionableQuery,
} from '../contracts/activities.ts';
import type { Named } from '../contracts/common.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid, notFound, stale } from '../http/index.ts';
import { noteChange, postNotification } from '../notify/index.ts';
import {
  correctActivity,
  findActivity,
  insertActivity,
  listActivities,
  listRevisions,
  lockActivity,
  type RecordRef,
  type StoredActivity,
  type Written,
} from './activity.repository.ts';
import { changeOf } from './activity-change.ts';
import { contentOf } from './activity-content.ts';
import { listMentionable } from './mentionable.repository.ts';
import { assertReadable, assertWritable } from './record-access.ts';
import { writtenFrom } from './written.ts';

interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/** An activity with its text as a tree. */
export const presented = (stored: StoredActivity): Activity => ({ ...stored, content: contentOf(stored) });

/** The activity log of records: who may see a record reads it, who may change the record writes it. */
export function createActivityService({ database, clock, changes }: Dependencies) {
  /** As the actor may see it now. */
  async function readBack(tx: Tx, { principal }: Actor, record: RecordRef, id: string): Promise<Activity> {
    const stored = await findActivity(tx.sql, record, scopeOf(principal, 'contact.read'), id);
    if (!stored) throw new Error(`the activity ${id} can't be read back`);
    return presented(stored);
  }

  /** Tells those who are named, once for each activity. */
  async function tellMentioned(tx: Tx, actor: Actor, record: RecordRef, activity: Activity, told: readonly string[]) {
    for (const { id: userId } of activity.mentions) {
      if (userId === actor.principal.userId || told.includes(userId)) continue;
      await postNotification(tx, {
        userId,
        kind: 'mention',
        title: `${actor.principal.name} mentioned you: ${activity.subject}`,
        record,
        dedupeKey: `mention:${activity.id}:${userId}`,
      });
    }
  }

  return {
    async list(principal: Principal, record: RecordRef, query: Paging) {
      await assertReadable(database.sql, principal, record.type, record.id);
      const found = await listActivities(database.sql, record, scopeOf(principal, 'contact.read'), query);
      return { ...found, items: found.items.map(presented) };
    },

    log: (actor: Actor, record: RecordRef, input: ActivityCreate): Promise<Activity> =>
      database.transaction(async (tx) => {
        await assertWritable(tx.sql, actor.principal, record.type, record.id);
        const written = await writtenFrom(tx.sql, actor.principal, record, input, null, clock());
        const by = { userId: actor.principal.userId, ruleId: actor.rule?.id ?? null };
        const activity = await readBack(tx, actor, record, await insertActivity(tx.sql, record, by, written));
        await recordAudit(tx.sql, actor, {
          action: 'activity.logged',
          entity: record.type,
          entityId: record.id,
          after: activity,
        });
        await tellMentioned(tx, actor, record, activity, []);
        const change = await changeOf(tx.sql, actor, record, 'activity');
        await noteChange(tx, changes, { ...change, activityType: activity.type });
        return activity;
      }),

    /** Corrects an activity, takes it back, or puts it back; how it stood before is kept. */
    correct: (actor: Actor, record: RecordRef, id: string, input: ActivityCorrect, version: number | null) =>
      database.transaction(async (tx): Promise<Activity> => {
        await assertWritable(tx.sql, actor.principal, record.type, record.id);
        const locked = await lockActivity(tx.sql, record, id);
        if (!locked) throw notFound('activity');
        if (version !== null && locked.version !== version) throw stale('activity');
        if (locked.written.type === 'system') throw invalid('/type', 'was written by the product itself and stays');
        const { isWithdrawn = locked.isWithdrawn, ...words } = input;
        const before = await readBack(tx, actor, record, id);
        const written = await writtenFrom(tx.sql, actor.principal, record, words, locked.written, clock());
        if (isWithdrawn === locked.isWithdrawn && isSame(written, locked.written)) return before;
        await correctActivity(tx.sql, id, {
          before: locked.written,
          written,
          isWithdrawn,
          editorId: actor.principal.userId,
          at: clock().toISOString(),
        });
        const after = await readBack(tx, actor, record, id);
        await recordAudit(tx.sql, actor, {
          action: isWithdrawn && !locked.isWithdrawn ? 'activity.withdrawn' : 'activity.corrected',
          entity: record.type,
          entityId: record.id,
          before,
          after,
        });
        await tellMentioned(tx, actor, record, after, locked.written.mentionIds);
        await noteChange(tx, changes, await changeOf(tx.sql, actor, record, 'updated'));
        return after;
      }),

    /** How it stood before each correction; of what was taken back only for those who may put it back. */
    async revisions(principal: Principal, record: RecordRef, id: string): Promise<ActivityRevision[]> {
      await assertReadable(database.sql, principal, record.type, record.id);
      const activity = await findActivity(database.sql, record, anyRecord(principal), id);
      if (!activity) throw notFound('activity');
      if (activity.withdrawnAt) await assertWritable(database.sql, principal, record.type, record.id);
      const found = await listRevisions(database.sql, scopeOf(principal, 'contact.read'), id);
      return found.map(({ mentions, ...revision }) => ({ ...revision, content: contentOf({ ...revision, mentions }) }));
    },

    async mentionable(
      principal: Principal,
      record: RecordRef,
      query: (typeof mentionableQuery)['_output'],
    ): Promise<Named[]> {
      await assertReadable(database.sql, principal, record.type, record.id);
      return listMentionable(database.sql, record, query);
    },
  };
}

const isSame = (a: Written, b: Written): boolean =>
  (Object.keys(a) as (keyof Written)[]).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
