import { DAY_MS, dayAt, momentOn, type Span, toWorkday } from './calendar.ts';
import { type CompanyEvents, momentOfStart } from './events.ts';
import type { Account, Activity, Lead, Opportunity, Person, RecordLink } from './model.ts';
import { isClosed } from './opportunities.ts';
import { type Random, randomFor } from './random.ts';
import { ACCOUNT_TEXTS, type ActivityText, DEAL_TEXTS, LEAD_TEXTS } from './words/texts.ts';

/** What the placeholders of texts stand for. */
export interface Words {
  contact: string;
  company: string;
  product: string;
}

export const fill = (text: string, words: Words): string =>
  text.replace(/\{(contact|company|product)\}/g, (_, key: keyof Words) => words[key]);

export const wordsOfLead = (lead: Lead): Words => ({
  contact: lead.name,
  company: lead.company,
  product: lead.productCategory.toLowerCase(),
});
export const wordsOfDeal = ({ contact, account, lines }: Opportunity): Words => ({
  contact: contact.name,
  company: account.name,
  product: lines[0]?.product.name ?? 'the system',
});

interface Subject {
  record: RecordLink;
  author: Person;
  words: Words;
  texts: ActivityText[];
  from: number;
  to: number;
}

/** `count` entries in the order of the texts, spread over the subject's life. */
function entriesFor(random: Random, span: Span, subject: Subject, count: number, isOpen: boolean): Activity[] {
  const { record, author, words, texts, from, to } = subject;
  const moments = Array.from({ length: count }, (_, index) => {
    const recent = isOpen && index === 0 && to - from > 9 * DAY_MS;
    const ms = recent ? to - random.next() * 9 * DAY_MS : from + random.next() * (to - from);
    const moment = momentOn(random, toWorkday(dayAt(ms), dayAt(to)), span);
    return Math.min(Math.max(moment, from + 20 * 60_000), Math.max(to, from));
  }).sort((left, right) => left - right);
  return moments.map((at, index): Activity => {
    // earlier texts belong to the beginning, later ones to the end
    const place = Math.floor(((index + random.next()) / count) * texts.length);
    const text = texts[Math.min(place, texts.length - 1)] as ActivityText;
    const isLong = text.type === 'meeting';
    return {
      id: random.id(at),
      record,
      type: text.type,
      subject: fill(text.subject, words),
      body: text.body ? fill(text.body, words) : null,
      outcome: text.outcomes.length > 0 ? random.pick(text.outcomes) : null,
      minutes: isLong ? random.pick([30, 45, 60, 90]) : text.type === 'call' ? random.int(2, 28) : null,
      at,
      author,
    };
  });
}

/** The log of calls, e-mails, meetings and notes, oldest first. */
export function makeActivities(
  span: Span,
  leads: Lead[],
  opportunities: Opportunity[],
  accounts: Account[],
  happenings: CompanyEvents,
  framework: Opportunity,
): Activity[] {
  const random = randomFor('activities');
  const now = span.today * DAY_MS + 25 * 60_000;
  const list: Activity[] = [];
  for (const lead of leads) {
    if (!lead.owner) continue;
    const isOpen = lead.stage === 'New' || lead.stage === 'Qualified';
    const count = lead.moves === 0 ? (random.chance(0.4) ? 1 : 0) : random.poisson(lead.stage === 'Lost' ? 0.8 : 1.2);
    const to = isOpen ? now : lead.stageSince;
    const record = { type: 'lead' as const, id: lead.id };
    const subject = {
      record,
      author: lead.owner,
      words: wordsOfLead(lead),
      texts: LEAD_TEXTS,
      from: lead.createdAt,
      to,
    };
    list.push(...entriesFor(random, span, subject, count, isOpen));
  }
  for (const deal of opportunities) {
    const isOpen = !isClosed(deal);
    const count = (isOpen ? 2 : 1) + random.poisson(1.1);
    const to = isOpen ? now : deal.stageSince;
    const record = { type: 'opportunity' as const, id: deal.id };
    const subject = {
      record,
      author: deal.owner,
      words: wordsOfDeal(deal),
      texts: DEAL_TEXTS,
      from: deal.createdAt,
      to,
    };
    list.push(...entriesFor(random, span, subject, count, isOpen));
  }
  for (const account of accounts) {
    const from = Math.max(account.createdAt, span.start * DAY_MS);
    const [contact] = account.contacts;
    const words = {
      contact: contact?.name ?? account.name,
      company: account.name,
      product: account.favourites[0]?.name ?? 'new products',
    };
    const record = { type: 'account' as const, id: account.id };
    const subject = { record, author: account.owner, words, texts: ACCOUNT_TEXTS, from, to: now };
    list.push(...entriesFor(random, span, subject, random.poisson(1.2), false));
  }
  list.push(...explanations(random, span, accounts, happenings, framework));
  return list.sort((left, right) => left.at - right.at);
}

/** Notes that tell why the figures moved, where a person would look for them. */
function explanations(
  random: Random,
  span: Span,
  accounts: Account[],
  happenings: CompanyEvents,
  framework: Opportunity,
): Activity[] {
  const note = (event: CompanyEvents['shortage'], record: RecordLink, author: Person, at: number): Activity => ({
    id: random.id(at),
    record,
    type: 'note',
    subject: event.title,
    body: event.explanation,
    outcome: null,
    minutes: null,
    at,
    author,
  });
  const told = [happenings.shortage, happenings.promotion, happenings.priceRise].flatMap((event) => {
    const at = momentOfStart(event);
    const known = accounts.filter(
      (account) => account.createdAt < at && (event !== happenings.promotion || account.region === 'EMEA'),
    );
    return Array.from({ length: Math.min(6, known.length) }, () => {
      const account = random.pick(known);
      return note(event, { type: 'account', id: account.id }, account.owner, at);
    });
  });
  const signed = Math.min(framework.stageSince, span.today * DAY_MS);
  return [...told, note(happenings.framework, { type: 'opportunity', id: framework.id }, framework.owner, signed)];
}
