import { type Actor, anyRecord, EVERYTHING, isAllowed, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { ConvertRequest } from '../contracts/opportunities.ts';
import type { StageMove } from '../contracts/pipelines.ts';
import {
  type AccountService,
  accountKind,
  accountNameKey,
  type ContactService,
  contactKind,
  findAccountByName,
  findContactByEmail,
  findCustomer,
} from '../customers/index.ts';
import type { Tx } from '../db/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../http/index.ts';
import type { OpportunityService } from '../opportunities/index.ts';
import { findRecord, leadKind, moveCard, opportunityKind, type RecordJson } from '../pipeline/index.ts';
import { type ConvertibleLead, findConvertible, markConverted } from './conversion.repository.ts';
import type { LeadService } from './lead.service.ts';

/** What a conversion made or linked, as JSON text of each record. */
export interface Conversion {
  lead: RecordJson;
  account: RecordJson | null;
  contact: RecordJson | null;
  opportunity: RecordJson | null;
}

export interface ConversionInput {
  id: string;
  version: number | null;
  request: ConvertRequest;
  /** where on the board the lead goes; left out: on top of the won stage */
  move?: StageMove;
}

export interface ConversionServices {
  leads: LeadService;
  accounts: AccountService;
  contacts: ContactService;
  opportunities: OpportunityService;
}

/** Conversion hands on what the lead holds, also what the person who converts it doesn't see. */
const unguarded = ({ principal, requestId }: Actor): Actor => ({
  principal: { ...principal, fieldGroups: EVERYTHING.fields },
  requestId,
});

/** What is wrong with a part of the request, with pointers into the whole of it. */
async function below<T>(pointer: string, part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
    const errors = error.errors.map((problem) => ({ ...problem, pointer: pointer + problem.pointer }));
    throw new ProblemError(error.code, error.message, { errors, cause: error });
  }
}

/** Turns a lead into account, contact and opportunity, each new or existing, in one transaction. */
export function createConversion(deps: Dependencies, services: ConversionServices) {
  const { database, clock, config } = deps;

  async function accountFor(
    tx: Tx,
    actor: Actor,
    lead: ConvertibleLead,
    wanted: ConvertRequest['account'],
  ): Promise<string | null> {
    const readScope = scopeOf(actor.principal, 'account.read');
    if (wanted && 'id' in wanted) {
      if (!(await findCustomer(tx.sql, accountKind, readScope, wanted.id)))
        throw invalid('/account/id', 'is no account you can see');
      return wanted.id;
    }
    const name = wanted?.name ?? lead.company;
    if (!name) return null;
    const known = await findAccountByName(tx.sql, readScope, accountNameKey(name));
    if (known) return known.id;
    if (!isAllowed(actor.principal, 'account.write')) throw forbidden('create accounts');
    const { segment, region } = lead;
    const account = { name, segment, region, ...ownerOf(lead) };
    return (await below('/account', services.accounts.createIn(tx, actor, account))).id;
  }

  async function contactFor(
    tx: Tx,
    actor: Actor,
    lead: ConvertibleLead,
    accountId: string | null,
  ): Promise<string | null> {
    const known = lead.email
      ? await findContactByEmail(tx.sql, scopeOf(actor.principal, 'contact.read'), accountId, lead.email)
      : undefined;
    if (known) return known.id;
    if (!isAllowed(actor.principal, 'contact.write')) throw forbidden('create contacts');
    const { name, email, phone } = lead;
    const contact = { name, email, phone, accountId, ...ownerOf(lead) };
    return (await below('/contact', services.contacts.createIn(tx, unguarded(actor), contact))).id;
  }

  async function opportunityFor(
    tx: Tx,
    actor: Actor,
    leadId: string,
    lead: ConvertibleLead,
    links: { accountId: string | null; contactId: string | null },
    wanted: ConvertRequest['opportunity'],
  ): Promise<string | null> {
    if (!wanted) return null;
    if (!isAllowed(actor.principal, 'opportunity.write')) throw forbidden('create opportunities');
    const { source, segment, region, productCategory, campaign } = lead;
    const value = lead.amount === null ? null : { amount: lead.amount, currency: lead.currency };
    const creation = services.opportunities.createFromLead(tx, actor, leadId, {
      name: wanted.name,
      amount: wanted.amount === undefined ? value : wanted.amount,
      expectedCloseOn: wanted.expectedCloseOn ?? null,
      ...(wanted.stageId === undefined ? {} : { stageId: wanted.stageId }),
      ...links,
      ...{ source, segment, region, productCategory, campaign },
      ...ownerOf(lead),
    });
    return (await below('/opportunity', creation)).id;
  }

  const ownerOf = (lead: ConvertibleLead) => (lead.ownerId === null ? {} : { ownerId: lead.ownerId });

  async function read(
    tx: Tx,
    principal: Principal,
    ids: { accountId: string | null; contactId: string | null; opportunityId: string | null },
  ) {
    const { accountId, contactId, opportunityId } = ids;
    const reach = anyRecord(principal);
    return {
      account: accountId === null ? null : ((await findCustomer(tx.sql, accountKind, reach, accountId)) ?? null),
      contact: contactId === null ? null : ((await findCustomer(tx.sql, contactKind, reach, contactId)) ?? null),
      opportunity:
        opportunityId === null ? null : ((await findRecord(tx.sql, opportunityKind, reach, opportunityId)) ?? null),
    };
  }

  return {
    /** @throws ProblemError 409 when it was converted before, 403, 404, 412, 422 */
    convert: (actor: Actor, { id, version, request, move }: ConversionInput): Promise<Conversion> =>
      database.transaction(async (tx) => {
        await services.leads.lock(tx, actor, id, version);
        const lead = await findConvertible(tx.sql, id);
        if (!lead) throw notFound('lead');
        if (lead.isConverted) throw new ProblemError('conflict', 'This lead has been converted already.');
        const stageId = move?.stageId ?? lead.wonStageId;
        if (!stageId)
          throw new ProblemError(
            'conflict',
            "The lead's pipeline has no won stage to convert into; ask your administrator to add one.",
          );
        const accountId = await accountFor(tx, actor, lead, request.account);
        const contactId = await contactFor(tx, actor, lead, accountId);
        const opportunityId = await opportunityFor(tx, actor, id, lead, { accountId, contactId }, request.opportunity);
        const outcome = { accountId, contactId, opportunityId };
        await markConverted(tx.sql, id, outcome);
        const today = businessDay(clock(), config.timeZone);
        const moved = await moveCard(tx.sql, leadKind, anyRecord(actor.principal), actor, {
          id,
          move: move ?? { stageId },
          version: null,
          today,
          allowWon: true,
        });
        if (!moved) throw stale('lead');
        await recordAudit(tx.sql, actor, { action: 'lead.converted', entity: 'lead', entityId: id, after: outcome });
        return { lead: moved, ...(await read(tx, actor.principal, outcome)) };
      }),
    /** What a lead dropped into the won column becomes: the same, with an opportunity of the lead's value. */
    async convertByMove(actor: Actor, id: string, move: StageMove, version: number | null): Promise<RecordJson> {
      const lead = await findConvertible(database.sql, id);
      if (!lead) throw notFound('lead');
      const opportunity = isAllowed(actor.principal, 'opportunity.write')
        ? { opportunity: { name: lead.company ?? lead.name } }
        : {};
      return (await this.convert(actor, { id, version, request: opportunity, move })).lead;
    },
  };
}
