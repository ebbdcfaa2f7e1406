import { makeAccounts } from './accounts.ts';
import { makeActivities } from './activities.ts';
import { placeOnBoard } from './board-order.ts';
import { type Span, spanEnding } from './calendar.ts';
import { closeOnLastDay } from './closing-day.ts';
import { type Currencies, makeCurrencies } from './currencies.ts';
import { makeEvents } from './events.ts';
import { signFramework } from './framework.ts';
import { makeLeads } from './leads.ts';
import type {
  Account,
  Activity,
  CompanyEvent,
  Contact,
  Lead,
  Opportunity,
  Person,
  Product,
  Sale,
  Spend,
  StageEvent,
  Target,
  Task,
  Team,
} from './model.ts';
import { makeOpportunities } from './opportunities.ts';
import { makeOrganisation } from './people.ts';
import { makeProducts } from './products.ts';
import { reviseDeals } from './revisions.ts';
import { makeSales } from './sales.ts';
import { makeSpend } from './spend.ts';
import { makeTargets } from './targets.ts';
import { makeTasks } from './tasks.ts';

/** The whole demo company; every list is oldest first. */
export interface DemoCompany {
  span: Span;
  currencies: Currencies;
  teams: Team[];
  people: Person[];
  products: Product[];
  accounts: Account[];
  contacts: Contact[];
  leads: Lead[];
  opportunities: Opportunity[];
  stageEvents: StageEvent[];
  sales: Sale[];
  activities: Activity[];
  tasks: Task[];
  spend: Spend[];
  targets: Target[];
  events: CompanyEvent[];
}

const byCreation = (left: { createdAt: number }, right: { createdAt: number }): number =>
  left.createdAt - right.createdAt;

/** Makes the company whose books end on `today`; the same for the same day and currency. */
export function makeCompany(today: number, currency: string): DemoCompany {
  const span = spanEnding(today);
  const happenings = makeEvents(span);
  const currencies = makeCurrencies(currency, span);
  const organisation = makeOrganisation(span);
  const products = makeProducts(span, currencies.scale);
  const accounts = makeAccounts(span, organisation, products, currencies);
  const leads = makeLeads(span, organisation, products, currencies, accounts);
  const opportunities = makeOpportunities(span, products, currencies, accounts, leads.list, happenings);
  closeOnLastDay(span, opportunities);
  const framework = signFramework(opportunities.list, opportunities.events, happenings, currencies);
  opportunities.events.push(...reviseDeals(span, opportunities.list, opportunities.events));
  const sales = makeSales(span, products, currencies, accounts.list, opportunities.list, happenings);
  const login = (email: string): Person => {
    const found = organisation.people.find((person) => person.email === email);
    if (!found) throw new RangeError(`nobody has the address ${email}`);
    return found;
  };
  placeOnBoard(leads.list);
  placeOnBoard(opportunities.list);
  const ordered = accounts.list.sort(byCreation);
  return {
    span,
    currencies,
    teams: organisation.teams,
    people: organisation.people,
    products,
    accounts: ordered,
    contacts: ordered.flatMap(({ contacts }) => contacts).sort(byCreation),
    leads: leads.list,
    opportunities: opportunities.list,
    stageEvents: [...leads.events, ...opportunities.events].sort((left, right) => left.at - right.at),
    sales,
    activities: makeActivities(span, leads.list, opportunities.list, ordered, happenings, framework),
    tasks: makeTasks(span, login('manager@example.com'), login('rep@example.com'), leads.list, opportunities.list),
    spend: makeSpend(span, organisation.teams, currencies.scale),
    targets: makeTargets(span, organisation.teams, organisation.people, sales),
    events: Object.values(happenings),
  };
}
