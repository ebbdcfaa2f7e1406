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
  winRequestSchema,
  winResponseSchema,
} from '../contracts/opportunities.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import {
  createMoveService,
  createRecordService,
  opportunityKind,
  type RecordJson,
  type RecordService,
  recordRoutes,
} from '../pipeline/index.ts';
import { salesByIds } from '../sales/index.ts';
import { linkLead } from './opportunity.repository.ts';
import { opportunityColumns } from './opportunity-columns.ts';
import { createWinService } from './win.service.ts';

export interface OpportunityService extends RecordService<OpportunityCreate, OpportunityUpdate> {
  /** A new opportunity that remembers the lead it came from. */
  createFromLead(tx: Tx, actor: Actor, leadId: string, input: OpportunityCreate): Promise<RecordJson & { id: string }>;
}

/** Opportunities: their service and endpoints. */
export function createOpportunities(deps: Dependencies): { opportunities: OpportunityService; routes: AnyRoute[] } {
  const records = createRecordService<OpportunityCreate, OpportunityUpdate>(
    opportunityKind,
    deps,
    opportunityColumns(deps.config.currency),
  );
  const opportunities: OpportunityService = {
    ...records,
    async createFromLead(tx, actor, leadId, input) {
      const created = await records.createIn(tx, actor, input);
      await linkLead(tx.sql, created.id, leadId);
      return created;
    },
  };
  const winning = createWinService(deps, records);
  const moves = createMoveService(opportunityKind, deps, {
    enterWon: async (actor, { id, move, version }) =>
      (await winning.win(actor, { id, version, request: {}, move })).opportunity,
    leaveWon: (actor, request) => winning.reopen(actor, request),
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
      const { opportunity, saleIds } = await winning.win(actor, { id: params.id, version: ifMatch, request: body });
      const sales = await salesByIds(deps.database.sql, saleIds, seesFields(principal, 'cost'));
      return { json: `{"opportunity":${opportunity.json},"sales":${sales}}`, version: opportunity.version };
    },
  });
  return { opportunities, routes: [...recordRoutes(deps, opportunityKind, contract, opportunities, moves), win] };
}
