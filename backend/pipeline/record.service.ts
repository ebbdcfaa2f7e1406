import {
  type Actor,
  EVERYTHING,
  hideJsonFields,
  type Principal,
  type Reach,
  recordAudit,
  scopeOf,
} from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import { type SqlRunner, sql, type Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import { noteChange } from '../notify/index.ts';
import type { CrudService } from './crud-contract.ts';
import { claimUniqueValues } from './custom-fields/unique-values.repository.ts';
import { checkWritable } from './field-write.ts';
import { filterContext } from './filter-context.ts';
import {
  findDeleted,
  findRecord,
  listRecords,
  type RecordJson,
  type RecordListQuery,
  softDelete,
  undelete,
} from './record.repository.ts';
import { changeBetween } from './record-change.ts';
import type { RecordKind } from './record-kind.ts';
import { type ColumnValue, findStartStage, insertRecord, lockRecord, updateRecord } from './record-write.repository.ts';
import { noteRemoval } from './stage-event.repository.ts';
import { refuseIncomplete } from './stage-gate.ts';

/** Turns checked input into columns; may refuse with a ProblemError. */
export type ColumnsOf<Input> = (
  runner: SqlRunner,
  actor: Actor,
  input: Input,
  context: { isNew: boolean; today: string },
) => Promise<ColumnValue[]>;

/** Reading and writing of leads or opportunities, within the asker's scope. */
export interface RecordService<Create, Update> extends CrudService<RecordListQuery, Create, Update> {
  create(actor: Actor, input: Create): Promise<RecordJson>;
  /** Locks a record that the actor may write. @throws 404, 403 or 412 */
  lock(tx: Tx, actor: Actor, id: string, version: number | null): Promise<void>;
}

const writesCustom = (columns: readonly ColumnValue[]): boolean => columns.some(([name]) => name === 'custom');

/** The same records with all their fields, for the audit row. */
const whole = (reach: Reach): Reach => ({ ...reach, fields: EVERYTHING.fields });

export function createRecordService<Create extends { stageId?: string | undefined }, Update extends object>(
  kind: RecordKind,
  deps: Dependencies,
  columnsOf: ColumnsOf<Create | Update>,
): RecordService<Create, Update> {
  const { database, clock, config } = deps;
  const today = () => businessDay(clock(), config.timeZone);

  async function get(principal: Principal, id: string, runner: SqlRunner = database.sql): Promise<RecordJson> {
    const found = await findRecord(runner, kind, scopeOf(principal, kind.read), id);
    if (!found) throw notFound(kind.entity);
    return found;
  }

  /** Whole, for the audit row: what the actor gets to see of it is `shownTo`'s. */
  async function lock(tx: Tx, actor: Actor, id: string, version: number | null): Promise<RecordJson> {
    await lockRecord(tx.sql, kind, id);
    const found = await findRecord(tx.sql, kind, whole(scopeOf(actor.principal, kind.write)), id);
    if (!found) {
      await get(actor.principal, id, tx.sql);
      throw forbidden(`change this ${kind.entity}`);
    }
    if (version !== null && found.version !== version) throw stale(kind.entity);
    return found;
  }

  const shownTo = ({ principal }: Actor, record: RecordJson): RecordJson => ({
    json: hideJsonFields(kind.entity, principal.fieldGroups, record.json),
    version: record.version,
  });

  async function createIn(tx: Tx, actor: Actor, input: Create): Promise<RecordJson & { id: string }> {
    const stage = await findStartStage(tx.sql, kind, input.stageId);
    if (!stage) throw invalid('/stageId', `is not a stage that a ${kind.entity} can be in`);
    if (stage.kind === 'won')
      throw invalid('/stageId', 'is a won stage: create it in an open stage, then move it there');
    if (stage.kind === 'lost' && stage.asksLostReason)
      throw invalid('/stageId', 'asks why records are lost: create it in an open stage, then move it there');
    checkWritable(actor.principal, kind.entity, input, { isNew: true });
    const columns = await columnsOf(tx.sql, actor, input, { isNew: true, today: today() });
    if (kind.closedColumn && stage.kind !== 'open') columns.push([kind.closedColumn, sql`${today()}::date`]);
    const id = await insertRecord(tx.sql, kind, actor, stage, columns);
    if (writesCustom(columns)) await claimUniqueValues(tx.sql, kind.entity, id);
    const created = await findRecord(tx.sql, kind, EVERYTHING, id);
    if (!created) throw new Error(`the new ${kind.entity} ${id} can't be read back`);
    await refuseIncomplete(tx.sql, actor, kind, stage, created.json);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.created`,
      entity: kind.entity,
      entityId: id,
      after: JSON.parse(created.json),
    });
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'created', null, created.json));
    return { ...shownTo(actor, created), id };
  }

  async function updateIn(
    tx: Tx,
    actor: Actor,
    id: string,
    input: Update,
    version: number | null,
  ): Promise<RecordJson> {
    const before = await lock(tx, actor, id, version);
    checkWritable(actor.principal, kind.entity, input);
    const columns = await columnsOf(tx.sql, actor, input, { isNew: false, today: today() });
    if (columns.length === 0) return shownTo(actor, before);
    await updateRecord(tx.sql, kind, actor, id, columns);
    if (writesCustom(columns)) await claimUniqueValues(tx.sql, kind.entity, id);
    const after = await findRecord(tx.sql, kind, EVERYTHING, id);
    if (!after) throw notFound(kind.entity);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.updated`,
      entity: kind.entity,
      entityId: id,
      before: JSON.parse(before.json),
      after: JSON.parse(after.json),
    });
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'updated', before.json, after.json));
    return shownTo(actor, after);
  }

  async function removeIn(tx: Tx, actor: Actor, id: string, version: number | null): Promise<void> {
    await lockRecord(tx.sql, kind, id);
    const before = await findRecord(tx.sql, kind, whole(scopeOf(actor.principal, kind.read)), id);
    if (!before) throw notFound(kind.entity);
    if (version !== null && before.version !== version) throw stale(kind.entity);
    // Its sales would stay in the books with nothing left to take them back from.
    const { stage } = JSON.parse(before.json) as { stage: { kind: string } };
    if (kind.entity === 'opportunity' && stage.kind === 'won') {
      throw new ProblemError(
        'conflict',
        'This opportunity is won and its sales are booked. Move it out of its won stage first.',
      );
    }
    const isDeleted = await softDelete(tx.sql, kind, scopeOf(actor.principal, kind.remove), id, version);
    if (!isDeleted) throw forbidden(`delete this ${kind.entity}`);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.deleted`,
      entity: kind.entity,
      entityId: id,
      before: JSON.parse(before.json),
    });
    await noteRemoval(tx.sql, kind, actor, id, 'removed');
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'deleted', before.json, null));
  }

  async function restoreIn(tx: Tx, actor: Actor, id: string): Promise<RecordJson> {
    await lockRecord(tx.sql, kind, id);
    const context = filterContext(deps, actor.principal);
    const found = await findDeleted(tx.sql, kind, scopeOf(actor.principal, kind.read), context, id);
    if (!found) throw notFound(`deleted ${kind.entity}`);
    const mine = await findDeleted(tx.sql, kind, scopeOf(actor.principal, kind.remove), context, id);
    if (!mine) throw forbidden(`bring back this ${kind.entity}`);
    await undelete(tx.sql, kind, id);
    await claimUniqueValues(tx.sql, kind.entity, id);
    const after = await findRecord(tx.sql, kind, EVERYTHING, id);
    if (!after) throw notFound(kind.entity);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.restored`,
      entity: kind.entity,
      entityId: id,
      after: JSON.parse(after.json),
    });
    await noteRemoval(tx.sql, kind, actor, id, 'restored');
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'restored', null, after.json));
    return shownTo(actor, after);
  }

  return {
    get: (principal, id) => get(principal, id),
    list: (principal, query) =>
      listRecords(database.sql, kind, scopeOf(principal, kind.read), filterContext(deps, principal), query),
    lock: async (tx, actor, id, version) => {
      await lock(tx, actor, id, version);
    },
    createIn,
    create: (actor, input) => database.transaction((tx) => createIn(tx, actor, input)),
    updateIn,
    update: (actor, id, input, version) => database.transaction((tx) => updateIn(tx, actor, id, input, version)),
    removeIn,
    remove: (actor, id, version) => database.transaction((tx) => removeIn(tx, actor, id, version)),
    restoreIn,
    restore: (actor, id) => database.transaction((tx) => restoreIn(tx, actor, id)),
  };
}
