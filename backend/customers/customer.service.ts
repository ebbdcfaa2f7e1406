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
import { type ColumnValue, type CrudService, checkWritable, type RecordJson } from '../pipeline/index.ts';
import {
  type CustomerListQuery,
  findCustomer,
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

export function createCustomerService<Create extends object, Update extends object>(
  kind: CustomerKind,
  { database, clock, config }: Dependencies,
  columnsOf: CustomerColumnsOf<Create | Update>,
): CustomerService<Create, Update> {
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

  return {
    get: (principal, id) => get(principal, id),
    list: (principal, query) => listCustomers(database.sql, kind, scopeOf(principal, kind.read), query),
    async createIn(tx, actor, input) {
      checkWritable(actor.principal, kind.entity, input, { isNew: true });
      const id = await insertCustomer(
        tx.sql,
        kind,
        await columnsOf(tx.sql, actor, input, { isNew: true, today: today() }),
      );
      const created = await findCustomer(tx.sql, kind, EVERYTHING, id);
      if (!created) throw new Error(`the new ${kind.entity} ${id} can't be read back`);
      await recordAudit(tx.sql, actor, {
        action: `${kind.entity}.created`,
        entity: kind.entity,
        entityId: id,
        after: JSON.parse(created.json),
      });
      return { ...shownTo(actor, created), id };
    },
    update: (actor, id, input, version) =>
      database.transaction(async (tx) => {
        const before = await lock(tx, actor, kind.write, id, version);
        checkWritable(actor.principal, kind.entity, input);
        const columns = await columnsOf(tx.sql, actor, input, { isNew: false, today: today() });
        if (columns.length === 0) return shownTo(actor, before);
        await updateCustomer(tx.sql, kind, id, columns);
        const after = await findCustomer(tx.sql, kind, EVERYTHING, id);
        if (!after) throw notFound(kind.entity);
        await recordAudit(tx.sql, actor, {
          action: `${kind.entity}.updated`,
          entity: kind.entity,
          entityId: id,
          before: JSON.parse(before.json),
          after: JSON.parse(after.json),
        });
        return shownTo(actor, after);
      }),
    remove: (actor, id, version) =>
      database.transaction(async (tx) => {
        const before = await lock(tx, actor, kind.remove, id, version);
        await updateCustomer(tx.sql, kind, id, [['deleted_at', sql`now()`]]);
        await recordAudit(tx.sql, actor, {
          action: `${kind.entity}.deleted`,
          entity: kind.entity,
          entityId: id,
          before: JSON.parse(before.json),
        });
      }),
  };
}
