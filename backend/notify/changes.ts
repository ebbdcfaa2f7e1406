import type { Actor } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import { type Sql, type SqlRunner, sql } from '../db/index.ts';

/** Where a record stands and whose it is. */
export interface RecordPlace {
  pipelineId: string | null;
  stageId: string | null;
  ownerId: string | null;
  teamId: string | null;
}

export type RecordChangeKind = 'created' | 'updated' | 'moved' | 'deleted' | 'restored' | 'activity' | 'task';

/** Something happened to a record: what rules react to, and what people with an open page hear of. */
export interface RecordChange {
  entity: RecordType;
  id: string;
  kind: RecordChangeKind;
  /** names of the wire of the fields whose values changed; custom ones as `custom.key` */
  fields: readonly string[];
  /** null: it was not there, or that is not known */
  before: RecordPlace | null;
  /** null: it is gone */
  after: RecordPlace | null;
  actorId: string | null;
  /** kind `activity`: what was logged */
  activityType?: string;
  /** rules that led to it, the first one first; what a rule does can set off another one */
  chain: readonly string[];
}

/** Hears of changes once they are committed; must be quick and must not throw. */
export interface ChangeListener {
  announce(change: RecordChange): void;
  /** So many records of a kind changed that nobody lists them, such as by an import. */
  announceMany(entity: RecordType): void;
}

/** The outbox's kind of changes that rules may react to. */
export const RECORD_CHANGED = 'record.changed';

/** Rows for the outbox are made only while a rule might read them. */
export const rulesWaitFor = (entity: RecordType): Sql =>
  sql`exists (select 1 from automation_rule w where w.entity = ${entity} and w.state = 'active' and w.deleted_at is null)`;

/**
 * Notes a change in the transaction that makes it: rules see it if and only if that commits, and open pages hear of it
 * right after.
 */
export async function noteChange(
  tx: { sql: SqlRunner; afterCommit?(work: () => void): void },
  listener: ChangeListener | undefined,
  change: RecordChange,
): Promise<void> {
  await tx.sql.rows(sql`
    insert into outbox (kind, payload)
    select ${RECORD_CHANGED}, ${JSON.stringify(change)}::jsonb where ${rulesWaitFor(change.entity)}`);
  if (listener && tx.afterCommit) tx.afterCommit(() => listener.announce(change));
}

/** The part of a change that says who made it. */
export const madeBy = (actor: Actor): Pick<RecordChange, 'actorId' | 'chain'> => ({
  actorId: actor.principal.userId,
  chain: actor.rule?.chain ?? [],
});
