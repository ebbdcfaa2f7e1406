import type { Actor } from '../access/index.ts';
import { seesFields } from '../access/index.ts';
import { idParams } from '../contracts/common.ts';
import {
  type OpportunityCreate,
  type OpportunityUpdate,
  opportunityCreateSchema,
  opportunityListQuery,
  opportunityPageSchema,
  opportunitySchema,
  opportunityUpdateSchema,
  winChangeSchema,
  winRequestSchema,
  winResponseSchema,
} from '../contracts/opportunities.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import {
  createMoveService,
  createRecordService,
  type MoveService,
  opportunityKind,
  type RecordJson,
  type RecordService,
  recordRoutes,
} from '../pipeline/index.ts';
import { salesByIds } from '../sales/index.ts';
import { linkLead, unlinkLead } from './lead-link.ts';
import { setLead } from './opportunity.repository.ts';
import { opportunityColumns } from './opportunity-columns.ts';
import { createWinService } from './win.service.ts';
import { keepBooks } from './won-edits.ts';

export interface OpportunityService extends RecordService<OpportunityCreate, OpportunityUpdate> {
  /** A new opportunity that remembers the lead it came from. */
  createFromLead(tx: Tx, actor: Actor, leadId: string, input: OpportunityCreate): Promise<RecordJson & { id: string }>;
  /** An opportunity that was there before remembers the lead; false when the actor may not change it. */
  linkLead(tx: Tx, actor: Actor, id: string, leadId: string): Promise<boolean>;
  /** The caller has locked it. */
  forgetLead(tx: Tx, actor: Actor, id: string, leadId: string): Promise<void>;
}

/** Opportunities: their service and endpoints. */
export function createOpportunities(deps: Dependencies): {
  opportunities: OpportunityService;
  moves: MoveService;
  routes: AnyRoute[];
} {
  const records = createRecordService<OpportunityCreate, OpportunityUpdate>(
    opportunityKind,
    deps,
    opportunityColumns(deps.config.currency),
  );
  const updateIn: typeof records.updateIn = async (tx, actor, id, input, version) => {
    const updated = await records.updateIn(tx, actor, id, input, version);
    await keepBooks(tx, actor, id, input);
    return updated;
  };
  const opportunities: OpportunityService = {
    ...records,
    updateIn,
    update: (actor, id, input, version) => deps.database.transaction((tx) => updateIn(tx, actor, id, input, version)),
    linkLead: (tx, actor, id, leadId) => linkLead(tx, deps.changes, actor, id, leadId),
    forgetLead: (tx, actor, id, leadId) => unlinkLead(tx, deps.changes, actor, id, leadId),
    async createFromLead(tx, actor, leadId, input) {
      const created = await records.createIn(tx, actor, input);
      await setLead(tx.sql, created.id, leadId);
      return created;
    },
  };
  const winning = createWinService(deps, opportunities);
  const moves = createMoveService(opportunityKind, deps, opportunities, {
    enterWon: async (tx, actor, { id, move, version }) =>
      (await winning.winIn(tx, actor, { id, version, request: {}, move })).opportunity,
    leaveWon: (tx, actor, request) => winning.reopenIn(tx, actor, request),
  });
  const contract = {
    path: 'opportunities',
    noun: 'Opportunity',
    tag: 'Opportunities',
    record: opportunitySchema,
    page: opportunityPageSchema,
    listQuery: opportunityListQuery,
    create: opportunityCreateSchema,
    update: opportunityUpdateSchema,
  } as const;
  const win = defineRoute({
    method: 'post',
    path: '/opportunities/:id/win',
    operationId: 'winOpportunity',
    tag: 'Opportunities',
    summary: 'Win an opportunity and book its sales',
    access: 'opportunity.write',
    params: idParams,
    body: winRequestSchema,
    responses: { 200: winResponseSchema },
    async handler({ actor, principal, params, body, ifMatch }) {
      const { opportunity, saleIds } = await deps.database.transaction((tx) =>
        winning.winIn(tx, actor, { id: params.id, version: ifMatch, request: body }),
      );
      const sales = await salesByIds(deps.database.sql, saleIds, seesFields(principal, 'cost'));
      return { json: `{"opportunity":${opportunity.json},"sales":${sales}}`, version: opportunity.version };
    },
  });
  const changeWin = defineRoute({
    method: 'put',
    path: '/opportunities/:id/win',
    operationId: 'changeWin',
    tag: 'Opportunities',
    summary: 'Say anew what was sold of a won opportunity: its sales are booked again, its amount follows',
    access: 'opportunity.write',
    params: idParams,
    body: winChangeSchema,
    responses: { 200: winResponseSchema },
    async handler({ actor, principal, params, body, ifMatch }) {
      const { opportunity, saleIds } = await deps.database.transaction((tx) =>
        winning.changeIn(tx, actor, { id: params.id, version: ifMatch, change: body }),
      );
      const sales = await salesByIds(deps.database.sql, saleIds, seesFields(principal, 'cost'));
      return { json: `{"opportunity":${opportunity.json},"sales":${sales}}`, version: opportunity.version };
    },
  });
  return {
    opportunities,
    moves,
    routes: [...recordRoutes(deps, opportunityKind, contract, opportunities, moves), win, changeWin],
  };
}
