import type { TaskCreate, TaskRepeat } from '../contracts/tasks.ts';
import { invalid } from '../http/index.ts';
import { type Due, dueMoment } from './due.ts';
import type { AnchoredRepeat } from './repeat.ts';

/** When a task is due and how it comes back, as it is stored. */
export interface Plan {
  due: Due | null;
  dueAt: Date | null;
  repeat: AnchoredRepeat | null;
}
export const NO_PLAN: Plan = { due: null, dueAt: null, repeat: null };

type PlanInput = Pick<TaskCreate, 'dueOn' | 'dueTime' | 'timeZone' | 'repeat'>;

/** Moments outside are of no use and overflow in some time zone or other. */
const FIRST_DAY = '1970-01-01';
const LAST_DAY = '9998-12-31';

/** The plan of a task after a change. `ownZone`: where it is due when nobody says. @throws ProblemError 422 */
export function planned(before: Plan, input: PlanInput, ownZone: string): Plan {
  const dueOn = input.dueOn === undefined ? (before.due?.dueOn ?? null) : input.dueOn;
  const repeat: TaskRepeat | null = input.repeat === undefined ? before.repeat : input.repeat;
  if (dueOn === null) {
    if (input.dueTime) throw invalid('/dueTime', 'needs a due day');
    if (repeat) throw invalid(input.repeat ? '/repeat' : '/dueOn', 'a task that comes back needs a due day');
    return NO_PLAN;
  }
  if (dueOn < FIRST_DAY || dueOn > LAST_DAY) {
    throw invalid('/dueOn', `must be between ${FIRST_DAY} and ${LAST_DAY}`);
  }
  const due: Due = {
    dueOn,
    dueTime: input.dueTime === undefined ? (before.due?.dueTime ?? null) : input.dueTime,
    timeZone: input.timeZone ?? before.due?.timeZone ?? ownZone,
  };
  if (repeat?.until !== undefined && repeat.until < dueOn) {
    throw invalid('/repeat/until', 'must not be before the due day');
  }
  return { due, dueAt: dueMoment(due), repeat: repeat && anchored(before, repeat, dueOn, input.repeat !== undefined) };
}

/** A rule counts from the day on which it, or the day itself, was last set by somebody. */
function anchored(before: Plan, repeat: TaskRepeat, dueOn: string, isNew: boolean): AnchoredRepeat {
  const counted = !isNew && before.due?.dueOn === dueOn ? before.repeat?.anchor : undefined;
  return { ...repeat, anchor: counted ?? dueOn };
}
