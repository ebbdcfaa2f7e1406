/**
 * The demo company in memory, before it is written. Moments are milliseconds, days whole numbers since
 * 1970-01-01, money whole hundredths of its currency.
 */
export interface Team {
  id: string;
  name: string;
  region: string | null;
  parentId: string | null;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  role: 'admin' | 'manager' | 'rep' | 'viewer';
  team: Team;
  /** first day in the company */
  since: number;
  /** multiplies the odds of winning */
  skill: number;
  /** share of the team's new records */
  load: number;
}

export interface Product {
  id: string;
  name: string;
  sku: string;
  category: string;
  listPrice: number;
  unitCost: number;
  /** units in a middling deal with a mid-sized customer */
  dealUnits: number;
  /** how often it leads a deal */
  demand: number;
}

export interface Account {
  id: string;
  name: string;
  domain: string;
  industry: string;
  segment: string;
  region: string;
  country: string;
  currency: string;
  employees: number;
  annualRevenue: number;
  foundedYear: number;
  owner: Person;
  source: string;
  campaign: string | null;
  createdAt: number;
  contacts: Contact[];
  favourites: Product[];
  /** how often it orders, 1 being average */
  appetite: number;
}

export interface Contact {
  id: string;
  account: Account;
  name: string;
  email: string;
  phone: string;
  title: string;
  createdAt: number;
}

export interface StageEvent {
  id: string;
  /** entered a stage, or changed in it */
  kind: 'entered' | 'changed';
  recordType: 'lead' | 'opportunity';
  recordId: string;
  from: string | null;
  to: string;
  at: number;
  amountBase: number | null;
  /** the day a deal was expected to close, then */
  dueOn: number | null;
  owner: Person | null;
  team: Team;
}

export type CustomValue = string | number | boolean;

export interface Lead {
  id: string;
  name: string;
  company: string;
  email: string;
  phone: string;
  source: string;
  segment: string;
  region: string;
  productCategory: string;
  campaign: string | null;
  currency: string;
  value: number | null;
  valueBase: number | null;
  owner: Person | null;
  team: Team;
  stage: string;
  custom: Record<string, CustomValue>;
  createdAt: number;
  stageSince: number;
  moves: number;
  position: number;
  conversion: Conversion | null;
}

export interface Conversion {
  at: number;
  account: Account;
  contact: Contact;
  /** filled when the opportunity is made */
  opportunityId: string | null;
}

/** Amounts in the currency of the account. */
export interface Line {
  product: Product;
  units: number;
  amount: number;
  cost: number;
}

export interface Opportunity {
  id: string;
  name: string;
  account: Account;
  contact: Contact;
  lead: Lead | null;
  source: string;
  campaign: string | null;
  currency: string;
  lines: Line[];
  amount: number;
  amountBase: number;
  owner: Person;
  expectedCloseOn: number;
  closedOn: number | null;
  nextStep: string | null;
  stage: string;
  custom: Record<string, CustomValue>;
  createdAt: number;
  stageSince: number;
  moves: number;
  position: number;
}

export interface Sale {
  id: string;
  soldOn: number;
  createdAt: number;
  account: Account;
  line: Line;
  currency: string;
  amountBase: number;
  costBase: number;
  owner: Person;
  source: string;
  campaign: string | null;
  opportunity: Opportunity | null;
}

export type RecordLink = { type: 'lead' | 'opportunity' | 'account'; id: string };

export interface Activity {
  id: string;
  record: RecordLink;
  type: 'call' | 'email' | 'meeting' | 'note';
  subject: string;
  body: string | null;
  outcome: string | null;
  minutes: number | null;
  at: number;
  author: Person;
}

export interface Task {
  id: string;
  record: RecordLink;
  title: string;
  type: 'call' | 'email' | 'meeting' | 'to-do';
  priority: 'low' | 'normal' | 'high';
  dueOn: number;
  assignee: Person;
  createdAt: number;
  completedAt: number | null;
}

export interface Spend {
  id: string;
  spentOn: number;
  category: 'marketing' | 'sales';
  source: string | null;
  campaign: string | null;
  region: string | null;
  team: Team | null;
  amount: number;
}

/** What the company (neither team nor person), a team or a person is to reach in a period. */
export interface Target {
  id: string;
  metric: 'revenue' | 'grossProfit';
  team: Team | null;
  person: Person | null;
  grain: 'month' | 'quarter' | 'year';
  /** first and last day */
  from: number;
  to: number;
  value: number;
  createdAt: number;
}

/** Something that moved the figures, with the reason a person would give. */
export interface CompanyEvent {
  from: number;
  to: number;
  title: string;
  explanation: string;
}
