import type { z } from 'zod';
import type { Actor, Permission, Principal } from '../access/index.ts';
import type { Tx } from '../db/index.ts';
import type { RecordJson } from './record.repository.ts';

/** A kind of record, as far as its five everyday endpoints must know it. */
export interface CrudKind {
  readonly entity: string;
  readonly read: Permission;
  readonly write: Permission;
  readonly remove: Permission;
}

/** What differs in the wire of a kind of record. */
export interface CrudContract<Query, Create, Update> {
  /** plural, as in the path */
  path: string;
  /** as in operation ids: Lead, Opportunity */
  noun: string;
  tag: string;
  record: z.ZodType;
  page: z.ZodType;
  listQuery: z.ZodType<Query>;
  create: z.ZodType<Create>;
  update: z.ZodType<Update>;
}

/** Reading and writing records of a kind, within the asker's scope; records and pages are JSON text. */
export interface CrudService<Query, Create, Update> {
  get(principal: Principal, id: string): Promise<RecordJson>;
  list(principal: Principal, query: Query): Promise<string>;
  /** inside a transaction of the caller's */
  createIn(tx: Tx, actor: Actor, input: Create): Promise<RecordJson & { id: string }>;
  /** `version`: the one the caller read; null: any */
  update(actor: Actor, id: string, input: Update, version: number | null): Promise<RecordJson>;
  /** the same inside a transaction of the caller's */
  updateIn(tx: Tx, actor: Actor, id: string, input: Update, version: number | null): Promise<RecordJson>;
  /** recoverable for a while; `version` as for `update` */
  remove(actor: Actor, id: string, version: number | null): Promise<void>;
  /** the same inside a transaction of the caller's */
  removeIn(tx: Tx, actor: Actor, id: string, version: number | null): Promise<void>;
  /** Brings a deleted record back; whoever may delete it may. @throws 404 once it is gone for good */
  restore(actor: Actor, id: string): Promise<RecordJson>;
  restoreIn(tx: Tx, actor: Actor, id: string): Promise<RecordJson>;
}
