import icalGenerator, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { RecordType } from '../contracts/common.ts';
import type { Task } from '../contracts/tasks.ts';
import { type Due, dueMoment } from './due.ts';
import { hasAnother, nextDueDay } from './repeat.ts';
import type { Plan } from './task-plan.ts';

/** A task as calendars show it. */
export interface CalendarTask extends Due {
  id: string;
  title: string;
  notes: string | null;
  type: Task['type'];
  priority: Task['priority'];
  status: Task['status'];
  repeat: Plan['repeat'];
  seriesId: string | null;
  occurrence: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  recordType: RecordType | null;
  recordName: string | null;
}

const MINUTES = 60_000;
/** How long a task with a time is shown to take: it has a moment, not a length. */
const SHOWN_MS = 30 * MINUTES;
const REFRESH_SECONDS = 15 * 60;
/** How far ahead, and how often at most, a task that comes back is shown. */
const MAX_AHEAD = 52;
const YEAR_MS = 366 * 24 * 60 * MINUTES;

/** RFC 5545: 1 is the highest, 5 is normal. */
const PRIORITY: Readonly<Record<Task['priority'], number>> = { high: 1, normal: 5, low: 9 };

/** Line breaks as one character, and none of the control characters that a calendar must not hold. */
const plain = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/\p{Cc}/gu, (character) => ('\n\t'.includes(character) ? character : ''));

/** What a task is about: its name, or only what it is where the reader may not see it. */
const aboutRecord = (type: RecordType, name: string | null): string =>
  name ? `${type}: ${name}` : `about ${'ao'.includes(type.charAt(0)) ? 'an' : 'a'} ${type}`;

/** The days after this one on which the task will come back, as far as they are shown. */
function comingDays({ repeat, occurrence, dueOn, timeZone, status }: CalendarTask, now: Date): string[] {
  const days: string[] = [];
  if (!repeat || status === 'done') return days;
  const last = new Date(now.getTime() + YEAR_MS).toISOString().slice(0, 10);
  const today = new Date(now.getTime()).toLocaleDateString('en-CA', { timeZone });
  for (let day: string | null = dueOn; days.length < MAX_AHEAD; ) {
    if (!hasAnother(repeat, occurrence + days.length)) break;
    day = nextDueDay(repeat, day);
    if (day === null || day > last) break;
    // What was missed does not come back: the next one is due today or later.
    if (day >= today) days.push(day);
  }
  return days;
}

/**
 * Tasks with a due day as an iCalendar text (RFC 5545). Events rather than to-dos, because hardly any calendar shows
 * those of an address one subscribes to; moments in UTC, so that nobody's table of time zones matters.
 */
export function calendarText(
  tasks: readonly CalendarTask[],
  { publicUrl, name, now }: { publicUrl: string; name: string; now: Date },
): string {
  const host = new URL(publicUrl).hostname;
  const calendar = icalGenerator({
    name,
    prodId: { company: 'SalesPulse', product: 'Tasks', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  });
  for (const task of tasks) {
    const link = `${publicUrl}/tasks?task=${task.id}`;
    const about = task.recordType && aboutRecord(task.recordType, task.recordName);
    const days = [task.dueOn, ...comingDays(task, now)];
    for (const [index, dueOn] of days.entries()) {
      const occurrence = task.occurrence + index;
      const isTimed = task.dueTime !== null;
      const start = isTimed ? dueMoment({ ...task, dueOn }) : new Date(`${dueOn}T00:00:00Z`);
      calendar.createEvent({
        id: `${task.seriesId === null ? task.id : `${task.seriesId}-${occurrence}`}@${host}`,
        sequence: task.version,
        stamp: task.updatedAt,
        created: task.createdAt,
        lastModified: task.updatedAt,
        start,
        ...(isTimed ? { end: new Date(start.getTime() + SHOWN_MS) } : { allDay: true }),
        summary: plain(task.status === 'done' ? `✓ ${task.title}` : task.title),
        description: plain([task.notes, about, link].filter((part) => part).join('\n\n')),
        url: link,
        priority: PRIORITY[task.priority],
        status: ICalEventStatus.CONFIRMED,
        transparency:
          isTimed && task.type !== 'to-do' ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      });
    }
  }
  return calendar.toString();
}
