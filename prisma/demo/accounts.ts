import { DAY_MS, type Span } from './calendar.ts';
import type { Currencies } from './currencies.ts';
import type { Account, Contact, Person, Product } from './model.ts';
import { companyName, emailAddress, personName, phoneNumber } from './names.ts';
import type { Organisation } from './people.ts';
import { type Random, randomFor } from './random.ts';
import { MARKETS, type Market, SEGMENTS, type Segment, SOURCES } from './words/markets.ts';

/** Companies that were known before the books begin. */
const KNOWN_BEFORE = 290;

/** What a new account takes from where it came from. */
export interface Origin {
  market: Market;
  segment: Segment;
  owner: Person;
  source: string;
  campaign: string | null;
  createdAt: number;
}

export interface Accounts {
  list: Account[];
  add(origin: Origin, name?: { name: string; industry: string; domain: string }): Account;
  addContact(account: Account, name: string, createdAt: number): Contact;
  isTaken(name: { name: string; domain: string }): boolean;
  marketOf(account: Account): Market;
}

export const drawMarket = (random: Random): Market => random.weighted(MARKETS, (market) => market.size);
export const drawSegment = (random: Random): Segment => random.weighted(SEGMENTS, (segment) => segment.share);
export const drawSeller = (random: Random, organisation: Organisation, team: string, day: number): Person =>
  random.weighted(organisation.sellers(team, day), (person) => person.load);

/** The register of accounts and contacts, holding at first the companies known before the books begin. */
export function makeAccounts(
  span: Span,
  organisation: Organisation,
  products: Product[],
  currencies: Currencies,
): Accounts {
  const random = randomFor('accounts');
  const names = new Set<string>();
  const domains = new Set<string>();
  const markets = new Map<string, Market>();
  const list: Account[] = [];

  const addContact = (account: Account, name: string, createdAt: number): Contact => {
    const market = marketOf(account);
    const titles = SEGMENTS.find((segment) => segment.name === account.segment)?.jobTitles ?? ['Manager'];
    const contact: Contact = {
      id: random.id(createdAt),
      account,
      name,
      email: emailAddress(name, account.domain),
      phone: phoneNumber(random, market),
      title: random.pick(titles),
      createdAt,
    };
    account.contacts.push(contact);
    return contact;
  };
  const marketOf = (account: Account): Market => markets.get(account.id) ?? drawMarket(random);
  const isTaken = ({ name, domain }: { name: string; domain: string }): boolean =>
    names.has(name) || domains.has(domain);
  const newName = (market: Market) => {
    let name = companyName(random, market);
    while (isTaken(name)) name = companyName(random, market);
    return name;
  };
  const add: Accounts['add'] = (origin, given) => {
    const { market, segment, owner, createdAt } = origin;
    const { name, industry, domain } = given ?? newName(market);
    names.add(name);
    domains.add(domain);
    const employees = Math.max(4, Math.round(random.logNormal(segment.employees, 0.55)));
    const wantsOwnCurrency = market.currency !== null && random.chance(0.7);
    const account: Account = {
      id: random.id(createdAt),
      name,
      domain,
      industry,
      segment: segment.name,
      region: market.region,
      country: market.country,
      currency: wantsOwnCurrency && market.currency !== null ? market.currency : currencies.base,
      employees,
      annualRevenue: Math.round(employees * random.logNormal(170, 0.35)) * 1000 * currencies.scale * 100,
      foundedYear: random.int(1931, 2018),
      owner,
      source: origin.source,
      campaign: origin.campaign,
      createdAt,
      contacts: [],
      favourites: [0, 1, 2].map(() => random.weighted(products, (product) => product.demand)),
      appetite: random.logNormal(1, 0.7) * (0.6 + segment.dealSize * 0.4),
    };
    markets.set(account.id, market);
    list.push(account);
    return account;
  };

  for (let index = 0; index < KNOWN_BEFORE; index++) {
    const market = drawMarket(random);
    const day = span.start - random.int(3, 390);
    const createdAt = day * DAY_MS + random.int(7, 16) * 3_600_000;
    const account = add({
      market,
      segment: drawSegment(random),
      owner: drawSeller(random, organisation, market.team, span.start),
      source: random.weighted(SOURCES, (source) => source.share * Math.exp(source.quality)).name,
      campaign: null,
      createdAt,
    });
    for (let count = random.int(1, 3); count > 0; count--) addContact(account, personName(random, market), createdAt);
  }
  return { list, add, addContact, isTaken, marketOf };
}
