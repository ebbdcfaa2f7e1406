import { type Accounts, drawMarket, drawSegment, drawSeller } from './accounts.ts';
import { DAY_MS, momentOn, monthOf, type Span, toWorkday, yearOf } from './calendar.ts';
import type { Currencies } from './currencies.ts';
import { drawLeadValues } from './custom-fields.ts';
import type { Account, Conversion, Lead, Product, StageEvent } from './model.ts';
import { type CompanyName, companyName, emailAddress, personName, phoneNumber } from './names.ts';
import type { Organisation } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { interestLevel, spreadDays } from './season.ts';
import { eventsSoFar, type Step } from './stage-history.ts';
import { type Market, type Segment, SOURCES, type Source } from './words/markets.ts';

const COUNT = 5000;
const ON_LAST_DAY = 7;
const USUAL_LOG_ODDS = -1.28;
/** Of the converting leads, those whose company is new to the books. */
const NEW_COMPANY = 0.48;

/** The campaign that was running for a source on a day. */
export function campaignOn(random: Random, source: Source, day: number): string | null {
  if (source.campaigns.length === 0) return null;
  const year = yearOf(day);
  if (source.name === 'Trade fair') return `${monthOf(day) < 8 ? 'Spring fair' : 'Autumn fair'} ${year}`;
  return `${random.pick(source.campaigns)} Q${Math.ceil(monthOf(day) / 3)} ${year}`;
}

/** Which way the lead goes: through which stages, on which days. */
function planFor(random: Random, day: number, converts: boolean): Step[] {
  const plan: Step[] = [{ stage: 'New', day }];
  const later = (from: number, median: number, sigma: number, most: number): number =>
    toWorkday(from + Math.max(1, Math.round(Math.min(most, random.logNormal(median, sigma)))), Infinity);
  if (converts || random.chance(0.4)) {
    const qualified = later(day, 3.5, 0.8, 30);
    plan.push({ stage: 'Qualified', day: qualified });
    if (converts) plan.push({ stage: 'Converted', day: later(qualified, 12, 0.7, 75) });
    else plan.push({ stage: 'Lost', day: later(qualified, 45, 0.6, 160) });
  } else plan.push({ stage: 'Lost', day: later(day, 26, 0.75, 120) });
  return plan;
}

/** A customer or known company of that market and segment on that day, for a lead that comes from one. */
function knownAccount(
  random: Random,
  accounts: Accounts,
  market: Market,
  segment: Segment,
  ms: number,
): Account | null {
  for (let attempt = 0; attempt < 60; attempt++) {
    const account = random.pick(accounts.list);
    if (account.createdAt < ms && account.segment === segment.name && accounts.marketOf(account).team === market.team)
      return account;
  }
  return null;
}

export interface Leads {
  list: Lead[];
  events: StageEvent[];
}

/** All leads with their history; converting ones bring their account and contact into `accounts`. */
export function makeLeads(
  span: Span,
  organisation: Organisation,
  products: Product[],
  currencies: Currencies,
  accounts: Accounts,
): Leads {
  const random = randomFor('leads');
  const list: Lead[] = [];
  const events: StageEvent[] = [];
  for (const day of spreadDays(COUNT, span, interestLevel, ON_LAST_DAY, random.next)) {
    const createdAt = momentOn(random, day, span);
    const segment = drawSegment(random);
    const source = random.weighted(SOURCES, (candidate) => candidate.share);
    const campaign = campaignOn(random, source, day);
    const { custom, quality } = drawLeadValues(random);
    let market = drawMarket(random);
    const logOdds = USUAL_LOG_ODDS + source.quality + quality + (segment.name === 'Mid-market' ? 0.2 : -0.1);
    const plan = planFor(random, day, random.chance(1 / (1 + Math.exp(-logOdds))));
    const last = plan[plan.length - 1] as Step;
    const convertsBy = last.stage === 'Converted' && last.day <= span.today ? last.day * DAY_MS : null;

    let account: Account | null = null;
    if (convertsBy !== null && !random.chance(NEW_COMPANY)) {
      account = knownAccount(random, accounts, market, segment, createdAt);
      if (account) market = accounts.marketOf(account);
    }
    let company: CompanyName = companyName(random, market);
    while (convertsBy !== null && accounts.isTaken(company)) company = companyName(random, market);
    const contact = account && random.chance(0.7) ? random.pick(account.contacts) : null;
    const name = contact?.name ?? personName(random, market);
    const owner = account?.owner ?? drawSeller(random, organisation, market.team, day);
    const isUnassigned = convertsBy === null && plan.length > 1 && day >= span.today - 2 && random.chance(0.3);
    const product = random.weighted(products, (candidate) => candidate.demand);
    const guess = Math.round((random.logNormal(9000, 0.8) * segment.dealSize) / 100) * 100 * 100 * currencies.scale;
    const currency = account?.currency ?? currencies.base;
    const money = random.chance(0.88) ? currencies.toForeign(guess, currency, day) : null;
    const lead: Lead = {
      id: random.id(createdAt),
      name,
      company: account?.name ?? company.name,
      email: contact?.email ?? emailAddress(name, account?.domain ?? company.domain),
      phone: contact?.phone ?? phoneNumber(random, market),
      source: source.name,
      segment: segment.name,
      region: market.region,
      productCategory: product.category,
      campaign,
      currency,
      value: money?.amount ?? null,
      valueBase: money?.amountBase ?? null,
      owner: isUnassigned ? null : owner,
      team: owner.team,
      stage: 'New',
      custom,
      createdAt,
      stageSince: createdAt,
      moves: 0,
      position: 0,
      conversion: null,
    };
    const holder = { owner: lead.owner, team: lead.team };
    const record = { recordType: 'lead' as const, recordId: lead.id, amountBase: lead.valueBase };
    // an unassigned lead has not been worked on: it stays where it came in
    const happened = eventsSoFar(random, span, record, holder, isUnassigned ? plan.slice(0, 1) : plan, createdAt);
    const latest = happened[happened.length - 1] as StageEvent;
    lead.stage = latest.to;
    lead.stageSince = latest.at;
    lead.moves = happened.length - 1;
    if (latest.to === 'Converted') lead.conversion = convert(latest.at);
    list.push(lead);
    events.push(...happened);

    function convert(at: number): Conversion {
      const target =
        account ?? accounts.add({ market, segment, owner, source: source.name, campaign, createdAt: at }, company);
      const person = contact ?? accounts.addContact(target, name, at);
      const others = account ? 0 : random.int(0, 1);
      for (let count = 0; count < others; count++)
        accounts.addContact(
          target,
          personName(random, market),
          Math.min(at + random.int(2, 40) * DAY_MS, span.today * DAY_MS),
        );
      return { at, account: target, contact: person, opportunityId: null };
    }
  }
  return { list: list.sort((left, right) => left.createdAt - right.createdAt), events };
}
