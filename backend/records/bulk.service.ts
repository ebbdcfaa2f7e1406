import { type Actor, EVERYTHING, type Permission, scopeOf, scopeSql } from '../access/index.ts';
import type { BulkChange, BulkItem } from '../contracts/bulk.ts';
import { MOST_TAGS } from '../contracts/common.ts';
import { sql, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { asProblem, notFound, ProblemError } from '../http/index.ts';
import { tagKey } from '../pipeline/index.ts';
import type { BulkTarget } from './bulk-targets.ts';

const UNEXPECTED = 'Something went wrong on our side, so this record stays as it was. Try it again later.';

/** Takes back what a change did that changed nothing. */
class UnchangedError extends Error {}

/** What somebody needs for a change at all; each record is asked for again. */
export const permissionFor = ({ kind }: BulkTarget, { action }: BulkChange): Permission =>
  action === 'delete' || action === 'restore' ? kind.remove : kind.write;

interface Present {
  stageId: string | null;
  isDeleted: boolean;
  tags: string[];
}

/**
 * Changes one record, in a transaction of its own: one that is refused, for whatever reason, holds up no other. What
 * nobody expected is logged.
 */
export async function changeOne(
  { database, logger }: Pick<Dependencies, 'database' | 'logger'>,
  target: BulkTarget,
  actor: Actor,
  id: string,
  change: BulkChange,
): Promise<BulkItem> {
  try {
    await database.transaction(async (tx) => {
      const present = await lockVisible(tx, target, actor, id);
      await apply(tx, target, actor, id, present, change);
    });
    return { id, outcome: 'done' };
  } catch (error) {
    if (error instanceof UnchangedError) return { id, outcome: 'unchanged' };
    const { status, code, message } = asProblem(error);
    if (status >= 500)
      logger.error({ err: error, entity: target.kind.entity, recordId: id }, 'a record was not changed');
    return { id, outcome: 'refused', code, message: code === 'internal' ? UNEXPECTED : message };
  }
}

async function lockVisible(tx: Tx, { kind, moves }: BulkTarget, { principal }: Actor, id: string): Promise<Present> {
  const row = await tx.sql.first<Present>(sql`
    select ${moves ? sql`r.stage_id::text` : sql`null`} as "stageId", r.deleted_at is not null as "isDeleted", to_jsonb(r.tags) as tags
    from ${kind.table} r where r.id = ${id}::uuid and ${scopeSql(scopeOf(principal, kind.read), 'r')} for update`);
  if (!row) throw notFound(kind.entity);
  return row;
}

async function apply(
  tx: Tx,
  target: BulkTarget,
  actor: Actor,
  id: string,
  present: Present,
  change: BulkChange,
): Promise<void> {
  const { kind, records, moves } = target;
  switch (change.action) {
    case 'set':
      return update(tx, target, actor, id, change.fields);
    case 'tag':
      return update(tx, target, actor, id, { tags: retagged(present.tags, change) });
    case 'move': {
      if (!moves) throw new ProblemError('invalid', `There are no stages of ${kind.entity} records.`);
      const { action: _, ...move } = change;
      if (present.stageId === move.stageId) throw new UnchangedError();
      await moves.moveIn(tx, actor, { id, move, version: null });
      return;
    }
    case 'delete':
      if (present.isDeleted) throw new UnchangedError();
      return records.removeIn(tx, actor, id, null);
    case 'restore':
      if (!present.isDeleted) throw new UnchangedError();
      await records.restoreIn(tx, actor, id);
      return;
    default:
      return change satisfies never;
  }
}

/** @throws ProblemError invalid when there would be too many */
function retagged(present: readonly string[], { add, remove }: { add: string[]; remove: string[] }): string[] {
  const removed = new Set(remove.map(tagKey));
  const kept = present.filter((tag) => !removed.has(tagKey(tag)));
  const has = new Set(kept.map(tagKey));
  const added = new Map(add.filter((tag) => !has.has(tagKey(tag))).map((tag) => [tagKey(tag), tag]));
  const tags = [...kept, ...added.values()];
  if (tags.length > MOST_TAGS && tags.length > present.length)
    throw new ProblemError('invalid', `It would have ${tags.length} tags; a record has at most ${MOST_TAGS}.`);
  return tags;
}

/** @throws UnchangedError when the record is as it was: it gets no new version, and nothing is written down */
async function update(
  tx: Tx,
  { kind, records, find }: BulkTarget,
  actor: Actor,
  id: string,
  fields: object,
): Promise<void> {
  const content = async () => {
    const found = await find(tx.sql, EVERYTHING, id);
    if (!found) throw notFound(kind.entity);
    return JSON.stringify({ ...JSON.parse(found.json), version: 0, updatedAt: '' });
  };
  const before = await content();
  await records.updateIn(tx, actor, id, fields, null);
  if ((await content()) === before) throw new UnchangedError();
}
