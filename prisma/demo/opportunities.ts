import type { Accounts } from './accounts.ts';
import { DAY_MS, dayAt, momentOn, type Span, toWorkday } from './calendar.ts';
import type { Currencies } from './currencies.ts';
import { drawOpportunityValues } from './custom-fields.ts';
import { type CompanyEvents, priceLevel } from './events.ts';
import { inCurrency, makeLines } from './lines.ts';
import type { Account, Contact, Lead, Opportunity, Product, StageEvent } from './model.ts';
import { at, type Random, randomFor } from './random.ts';
import { interestLevel, spreadDays } from './season.ts';
import { eventsSoFar, type Step } from './stage-history.ts';
import { SEGMENTS } from './words/markets.ts';
import { NEXT_STEPS } from './words/texts.ts';

const COUNT = 3000;
const USUAL_LOG_ODDS = -1.05;

interface Seed {
  createdAt: number;
  account: Account;
  contact: Contact;
  lead: Lead | null;
  source: string;
  campaign: string | null;
}

/** A deal that is still in the air, with the close it is heading for. */
export interface Outlook {
  opportunity: Opportunity;
  closesOn: number;
}

export interface Opportunities {
  list: Opportunity[];
  events: StageEvent[];
  outlooks: Outlook[];
}

function planFor(random: Random, day: number, wins: boolean): Step[] {
  const days = Math.max(4, Math.min(260, Math.round(wins ? random.logNormal(48, 0.55) : random.logNormal(66, 0.65))));
  const close = toWorkday(day + days, Infinity);
  const proposal = toWorkday(day + Math.max(1, Math.round(days * (0.2 + random.next() * 0.2))), close - 1);
  const negotiation = toWorkday(day + Math.max(2, Math.round(days * (0.55 + random.next() * 0.2))), close - 1);
  const reached = wins ? 3 : random.weighted([1, 2, 3], (stages) => [0, 0.32, 0.4, 0.28][stages] ?? 0);
  const plan: Step[] = [{ stage: 'Discovery', day }];
  if (reached >= 2) plan.push({ stage: 'Proposal', day: proposal });
  if (reached >= 3) plan.push({ stage: 'Negotiation', day: negotiation });
  if (reached >= 3 && close - negotiation > 14 && random.chance(0.12)) {
    const back = negotiation + Math.round((close - negotiation) / 3);
    plan.push({ stage: 'Proposal', day: back }, { stage: 'Negotiation', day: back + Math.round((close - back) / 2) });
  }
  plan.push({ stage: wins ? 'Won' : 'Lost', day: close });
  return plan;
}

function seedsOf(random: Random, span: Span, leads: Lead[], accounts: Accounts): Seed[] {
  const fromLeads = leads.flatMap((lead): Seed[] => {
    if (!lead.conversion) return [];
    const { at: createdAt, account, contact } = lead.conversion;
    return [{ createdAt, account, contact, lead, source: lead.source, campaign: lead.campaign }];
  });
  const byAge = [...accounts.list].sort((left, right) => left.createdAt - right.createdAt);
  let known = 0;
  const direct = spreadDays(COUNT - fromLeads.length, span, interestLevel, 3, random.next).map((day): Seed => {
    const createdAt = momentOn(random, day, span);
    while (known < byAge.length && at(byAge, known).createdAt < day * DAY_MS) known++;
    let account = at(byAge, random.int(0, known - 1));
    for (let attempt = 0; attempt < 8 && account.appetite * account.owner.load < random.next() * 2.4; attempt++)
      account = at(byAge, random.int(0, known - 1));
    const contact = account.contacts.find((person) => person.createdAt < createdAt) ?? at(account.contacts, 0);
    return { createdAt, account, contact, lead: null, source: account.source, campaign: null };
  });
  return [...fromLeads, ...direct].sort((left, right) => left.createdAt - right.createdAt);
}

/** When the owner says it will close: about right for closed deals, now and then already past for open ones. */
function expectClose(random: Random, span: Span, day: number, closesOn: number): number {
  if (closesOn <= span.today) return Math.max(day + 5, closesOn + random.int(-12, 6));
  if (random.chance(0.1)) return Math.max(day + 5, span.today - random.int(1, 18));
  return Math.max(day + 5, span.today + random.int(0, 6), closesOn + random.int(-3, 9));
}

/** All opportunities: those of converted leads and those found with accounts already known. */
export function makeOpportunities(
  span: Span,
  products: Product[],
  currencies: Currencies,
  accounts: Accounts,
  leads: Lead[],
  happenings: CompanyEvents,
): Opportunities {
  const random = randomFor('opportunities');
  const result: Opportunities = { list: [], events: [], outlooks: [] };
  for (const seed of seedsOf(random, span, leads, accounts)) {
    const { account, lead, createdAt } = seed;
    const day = dayAt(createdAt);
    const { owner } = account;
    const segment = SEGMENTS.find(({ name }) => name === account.segment) ?? at(SEGMENTS, 1);
    const category = lead?.productCategory;
    const candidates = category ? products.filter((product) => product.category === category) : account.favourites;
    const main = random.weighted(candidates, (product) => product.demand);
    const offer = makeLines(random, products, main, segment.dealSize, priceLevel(happenings, day));
    const lines = inCurrency(offer, currencies, account.currency, day);
    const logOdds =
      USUAL_LOG_ODDS +
      Math.log(owner.skill) +
      (lead ? 0 : 0.25) +
      (['Referral', 'Partner'].includes(seed.source) ? 0.3 : 0) +
      (segment.name === 'Enterprise' ? -0.15 : 0.05);
    const plan = planFor(random, day, random.chance(1 / (1 + Math.exp(-logOdds))));
    const closesOn = (plan[plan.length - 1] as Step).day;
    const expectedCloseOn = expectClose(random, span, day, closesOn);
    const total = lines.reduce((sum, line) => sum + line.amount, 0);
    const { amount, amountBase } = currencies.fromForeign(total, account.currency, day);
    const opportunity: Opportunity = {
      id: random.id(createdAt),
      name: `${account.name.split(' ').slice(0, 2).join(' ').replace(/ &$/, '')}: ${main.name}`,
      account,
      contact: seed.contact,
      lead,
      source: seed.source,
      campaign: seed.campaign,
      currency: account.currency,
      lines,
      amount,
      amountBase,
      owner,
      expectedCloseOn,
      closedOn: null,
      nextStep: null,
      stage: 'Discovery',
      custom: drawOpportunityValues(random, expectedCloseOn + random.int(14, 75)),
      createdAt,
      stageSince: createdAt,
      moves: 0,
      position: 0,
    };
    if (lead?.conversion) lead.conversion.opportunityId = opportunity.id;
    const record = { recordType: 'opportunity' as const, recordId: opportunity.id, amountBase };
    const happened = eventsSoFar(random, span, record, { owner, team: owner.team }, plan, createdAt);
    const latest = happened[happened.length - 1] as StageEvent;
    opportunity.stage = latest.to;
    opportunity.stageSince = latest.at;
    opportunity.moves = happened.length - 1;
    if (isClosed(opportunity)) opportunity.closedOn = dayAt(latest.at);
    else {
      opportunity.nextStep = random.pick(NEXT_STEPS[latest.to] ?? ['Call back']);
      result.outlooks.push({ opportunity, closesOn });
    }
    result.list.push(opportunity);
    result.events.push(...happened);
  }
  return result;
}

export const isClosed = ({ stage }: { stage: string }): boolean => stage === 'Won' || stage === 'Lost';
