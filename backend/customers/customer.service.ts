import { type Actor, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { SqlRunner, Tx } from '../db/index.ts';
import { sql } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, notFound, stale } from '../http/index.ts';
import type { ColumnValue, RecordJson } from '../pipeline/index.ts';
import {
  type CustomerListQuery,
  findCustomer,
  insertCustomer,
  listCustomers,
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
export interface CustomerService<Create, Update> {
  get(principal: Principal, id: string): Promise<RecordJson>;
  list(principal: Principal, query: CustomerListQuery): Promise<string>;
  createIn(tx: Tx, actor: Actor, input: Create): Promise<RecordJson & { id: string }>;
  update(actor: Actor, id: string, input: Update, version: number | null): Promise<RecordJson>;
  remove(actor: Actor, id: string, version: number | null): Promise<void>;
}

const EVERYTHING = { kind: 'all' } as const;

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

  async function change(
    tx: Tx,
    actor: Actor,
    id: string,
    version: number | null,
    scope: ReturnType<typeof scopeOf>,
    columns: readonly ColumnValue[],
  ): Promise<RecordJson> {
    const before = await get(actor.principal, id, tx.sql);
    if (version !== null && before.version !== version) throw stale(kind.entity);
    if (!(await updateCustomer(tx.sql, kind, scope, id, version, columns))) {
      throw version === null || before.version === version
        ? forbidden(`change this ${kind.entity}`)
        : stale(kind.entity);
    }
    return before;
  }

  return {
    get: (principal, id) => get(principal, id),
    list: (principal, query) => listCustomers(database.sql, kind, scopeOf(principal, kind.read), query),
    async createIn(tx, actor, input) {
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
      return { ...created, id };
    },
    update: (actor, id, input, version) =>
      database.transaction(async (tx) => {
        const columns = await columnsOf(tx.sql, actor, input, { isNew: false, today: today() });
        if (columns.length === 0) return get(actor.principal, id, tx.sql);
        const before = await change(tx, actor, id, version, scopeOf(actor.principal, kind.write), columns);
        const after = await findCustomer(tx.sql, kind, EVERYTHING, id);
        if (!after) throw notFound(kind.entity);
        await recordAudit(tx.sql, actor, {
          action: `${kind.entity}.updated`,
          entity: kind.entity,
          entityId: id,
          before: JSON.parse(before.json),
          after: JSON.parse(after.json),
        });
        return after;
      }),
    remove: (actor, id, version) =>
      database.transaction(async (tx) => {
        const scope = scopeOf(actor.principal, kind.remove);
        const before = await change(tx, actor, id, version, scope, [['deleted_at', sql`now()`]]);
        await recordAudit(tx.sql, actor, {
          action: `${kind.entity}.deleted`,
          entity: kind.entity,
          entityId: id,
          before: JSON.parse(before.json),
        });
      }),
  };
}
