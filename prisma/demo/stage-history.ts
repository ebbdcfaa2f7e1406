import { dayAt, momentOn, type Span } from './calendar.ts';
import type { Person, StageEvent, Team } from './model.ts';
import type { Random } from './random.ts';

/** A step of the way that a record is going to take: a stage and the day it enters it. */
export interface Step {
  stage: string;
  day: number;
}

const HOUR_MS = 3_600_000;

/**
 * The steps of `plan` that have happened by the last day, as events. The first event is at `createdAt`.
 * Events of a record always lie at least an hour apart; a step that would not fit in the last day is still ahead.
 */
export function eventsSoFar(
  random: Random,
  span: Span,
  record: Pick<StageEvent, 'recordType' | 'recordId' | 'amountBase'>,
  holder: { owner: Person | null; team: Team },
  plan: Step[],
  createdAt: number,
): StageEvent[] {
  const events: StageEvent[] = [];
  let previous: StageEvent | null = null;
  for (const step of plan) {
    let moment: number = previous === null ? createdAt : momentOn(random, step.day, span);
    if (previous !== null && moment < previous.at + HOUR_MS) moment = previous.at + random.int(60, 170) * 60_000;
    const isAhead = step.day > span.today || dayAt(moment) > span.today;
    const isTooSoon = previous !== null && dayAt(previous.at) === span.today;
    if (isAhead || isTooSoon) break;
    const event: StageEvent = {
      id: random.id(moment),
      kind: 'entered',
      dueOn: null,
      ...record,
      from: previous?.to ?? null,
      to: step.stage,
      at: moment,
      owner: holder.owner,
      team: holder.team,
    };
    events.push(event);
    previous = event;
  }
  return events;
}
