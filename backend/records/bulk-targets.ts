import type { Permission, Reach } from '../access/index.ts';
import type { RecordType } from '../contracts/common.ts';
import {
  type AccountService,
  accountKind,
  type ContactService,
  type CustomerFilters,
  type CustomerKind,
  contactKind,
  findCustomer,
  listedCustomerIds,
} from '../customers/index.ts';
import type { Sql, SqlRunner } from '../db/index.ts';
import {
  type CrudService,
  type CustomFilters,
  type FilterContext,
  findRecord,
  leadKind,
  listedIds,
  type MoveService,
  opportunityKind,
  type RecordFilters,
  type RecordJson,
  type RecordKind,
} from '../pipeline/index.ts';

type BoardFilter = RecordFilters & CustomFilters;
type CustomerFilter = CustomerFilters & CustomFilters;

/** A kind of record that can be changed many at a time, with the services that change one. `Filter`: its list's. */
export interface BulkTarget<Filter = never> {
  kind: { entity: RecordType; table: Sql; read: Permission; write: Permission; remove: Permission };
  records: Pick<CrudService<never, never, object>, 'updateIn' | 'removeIn' | 'restoreIn'>;
  /** null: such records have no stage */
  moves: MoveService | null;
  find(runner: SqlRunner, reach: Reach, id: string): Promise<RecordJson | undefined>;
  listedIds(runner: SqlRunner, reach: Reach, context: FilterContext, filter: Filter, limit: number): Promise<string[]>;
}
export interface BulkTargets extends Readonly<Record<RecordType, BulkTarget>> {
  lead: BulkTarget<BoardFilter>;
  opportunity: BulkTarget<BoardFilter>;
  account: BulkTarget<CustomerFilter>;
  contact: BulkTarget<CustomerFilter>;
}

const onBoard = (kind: RecordKind, records: BulkTarget['records'], moves: MoveService): BulkTarget<BoardFilter> => ({
  kind,
  records,
  moves,
  find: (runner, reach, id) => findRecord(runner, kind, reach, id),
  listedIds: (runner, ...ask) => listedIds(runner, kind, ...ask),
});

const ofCustomers = (kind: CustomerKind, records: BulkTarget['records']): BulkTarget<CustomerFilter> => ({
  kind,
  records,
  moves: null,
  find: (runner, reach, id) => findCustomer(runner, kind, reach, id),
  listedIds: (runner, ...ask) => listedCustomerIds(runner, kind, ...ask),
});

/** All kinds of records, by the services that change one of them. */
export const bulkTargets = (services: {
  leads: BulkTarget['records'];
  leadMoves: MoveService;
  opportunities: BulkTarget['records'];
  opportunityMoves: MoveService;
  accounts: AccountService;
  contacts: ContactService;
}): BulkTargets => ({
  lead: onBoard(leadKind, services.leads, services.leadMoves),
  opportunity: onBoard(opportunityKind, services.opportunities, services.opportunityMoves),
  account: ofCustomers(accountKind, services.accounts),
  contact: ofCustomers(contactKind, services.contacts),
});
