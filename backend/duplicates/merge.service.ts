import { type Actor, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import type { Merge, MergeRequest } from '../contracts/duplicates.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError } from '../http/index.ts';
import { madeBy, noteChange, type RecordPlace } from '../notify/index.ts';
import { keepBooks } from '../opportunities/index.ts';
import { claimUniqueValues, leadKind, noteRemoval, opportunityKind } from '../pipeline/index.ts';
import { traitsOf } from './look-alike.repository.ts';
import {
  changeSurvivor,
  insertMerge,
  type LockedRecord,
  listMerges,
  lockMerge,
  lockRecords,
  markUndone,
  moveBack,
  movePointers,
  reaches,
  restoreSurvivor,
  type StoredMerge,
  setAbsorbed,
} from './merge.repository.ts';
import { type Mergeable, mergeables } from './mergeable.ts';
import { survivorChange } from './survivor-change.ts';

/** As long as deleted records can be had back. */
const UNDO_DAYS = 30;

const boardKinds = { lead: leadKind, opportunity: opportunityKind } as const;
const boardKindOf = (entity: RecordType) => (entity === 'lead' || entity === 'opportunity' ? boardKinds[entity] : null);

const placeOf = ({ row, ownerId, teamId }: LockedRecord): RecordPlace => ({
  pipelineId: (row.pipeline_id as string | undefined) ?? null,
  stageId: (row.stage_id as string | undefined) ?? null,
  ownerId,
  teamId,
});

const BOOKED = ['amount', 'currency_code', 'amount_base'];

/** What an opportunity that was won since has sold stays its amount. */
const withoutAmount = (merge: StoredMerge): StoredMerge =>
  merge.entity === 'opportunity'
    ? { ...merge, columns: merge.columns.filter((column) => !BOOKED.includes(column)) }
    : merge;

/** Makes several records one, and takes that back; each in one transaction. */
export function createMergeService({ database, changes }: Dependencies) {
  /** @throws 404 for what the actor can't see, 403 for what they may not change and delete */
  function assertMergeable(kind: Mergeable, actor: Actor, record: LockedRecord | undefined): LockedRecord {
    const { principal } = actor;
    if (!record || !reaches(scopeOf(principal, kind.read), record)) throw notFound(kind.entity);
    const may = [kind.write, kind.remove].every((permission) => reaches(scopeOf(principal, permission), record));
    if (!may)
      throw forbidden(`merge the ${kind.entity} ${record.name}: that takes the right to change and to delete it`);
    return record;
  }

  /** What comes back comes back to its owner: that takes the rights that merging it took. @throws 403, which names nobody */
  async function assertRestorable(
    tx: Tx,
    kind: Mergeable,
    actor: Actor,
    { survivorId, absorbedIds }: StoredMerge,
  ): Promise<void> {
    const gone = await lockRecords(tx.sql, kind, absorbedIds, { mergedInto: survivorId });
    const scopes = [kind.read, kind.write, kind.remove].map((permission) => scopeOf(actor.principal, permission));
    const isWithin = gone.every((record) => scopes.every((scope) => reaches(scope, record)));
    if (!isWithin)
      throw forbidden(`undo this merge: that takes the right to change and to delete every ${kind.entity} in it`);
  }

  function refuseSettled(kind: Mergeable, absorbed: readonly LockedRecord[]): void {
    const settled = absorbed.find(({ isWon }) => isWon);
    if (!settled) return;
    const why = kind.entity === 'lead' ? 'was converted' : 'is won and its sales are booked';
    throw new ProblemError('conflict', `${settled.name} ${why}. Make it the record that stays.`);
  }

  async function event(
    tx: Tx,
    actor: Actor,
    entity: RecordType,
    ids: readonly string[],
    what: 'removed' | 'restored' | 'changed',
  ) {
    const kind = boardKindOf(entity);
    for (const id of kind ? ids : []) await noteRemoval(tx.sql, kind ?? leadKind, actor, id, what);
  }

  const merge = (actor: Actor, request: MergeRequest): Promise<Merge> =>
    database.transaction(async (tx) => {
      const kind = mergeables[request.entity];
      const { survivorId } = request;
      const absorbedIds = [...new Set(request.absorbedIds)];
      if (absorbedIds.includes(survivorId)) throw invalid('/absorbedIds', 'must not hold the record that stays');
      const locked = await lockRecords(tx.sql, kind, [survivorId, ...absorbedIds]);
      const find = (id: string) =>
        assertMergeable(
          kind,
          actor,
          locked.find((record) => record.id === id),
        );
      const survivor = find(survivorId);
      const absorbed = absorbedIds.map(find);
      refuseSettled(kind, absorbed);

      const change = survivorChange(actor.principal, kind, survivor, absorbed, request.fields);
      const moved = await movePointers(tx.sql, kind, survivorId, absorbedIds);
      const { before, after } = await changeSurvivor(tx.sql, kind, survivorId, change);
      await setAbsorbed(tx.sql, kind, absorbedIds, survivorId);
      await correctBooks(tx, actor, kind, survivor);
      const customBefore = Object.fromEntries(
        Object.entries(survivor.row.custom).filter(([key]) => Object.hasOwn(change.custom, key)),
      );
      const { custom } = change;
      const { userId } = actor.principal;
      const id = await insertMerge(tx.sql, {
        ...{ entity: kind.entity, survivorId, absorbedIds, userId },
        ...{ before, after, custom, customBefore, moved },
      });
      if (change.columns.length > 0) await event(tx, actor, kind.entity, [survivorId], 'changed');
      await event(tx, actor, kind.entity, absorbedIds, 'removed');
      const names = absorbed.map((record) => ({ id: record.id, name: record.name }));
      await recordAudit(tx.sql, actor, {
        action: `${kind.entity}.merged`,
        entity: kind.entity,
        entityId: survivorId,
        before: { ...JSON.parse(before), ...(Object.keys(custom).length > 0 ? { custom: customBefore } : {}) },
        after: { ...JSON.parse(after), ...(Object.keys(custom).length > 0 ? { custom } : {}), absorbed: names },
      });
      await tell(tx, actor, kind, survivor, absorbed, 'merged');
      return read(tx, actor, kind, id);
    });

  /** The sales of a won opportunity take over what has just been changed about where it came from. */
  async function correctBooks(tx: Tx, actor: Actor, kind: Mergeable, { id, isWon }: LockedRecord): Promise<void> {
    if (kind.entity !== 'opportunity' || !isWon) return;
    const [now] = await lockRecords(tx.sql, kind, [id]);
    if (!now) return;
    const { account_id: accountId, source, segment, campaign } = now.row as Readonly<Record<string, string | null>>;
    await keepBooks(tx, actor, id, { accountId, source, segment, campaign });
  }

  /** Values that may occur once go back to whose they were. @throws 409 when another record has taken one since */
  async function reclaim(tx: Tx, kind: Mergeable, records: readonly LockedRecord[]): Promise<void> {
    for (const { id, name } of records) {
      try {
        await claimUniqueValues(tx.sql, kind.entity, id);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { code, message, errors } = error;
        throw new ProblemError(code, `${name} can’t come back as it was. ${message}`, { errors, cause: error });
      }
    }
  }

  async function tell(
    tx: Tx,
    actor: Actor,
    kind: Mergeable,
    survivor: LockedRecord,
    absorbed: readonly LockedRecord[],
    what: 'merged' | 'undone',
  ): Promise<void> {
    const by = madeBy(actor);
    const place = placeOf(survivor);
    await noteChange(tx, changes, {
      ...{ entity: kind.entity, id: survivor.id, kind: 'updated', fields: [], before: place, after: place, ...by },
    });
    for (const record of absorbed) {
      const there = placeOf(record);
      const [gone, back] = [
        { before: there, after: null },
        { before: null, after: there },
      ];
      await noteChange(tx, changes, {
        ...{ entity: kind.entity, id: record.id, fields: [], ...by },
        ...(what === 'merged' ? { kind: 'deleted' as const, ...gone } : { kind: 'restored' as const, ...back }),
      });
    }
  }

  async function read(tx: Tx, { principal }: Actor, kind: Mergeable, id: string): Promise<Merge> {
    const [found] = await listMerges(tx.sql, kind, scopeOf(principal, kind.read), { id });
    if (!found) throw new Error(`the merge ${id} can't be read back`);
    return found;
  }

  const undo = (actor: Actor, id: string): Promise<Merge> =>
    database.transaction(async (tx) => {
      const stored = await lockMerge(tx.sql, id, UNDO_DAYS);
      if (!stored) throw notFound('merge');
      const kind = mergeables[stored.entity];
      const [survivor] = await lockRecords(tx.sql, kind, [stored.survivorId]);
      if (!survivor && !stored.isUndone)
        throw new ProblemError(
          'conflict',
          `The ${kind.entity} that stayed is deleted or merged away. Bring it back first.`,
        );
      assertMergeable(kind, actor, survivor);
      if (!survivor || stored.isUndone) throw new ProblemError('conflict', 'This merge has been undone already.');
      if (stored.hasLater)
        throw new ProblemError('conflict', 'Something was merged into this record later. Undo that merge first.');
      if (stored.isTooOld)
        throw new ProblemError('conflict', `A merge can be undone for ${UNDO_DAYS} days; this one is older.`);
      await assertRestorable(tx, kind, actor, stored);
      await restoreSurvivor(tx.sql, kind, survivor.isWon ? withoutAmount(stored) : stored);
      await setAbsorbed(tx.sql, kind, stored.absorbedIds, null);
      await moveBack(tx.sql, kind, stored.survivorId, stored.moved);
      await correctBooks(tx, actor, kind, survivor);
      const restored = await lockRecords(tx.sql, kind, stored.absorbedIds);
      await reclaim(tx, kind, [survivor, ...restored]);
      await markUndone(tx.sql, id, actor.principal.userId);
      if (stored.columns.length > 0) await event(tx, actor, kind.entity, [stored.survivorId], 'changed');
      await event(tx, actor, kind.entity, stored.absorbedIds, 'restored');
      await recordAudit(tx.sql, actor, {
        action: `${kind.entity}.merge-undone`,
        entity: kind.entity,
        entityId: stored.survivorId,
        after: { restored: restored.map((record) => ({ id: record.id, name: record.name })) },
      });
      await tell(tx, actor, kind, survivor, restored, 'undone');
      return read(tx, actor, kind, id);
    });

  return {
    merge,
    undo,
    /** @throws 404 when the asker can't see the record */
    async list(principal: Principal, entity: RecordType, survivorId: string): Promise<Merge[]> {
      const kind = mergeables[entity];
      if (!(await traitsOf(database.sql, kind, principal, survivorId))) throw notFound(entity);
      return listMerges(database.sql, kind, scopeOf(principal, kind.read), { survivorId });
    },
  };
}
