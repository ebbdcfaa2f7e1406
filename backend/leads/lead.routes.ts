import { idParams } from '../contracts/common.ts';
import { leadCreateSchema, leadListQuery, leadPageSchema, leadSchema, leadUpdateSchema } from '../contracts/leads.ts';
import { convertRequestSchema, convertResponseSchema } from '../contracts/opportunities.ts';
import type { AccountService, ContactService } from '../customers/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, ProblemError } from '../http/index.ts';
import type { OpportunityService } from '../opportunities/index.ts';
import { createMoveService, leadKind, recordRoutes } from '../pipeline/index.ts';
import { createConversion } from './conversion.service.ts';
import { createLeadService, type LeadService } from './lead.service.ts';

/** Leads: their service and endpoints. */
export function createLeads(
  deps: Dependencies,
  others: { accounts: AccountService; contacts: ContactService; opportunities: OpportunityService },
): { leads: LeadService; routes: AnyRoute[] } {
  const leads = createLeadService(deps);
  const conversion = createConversion(deps, { leads, ...others });
  const moves = createMoveService(leadKind, deps, {
    enterWon: (actor, { id, move, version }) => conversion.convertByMove(actor, id, move, version),
    async leaveWon() {
      throw new ProblemError(
        'conflict',
        'A converted lead stays converted: go on with its opportunity, or create a new lead.',
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
      const { lead, account, contact, opportunity } = await conversion.convert(actor, {
        id: params.id,
        version: ifMatch,
        request: body,
      });
      const json = `{"lead":${lead.json},"account":${account?.json ?? null},"contact":${contact?.json ?? null},"opportunity":${opportunity?.json ?? null}}`;
      return { json, version: lead.version };
    },
  });
  return { leads, routes: [...recordRoutes(deps, leadKind, contract, leads, moves), convert] };
}
