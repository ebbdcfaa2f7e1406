import { idParams } from '../contracts/common.ts';
import { leadCreateSchema, leadListQuery, leadPageSchema, leadSchema, leadUpdateSchema } from '../contracts/leads.ts';
import {
  conversionStateSchema,
  conversionUndoneSchema,
  convertRequestSchema,
  convertResponseSchema,
} from '../contracts/opportunities.ts';
import type { AccountService, ContactService } from '../customers/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, ProblemError } from '../http/index.ts';
import type { OpportunityService } from '../opportunities/index.ts';
import { createMoveService, leadKind, type MoveService, recordRoutes } from '../pipeline/index.ts';
import { createConversion } from './conversion.service.ts';
import { createLeadService, type LeadService } from './lead.service.ts';
import { createUndo } from './undo-conversion.ts';

/** Leads: their service and endpoints. */
export function createLeads(
  deps: Dependencies,
  others: { accounts: AccountService; contacts: ContactService; opportunities: OpportunityService },
): { leads: LeadService; moves: MoveService; routes: AnyRoute[] } {
  const leads = createLeadService(deps);
  const conversion = createConversion(deps, { leads, ...others });
  const undo = createUndo(deps, { leads, ...others });
  const moves = createMoveService(leadKind, deps, leads, {
    enterWon: (tx, actor, { id, move }) => conversion.convertByMoveIn(tx, actor, id, move),
    async leaveWon() {
      throw new ProblemError(
        'conflict',
        'This lead is converted. Undo its conversion to go on with the lead, or go on with its opportunity.',
      );
    },
  });
  const contract = {
    path: 'leads',
    noun: 'Lead',
    tag: 'Leads',
    record: leadSchema,
    page: leadPageSchema,
    listQuery: leadListQuery,
    create: leadCreateSchema,
    update: leadUpdateSchema,
  } as const;
  const convert = defineRoute({
    method: 'post',
    path: '/leads/:id/convert',
    operationId: 'convertLead',
    tag: 'Leads',
    summary: 'Turn a lead into account, contact and opportunity',
    access: 'lead.write',
    params: idParams,
    body: convertRequestSchema,
    responses: { 200: convertResponseSchema },
    async handler({ actor, params, body, ifMatch }) {
      const { lead, account, contact, opportunity } = await deps.database.transaction((tx) =>
        conversion.convertIn(tx, actor, { id: params.id, version: ifMatch, request: body }),
      );
      const json = `{"lead":${lead.json},"account":${account?.json ?? null},"contact":${contact?.json ?? null},"opportunity":${opportunity?.json ?? null}}`;
      return { json, version: lead.version };
    },
  });
  const conversionState = defineRoute({
    method: 'get',
    path: '/leads/:id/conversion',
    operationId: 'getLeadConversion',
    tag: 'Leads',
    summary: 'What a lead became, and what undoing that would do',
    access: 'lead.read',
    params: idParams,
    responses: { 200: conversionStateSchema },
    handler: async ({ principal, params }) => ({ body: await undo.state(principal, params.id) }),
  });
  const undoConversion = defineRoute({
    method: 'post',
    path: '/leads/:id/convert/undo',
    operationId: 'undoLeadConversion',
    tag: 'Leads',
    summary: 'Take a conversion back: the lead stands where it stood before',
    access: 'lead.write',
    params: idParams,
    responses: { 200: conversionUndoneSchema },
    async handler({ actor, params, ifMatch }) {
      const { lead, parts } = await deps.database.transaction((tx) => undo.undoIn(tx, actor, params.id, ifMatch));
      return { json: `{"lead":${lead.json},"parts":${JSON.stringify(parts)}}`, version: lead.version };
    },
  });
  return {
    leads,
    moves,
    routes: [...recordRoutes(deps, leadKind, contract, leads, moves), convert, conversionState, undoConversion],
  };
}
