import { DAY_MS, momentOn, type Span } from './calendar.ts';
import type { Currencies } from './currencies.ts';
import { type CompanyEvents, isDuring, priceLevel, reorderFactor } from './events.ts';
import { inCurrency, makeLine } from './lines.ts';
import type { Account, Line, Opportunity, Product, Sale } from './model.ts';
import { at, type Random, randomFor } from './random.ts';
import { orderLevel } from './season.ts';
import { SEGMENTS } from './words/markets.ts';

/** Reorders on an average day of the first year. */
const REORDERS_A_DAY = 11.6;
const AT_LEAST_ON_LAST_DAY = 8;
/** Above the greatest factor an event can have: candidates are drawn at this level and thinned. */
const HEADROOM = 2.4;

interface Customer {
  account: Account;
  from: number;
  until: number;
}

/** Every line of every won opportunity, booked on its close date. */
function bookWins(random: Random, currencies: Currencies, opportunities: Opportunity[]): Sale[] {
  return opportunities.flatMap((opportunity) => {
    const { account, currency, owner, source, campaign, closedOn, stageSince } = opportunity;
    if (opportunity.stage !== 'Won' || closedOn === null) return [];
    return opportunity.lines.map((line) => ({
      id: random.id(stageSince),
      soldOn: closedOn,
      createdAt: stageSince,
      account,
      line,
      currency,
      ...inBase(currencies, line, currency, closedOn),
      owner,
      source,
      campaign,
      opportunity,
    }));
  });
}

function inBase(currencies: Currencies, line: Line, currency: string, day: number) {
  return {
    amountBase: currencies.fromForeign(line.amount, currency, day).amountBase,
    costBase: currencies.fromForeign(line.cost, currency, day).amountBase,
  };
}

/** Who reorders, from when until when: old customers from the start, new ones after their first win. */
function customersOf(random: Random, span: Span, accounts: Account[], opportunities: Opportunity[]): Customer[] {
  const firstWin = new Map<string, number>();
  for (const { account, stage, closedOn } of opportunities) {
    if (stage !== 'Won' || closedOn === null) continue;
    firstWin.set(account.id, Math.min(closedOn, firstWin.get(account.id) ?? Infinity));
  }
  return accounts.flatMap((account): Customer[] => {
    const lifetime = Math.round(-Math.log(1 - random.next()) * 2400) + 120;
    const isOld = account.createdAt < span.start * DAY_MS && random.chance(0.82);
    const win = firstWin.get(account.id);
    if (!isOld && win === undefined) return [];
    const from = isOld ? span.start : (win ?? span.start) + random.int(7, 30);
    return [{ account, from, until: from + lifetime }];
  });
}

/** All booked sales, oldest first. */
export function makeSales(
  span: Span,
  products: Product[],
  currencies: Currencies,
  accounts: Account[],
  opportunities: Opportunity[],
  happenings: CompanyEvents,
): Sale[] {
  const random = randomFor('sales');
  const sales = bookWins(random, currencies, opportunities);
  const customers = customersOf(random, span, accounts, opportunities);

  const reorder = (account: Account, product: Product, day: number): Sale => {
    const dealSize = SEGMENTS.find(({ name }) => name === account.segment)?.dealSize ?? 1;
    const units = random.logNormal(product.dealUnits * 0.13, 0.6) * dealSize ** 0.7;
    const offer = makeLine(random, product, units, priceLevel(happenings, day), random.next() * 0.07);
    const [line = offer] = inCurrency([offer], currencies, account.currency, day);
    const createdAt = momentOn(random, day, span);
    return {
      id: random.id(createdAt),
      soldOn: day,
      createdAt,
      account,
      line,
      currency: account.currency,
      ...inBase(currencies, line, account.currency, day),
      owner: account.owner,
      source: account.source,
      campaign: account.region === 'EMEA' && isDuring(happenings.promotion, day) ? happenings.promotion.title : null,
      opportunity: null,
    };
  };
  const drawProduct = (account: Account): Product => random.pick(random.chance(0.75) ? account.favourites : products);

  for (let day = span.start; day <= span.today; day++) {
    const active = customers.filter(({ from, until }) => from <= day && day <= until);
    const level = REORDERS_A_DAY * HEADROOM * orderLevel(day, span) * random.logNormal(1, 0.1);
    let taken = 0;
    for (let candidates = random.poisson(level); candidates > 0; candidates--) {
      const product = takeOrder(active, day, true);
      if (product) taken++;
    }
    if (day === span.today) while (taken++ < AT_LEAST_ON_LAST_DAY) takeOrder(active, day, false);
  }

  function takeOrder(active: Customer[], day: number, mayDecline: boolean): Product | null {
    let { account } = random.pick(active);
    while (account.appetite < random.next() * 3) ({ account } = random.pick(active));
    const product = drawProduct(account);
    const factor = reorderFactor(happenings, day, account.region, product.category);
    if (mayDecline && !random.chance(factor / HEADROOM)) return null;
    sales.push(reorder(account, product, day));
    return product;
  }

  // the two demo sellers always have something of their own this month
  for (const email of ['manager@example.com', 'rep@example.com']) {
    const own = customers.filter(({ account }) => account.owner.email === email);
    if (own.length > 0) {
      const { account } = random.pick(own);
      sales.push(reorder(account, at(account.favourites, 0), span.today));
    }
  }
  return sales.sort((left, right) => left.createdAt - right.createdAt);
}
