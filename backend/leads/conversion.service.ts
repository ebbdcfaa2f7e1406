import { type Actor, anyRecord, EVERYTHING, isAllowed, type Principal, recordAudit, scopeOf } from '../access/index.ts';
import { businessDay } from '../calendar/index.ts';
import type { StageMove } from '../contracts/moves.ts';
import type { ConvertRequest } from '../contracts/opportunities.ts';
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
import { forbidden, invalid, notFound, ProblemError, problemsBelow, stale } from '../http/index.ts';
import type { OpportunityService } from '../opportunities/index.ts';
import { findRecord, leadKind, openGate, opportunityKind, placeCard, type RecordJson } from '../pipeline/index.ts';
import { type ConvertibleLead, findConvertible, markConverted, type Part } from './conversion.repository.ts';
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
const unguarded = (actor: Actor): Actor => ({
  ...actor,
  principal: { ...actor.principal, fieldGroups: EVERYTHING.fields },
});

/** Turns a lead into account, contact and opportunity, each new or existing, in one transaction. */
export function createConversion(deps: Dependencies, services: ConversionServices) {
  const { clock, config } = deps;

  async function accountFor(
    tx: Tx,
    actor: Actor,
    lead: ConvertibleLead,
    wanted: ConvertRequest['account'],
  ): Promise<Part | null> {
    const readScope = scopeOf(actor.principal, 'account.read');
    if (wanted && 'id' in wanted) {
      if (!(await findCustomer(tx.sql, accountKind, readScope, wanted.id)))
        throw invalid('/account/id', 'is no account you can see');
      return { id: wanted.id, isNew: false };
    }
    const name = wanted?.name ?? lead.company;
    if (!name) return null;
    const known = await findAccountByName(tx.sql, readScope, accountNameKey(name));
    if (known) return { id: known.id, isNew: false };
    if (!isAllowed(actor.principal, 'account.write')) throw forbidden('create accounts');
    const { segment, region } = lead;
    const account = { name, segment, region, ...ownerOf(lead) };
    const { id } = await problemsBelow('/account', services.accounts.createIn(tx, actor, account));
    return { id, isNew: true };
  }

  async function contactFor(
    tx: Tx,
    actor: Actor,
    lead: ConvertibleLead,
    accountId: string | null,
    wanted: ConvertRequest['contact'],
  ): Promise<Part | null> {
    const readScope = scopeOf(actor.principal, 'contact.read');
    if (wanted && 'id' in wanted) {
      if (!(await findCustomer(tx.sql, contactKind, readScope, wanted.id)))
        throw invalid('/contact/id', 'is no contact you can see');
      return { id: wanted.id, isNew: false };
    }
    const known =
      lead.email && !wanted ? await findContactByEmail(tx.sql, readScope, accountId, lead.email) : undefined;
    if (known) return { id: known.id, isNew: false };
    if (!isAllowed(actor.principal, 'contact.write')) throw forbidden('create contacts');
    const links = { accountId, ...ownerOf(lead) };
    const { name, email, phone } = lead;
    const creation = wanted
      ? services.contacts.createIn(tx, actor, { ...wanted, ...links })
      : services.contacts.createIn(tx, unguarded(actor), { name, email, phone, ...links });
    const { id } = await problemsBelow('/contact', creation);
    return { id, isNew: true };
  }

  async function opportunityFor(
    tx: Tx,
    actor: Actor,
    leadId: string,
    lead: ConvertibleLead,
    links: { accountId: string | null; contactId: string | null },
    { opportunity: wanted, opportunityId }: ConvertRequest,
  ): Promise<Part | null> {
    if (opportunityId !== undefined) {
      if (wanted) throw invalid('/opportunityId', 'names one, and opportunity another: give one of them');
      const isLinked = await services.opportunities.linkLead(tx, actor, opportunityId, leadId);
      if (!isLinked) throw invalid('/opportunityId', 'is no opportunity that you can change');
      return { id: opportunityId, isNew: false };
    }
    if (!wanted) return null;
    if (!isAllowed(actor.principal, 'opportunity.write')) throw forbidden('create opportunities');
    const { source, segment, region, productCategory, campaign } = lead;
    const value = lead.amount === null ? null : { amount: lead.amount, currency: lead.currency };
    const creation = services.opportunities.createFromLead(tx, actor, leadId, {
      ...{ source, segment, region, productCategory, campaign },
      ...ownerOf(lead),
      amount: value,
      ...wanted,
      ...links,
    });
    const { id } = await problemsBelow('/opportunity', creation);
    return { id, isNew: true };
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

  async function convertIn(tx: Tx, actor: Actor, { id, version, request, move }: ConversionInput): Promise<Conversion> {
    await services.leads.lock(tx, actor, id, version);
    let lead = await findConvertible(tx.sql, id);
    if (!lead) throw notFound('lead');
    if (lead.isConverted) throw new ProblemError('conflict', 'This lead has been converted already.');
    const stageId = move?.stageId ?? lead.wonStageId;
    if (!stageId)
      throw new ProblemError(
        'conflict',
        "The lead's pipeline has no won stage to convert into; ask your administrator to add one.",
      );
    // On the board the move has passed the gate already.
    if (!move) {
      const { fields } = request;
      await openGate(tx, leadKind, services.leads, actor, { id, move: { stageId, fields } });
      if (fields) lead = (await findConvertible(tx.sql, id)) ?? lead;
    }
    const account = await accountFor(tx, actor, lead, request.account);
    const contact = await contactFor(tx, actor, lead, account?.id ?? null, request.contact);
    const links = { accountId: account?.id ?? null, contactId: contact?.id ?? null };
    const opportunity = await opportunityFor(tx, actor, id, lead, links, request);
    const outcome = { ...links, opportunityId: opportunity?.id ?? null };
    const origin = { fromStageId: lead.stageId, userId: actor.principal.userId };
    await markConverted(tx.sql, id, { account, contact, opportunity }, origin);
    const moved = await placeCard(tx, deps.changes, leadKind, anyRecord(actor.principal), actor, {
      id,
      move: move ?? { stageId },
      version: null,
      today: businessDay(clock(), config.timeZone),
      isCleared: true,
    });
    if (!moved) throw stale('lead');
    await recordAudit(tx.sql, actor, { action: 'lead.converted', entity: 'lead', entityId: id, after: outcome });
    return { lead: moved, ...(await read(tx, actor.principal, outcome)) };
  }

  return {
    /** Inside a transaction of the caller's. @throws ProblemError 409 when it was converted before, 403, 404, 412, 422 */
    convertIn,
    /** What a lead dropped into the won column becomes: the same, with an opportunity of the lead's value. */
    async convertByMoveIn(tx: Tx, actor: Actor, id: string, move: StageMove): Promise<RecordJson> {
      const lead = await findConvertible(tx.sql, id);
      if (!lead) throw notFound('lead');
      const opportunity = isAllowed(actor.principal, 'opportunity.write')
        ? { opportunity: { name: lead.company ?? lead.name } }
        : {};
      return (await convertIn(tx, actor, { id, version: null, request: opportunity, move })).lead;
    },
  };
}
