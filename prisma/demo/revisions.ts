import { DAY_MS, dayAt, momentOn, type Span } from './calendar.ts';
import type { Opportunity, StageEvent } from './model.ts';
import { at, type Random, randomFor } from './random.ts';

/** Between two events there must be at least this many days for something to have been revised in them. */
const ROOM_DAYS = 3;
const HALF_HOUR_MS = 1_800_000;

interface Gap {
  /** the stage it stood in */
  before: StageEvent;
  /** first and last day on which something may have been revised */
  from: number;
  to: number;
}

/**
 * Deals are seldom worth what was thought at first, nor do they close when they were said to: gives the histories of about
 * half of them earlier values and close dates, with events where these changed to what they are now. A few open deals have
 * been left without a next step. Answers the new events.
 */
export function reviseDeals(
  span: Span,
  opportunities: readonly Opportunity[],
  events: readonly StageEvent[],
): StageEvent[] {
  const random = randomFor('revisions');
  const histories = new Map<string, StageEvent[]>();
  for (const event of events) {
    const history = histories.get(event.recordId);
    if (history) history.push(event);
    else histories.set(event.recordId, [event]);
  }
  return opportunities.flatMap((opportunity) => {
    const history = (histories.get(opportunity.id) ?? []).sort((left, right) => left.at - right.at);
    for (const event of history) event.dueOn = opportunity.expectedCloseOn;
    if (opportunity.closedOn === null && random.chance(0.09)) opportunity.nextStep = null;
    const gaps = gapsOf(span, opportunity, history);
    if (gaps.length === 0 || !random.chance(0.62)) return [];
    const chosen = random.pick(gaps);
    const isTwice = chosen.to - chosen.from > 20 && random.chance(0.3);
    const middle = Math.floor((chosen.from + chosen.to) / 2);
    // The latest first: each tells what it was before.
    const days = isTwice
      ? [random.int(middle + 2, chosen.to), random.int(chosen.from, middle)]
      : [random.int(chosen.from, chosen.to)];
    return days.map((day) => revise(random, span, opportunity, history, chosen.before, day));
  });
}

/** Where in its history there is room for a change. */
function gapsOf(span: Span, { closedOn }: Opportunity, history: readonly StageEvent[]): Gap[] {
  return history.flatMap((before, index): Gap[] => {
    const next = history[index + 1];
    if (!next && closedOn !== null) return [];
    const from = dayAt(before.at) + 1;
    const to = next ? dayAt(next.at) - 1 : span.today - 1;
    return to - from >= ROOM_DAYS ? [{ before, from, to }] : [];
  });
}

/** One change of value, close date or both on `day`; what lies before it in the history takes the earlier ones. */
function revise(
  random: Random,
  span: Span,
  { amountBase }: Opportunity,
  history: StageEvent[],
  { to: stage, owner, team, recordId }: StageEvent,
  day: number,
): StageEvent {
  const moment = momentOn(random, day, span) + HALF_HOUR_MS;
  const later = history.find((event) => event.at > moment) ?? at(history, history.length - 1);
  const now = { amount: later.amountBase ?? amountBase, dueOn: later.dueOn };
  const isValue = random.chance(0.7);
  const factor = Math.min(1.9, Math.max(0.5, random.logNormal(0.93, 0.28)));
  const earlier = isValue ? Math.max(100, Math.round((now.amount * factor) / 10_000) * 10_000 || 100) : now.amount;
  const pushed = !isValue || random.chance(0.4) ? random.int(5, 45) : 0;
  const dueBefore = now.dueOn === null ? null : Math.max(dayAt(at(history, 0).at) + 5, now.dueOn - pushed);
  for (const event of history) {
    if (event.at >= moment) continue;
    event.amountBase = earlier;
    event.dueOn = dueBefore;
  }
  return {
    id: random.id(moment),
    kind: 'changed',
    recordType: 'opportunity',
    recordId,
    from: stage,
    to: stage,
    at: moment - (moment % DAY_MS === 0 ? 1 : 0),
    amountBase: now.amount,
    dueOn: now.dueOn,
    owner,
    team,
  };
}
