import { fill, type Words, wordsOfDeal, wordsOfLead } from './activities.ts';
import { DAY_MS, dayAt, momentOn, type Span, toWorkday } from './calendar.ts';
import type { Lead, Opportunity, Person, RecordLink, Task } from './model.ts';
import { isClosed } from './opportunities.ts';
import { at, type Random, randomFor } from './random.ts';
import { DEAL_TASKS, LEAD_TASKS, type TaskText } from './words/texts.ts';

const COUNT = 2500;
const DUE_TODAY_FOR_REP = 5;

interface Subject {
  record: RecordLink;
  assignee: Person;
  words: Words;
  texts: TaskText[];
  from: number;
  to: number;
}

const ofLead = (lead: Lead, assignee: Person): Subject => ({
  record: { type: 'lead', id: lead.id },
  assignee,
  words: wordsOfLead(lead),
  texts: LEAD_TASKS,
  from: lead.createdAt,
  to: lead.stageSince,
});
const ofDeal = (deal: Opportunity): Subject => ({
  record: { type: 'opportunity', id: deal.id },
  assignee: deal.owner,
  words: wordsOfDeal(deal),
  texts: DEAL_TASKS,
  from: deal.createdAt,
  to: deal.stageSince,
});

function makeTask(
  random: Random,
  subject: Subject,
  createdAt: number,
  dueOn: number,
  completedAt: number | null,
): Task {
  const { type, title } = random.pick(subject.texts);
  return {
    id: random.id(createdAt),
    record: subject.record,
    title: fill(title, subject.words),
    type,
    priority: random.weighted(['low', 'normal', 'high'] as const, (priority) => (priority === 'normal' ? 6 : 2)),
    dueOn,
    assignee: subject.assignee,
    createdAt,
    completedAt,
  };
}

/** A task still to be done: some late, some for the last day, most in the three weeks after it. */
function openTask(random: Random, span: Span, subject: Subject): Task {
  const draw = random.next();
  const planned =
    draw < 0.14
      ? span.today - random.int(1, 12)
      : draw < 0.28
        ? span.today
        : toWorkday(span.today + random.int(1, 21), Infinity);
  const dueOn = Math.max(planned, dayAt(subject.from));
  const createdOn = Math.max(dayAt(subject.from), Math.min(dueOn, span.today) - random.int(1, 10));
  return makeTask(random, subject, Math.max(subject.from, momentOn(random, createdOn, span)), dueOn, null);
}

/** A task of the past, done a little before or after it was due. */
function doneTask(random: Random, span: Span, subject: Subject): Task {
  const createdAt = subject.from + Math.floor(random.next() * Math.max(0, subject.to - subject.from) * 0.8);
  const dueOn = toWorkday(dayAt(createdAt) + random.int(1, 9), Infinity);
  const doneOn = Math.min(Math.max(dayAt(createdAt), dueOn + random.int(-2, 3)), span.today);
  return makeTask(random, subject, createdAt, dueOn, Math.max(createdAt + 60_000, momentOn(random, doneOn, span)));
}

/** All tasks, oldest first; the demo representative and manager have a full day ahead. */
export function makeTasks(
  span: Span,
  manager: Person,
  rep: Person,
  leads: Lead[],
  opportunities: Opportunity[],
): Task[] {
  const random = randomFor('tasks');
  const openDeals = opportunities.filter((deal) => !isClosed(deal));
  const open: Subject[] = [
    ...openDeals.filter(() => random.chance(0.85)).map(ofDeal),
    ...leads.flatMap((lead) =>
      lead.owner && (lead.stage === 'New' || lead.stage === 'Qualified') && random.chance(0.6)
        ? [ofLead(lead, lead.owner)]
        : [],
    ),
    ...openDeals
      .filter(({ owner }) => owner.team === manager.team)
      .sort((left, right) => right.amountBase - left.amountBase)
      .slice(0, 6)
      .map((deal) => ({
        ...ofDeal(deal),
        assignee: manager,
        texts: [
          { type: 'to-do' as const, title: 'Review the offer to {company}' },
          { type: 'meeting' as const, title: 'Deal review: {company}' },
        ],
      })),
  ];
  const tasks = open.map((subject) => openTask(random, span, subject));
  for (const person of [rep, manager]) {
    const own = tasks.filter((task) => task.assignee === person);
    const wanted = person === rep ? DUE_TODAY_FOR_REP : 2;
    let due = own.filter((task) => task.dueOn === span.today).length;
    for (const task of own) {
      if (due >= wanted) break;
      if (task.dueOn <= span.today) continue;
      task.dueOn = span.today;
      due++;
    }
  }
  const past: Subject[] = [
    ...opportunities.filter(({ createdAt }) => createdAt < (span.today - 3) * DAY_MS).map(ofDeal),
    ...leads.flatMap((lead) => (lead.owner && lead.moves > 0 ? [ofLead(lead, lead.owner)] : [])),
  ];
  while (tasks.length < COUNT) tasks.push(doneTask(random, span, at(past, random.int(0, past.length - 1))));
  return tasks.sort((left, right) => left.createdAt - right.createdAt);
}
