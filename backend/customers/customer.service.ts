import {
  type Actor,
  EVERYTHING,
  hideJsonFields,
  type Permission,
  type Principal,
  recordAudit,
  scopeOf,
} from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { SqlRunner, Tx } from '../db/index.ts';
import { sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, notFound, stale } from '../http/index.ts';
import { noteChange } from '../notify/index.ts';
import {
  type ColumnValue,
  type CrudService,
  changeBetween,
  checkWritable,
  claimUniqueValues,
  filterContext,
  type RecordJson,
} from '../pipeline/index.ts';
import {
  type CustomerListQuery,
  findCustomer,
  findDeletedCustomer,
  insertCustomer,
  listCustomers,
  lockCustomer,
  updateCustomer,
} from './customer.repository.ts';
import type { CustomerKind } from './customer-kind.ts';

export type CustomerColumnsOf<Input> = (
  runner: SqlRunner,
  actor: Actor,
  input: Input,
  context: { isNew: boolean; today: string },
) => Promise<ColumnValue[]>;

/** Accounts or contacts, within the asker's scope. */
export type CustomerService<Create, Update> = CrudService<CustomerListQuery, Create, Update>;

const writesCustom = (columns: readonly ColumnValue[]): boolean => columns.some(([name]) => name === 'custom');

export function createCustomerService<Create extends object, Update extends object>(
  kind: CustomerKind,
  deps: Dependencies,
  columnsOf: CustomerColumnsOf<Create | Update>,
): CustomerService<Create, Update> {
  const { database, clock, config } = deps;
  const today = () => businessDay(clock(), config.timeZone);

  async function get(principal: Principal, id: string, runner: SqlRunner = database.sql): Promise<RecordJson> {
    const found = await findCustomer(runner, kind, scopeOf(principal, kind.read), id);
    if (!found) throw notFound(kind.entity);
    return found;
  }

  /** Locks a record within the reach of `permission` and answers it whole, for the audit row. @throws 404, 403 or 412 */
  async function lock(
    tx: Tx,
    actor: Actor,
    permission: Permission,
    id: string,
    version: number | null,
  ): Promise<RecordJson> {
    await lockCustomer(tx.sql, kind, id);
    const reach = { ...scopeOf(actor.principal, permission), fields: EVERYTHING.fields };
    const found = await findCustomer(tx.sql, kind, reach, id);
    if (!found) {
      await get(actor.principal, id, tx.sql);
      throw forbidden(`${permission === kind.remove ? 'delete' : 'change'} this ${kind.entity}`);
    }
    if (version !== null && found.version !== version) throw stale(kind.entity);
    return found;
  }

  const shownTo = ({ principal }: Actor, record: RecordJson): RecordJson => ({
    json: hideJsonFields(kind.entity, principal.fieldGroups, record.json),
    version: record.version,
  });

  async function updateIn(
    tx: Tx,
    actor: Actor,
    id: string,
    input: Update,
    version: number | null,
  ): Promise<RecordJson> {
    const before = await lock(tx, actor, kind.write, id, version);
    checkWritable(actor.principal, kind.entity, input);
    const columns = await columnsOf(tx.sql, actor, input, { isNew: false, today: today() });
    if (columns.length === 0) return shownTo(actor, before);
    await updateCustomer(tx.sql, kind, id, columns);
    if (writesCustom(columns)) await claimUniqueValues(tx.sql, kind.entity, id);
    const after = await findCustomer(tx.sql, kind, EVERYTHING, id);
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
    const before = await lock(tx, actor, kind.remove, id, version);
    await updateCustomer(tx.sql, kind, id, [['deleted_at', sql`now()`]]);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.deleted`,
      entity: kind.entity,
      entityId: id,
      before: JSON.parse(before.json),
    });
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'deleted', before.json, null));
  }

  async function restoreIn(tx: Tx, actor: Actor, id: string): Promise<RecordJson> {
    await lockCustomer(tx.sql, kind, id);
    const context = filterContext(deps, actor.principal);
    const found = (permission: Permission) =>
      findDeletedCustomer(tx.sql, kind, scopeOf(actor.principal, permission), context, id);
    if (!(await found(kind.read))) throw notFound(`deleted ${kind.entity}`);
    if (!(await found(kind.remove))) throw forbidden(`bring back this ${kind.entity}`);
    await updateCustomer(tx.sql, kind, id, [['deleted_at', sql`null`]]);
    await claimUniqueValues(tx.sql, kind.entity, id);
    const after = await findCustomer(tx.sql, kind, EVERYTHING, id);
    if (!after) throw notFound(kind.entity);
    await recordAudit(tx.sql, actor, {
      action: `${kind.entity}.restored`,
      entity: kind.entity,
      entityId: id,
      after: JSON.parse(after.json),
    });
    await noteChange(tx, deps.changes, changeBetween(kind, actor, 'restored', null, after.json));
    return shownTo(actor, after);
  }

  return {
    get: (principal, id) => get(principal, id),
    list: (principal, query) =>
      listCustomers(database.sql, kind, scopeOf(principal, kind.read), filterContext(deps, principal), query),
    async createIn(tx, actor, input) {
      checkWritable(actor.principal, kind.entity, input, { isNew: true });
      const columns = await columnsOf(tx.sql, actor, input, { isNew: true, today: today() });
      const id = await insertCustomer(tx.sql, kind, columns);
      if (writesCustom(columns)) await claimUniqueValues(tx.sql, kind.entity, id);
      const created = await findCustomer(tx.sql, kind, EVERYTHING, id);
      if (!created) throw new Error(`the new ${kind.entity} ${id} can't be read back`);
      await recordAudit(tx.sql, actor, {
        action: `${kind.entity}.created`,
        entity: kind.entity,
        entityId: id,
        after: JSON.parse(created.json),
      });
      await noteChange(tx, deps.changes, changeBetween(kind, actor, 'created', null, created.json));
      return { ...shownTo(actor, created), id };
    },
    updateIn,
    update: (actor, id, input, version) => database.transaction((tx) => updateIn(tx, actor, id, input, version)),
    removeIn,
    remove: (actor, id, version) => database.transaction((tx) => removeIn(tx, actor, id, version)),
    restoreIn,
    restore: (actor, id) => database.transaction((tx) => restoreIn(tx, actor, id)),
  };
}
