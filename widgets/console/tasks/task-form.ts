import type { Named } from '../../../backend/contracts/common.ts';
import type { Task, TaskReminder, TaskRepeat } from '../../../backend/contracts/tasks.ts';
import type { Field, FormValues, Option } from '../parts/fields.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';

const TYPES = ['call', 'email', 'meeting', 'to-do'] as const;
const PRIORITIES = ['low', 'normal', 'high'] as const;
const STATUSES = ['open', 'in-progress', 'waiting', 'done', 'cancelled'] as const;
const EVERY = ['day', 'week', 'month', 'year'] as const;
/** Minutes before, as offered; a task may have others. */
const AHEAD = [0, 10, 30, 60, 1440, 10_080] as const;

const options = (prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

function aheadLabel(minutes: number): string {
  if (minutes === 0) return t('task.remind.atOnce');
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, 'days']
      : minutes % 60 === 0
        ? [minutes / 60, 'hours']
        : [minutes, 'minutes'];
  return t(`task.remind.${unit}`, { count });
}

export interface TaskFormContext {
  people: readonly Named[];
  /** the task that is changed; null: a new one */
  task: Task | null;
  /** what is chosen under "repeat" at the moment */
  every: string | null;
  timeZone: string;
}

/** The inputs of a task; those about repeats are there once it repeats. */
export function taskFields({ people, task, every, timeZone }: TaskFormContext): Field[] {
  const minutes = [...new Set([...AHEAD, ...(task?.reminders ?? []).map(({ minutesBefore }) => minutesBefore)])];
  const ahead = minutes.sort((a, b) => a - b).map((value) => ({ value: String(value), label: aheadLabel(value) }));
  const zones = Intl.supportedValuesOf('timeZone');
  return [
    { name: 'title', label: t('task.what'), kind: 'text', required: true, maxLength: 200, isWide: true },
    { name: 'dueOn', label: t('task.due'), kind: 'date' },
    { name: 'dueTime', label: t('task.dueTime'), kind: 'time' },
    {
      name: 'timeZone',
      label: t('task.timeZone'),
      kind: 'text',
      help: t('task.timeZone.help', { zone: timeZone }),
      suggestions: zones,
      maxLength: 60,
    },
    { name: 'type', label: t('task.type'), kind: 'select', options: options('task.type', TYPES) },
    { name: 'priority', label: t('task.priority'), kind: 'select', options: options('task.priority', PRIORITIES) },
    ...(task
      ? [
          {
            name: 'status',
            label: t('task.status'),
            kind: 'select',
            options: options('task.status', STATUSES),
          } as const,
        ]
      : []),
    {
      name: 'assigneeId',
      label: t('task.assignee'),
      kind: 'select',
      options: namedOptions(withAssignee(people, task)),
      emptyLabel: t('task.nobody'),
    },
    {
      name: 'every',
      label: t('task.repeat'),
      kind: 'select',
      options: options('task.repeat', EVERY),
      emptyLabel: t('task.repeat.never'),
    },
    ...(every === null ? [] : repeatFields(every)),
    { name: 'inApp', label: t('task.remind.inApp'), kind: 'checks', options: ahead },
    { name: 'mail', label: t('task.remind.mail'), kind: 'checks', options: ahead },
    { name: 'notes', label: t('task.notes'), kind: 'textarea', maxLength: 4000, isWide: true },
  ];
}

function repeatFields(every: string): Field[] {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: t(`task.weekday.${day}`) }));
  return [
    { name: 'interval', label: t(`task.interval.${every}`), kind: 'number', min: 1, max: 99, required: true },
    ...(every === 'week'
      ? [{ name: 'weekdays', label: t('task.weekdays'), kind: 'checks', options: weekdays } as const]
      : []),
    { name: 'until', label: t('task.until'), kind: 'date' },
    { name: 'times', label: t('task.times'), kind: 'number', min: 1, max: 999 },
  ];
}

/** Somebody who is not among the people one sees may have the task all the same. */
function withAssignee(people: readonly Named[], task: Task | null): readonly Named[] {
  const assignee = task?.assignee;
  return !assignee || people.some(({ id }) => id === assignee.id) ? people : [assignee, ...people];
}

/** What the inputs start with. */
export function taskValues(task: Task | null, fresh: { assigneeId: string; dueOn: string }): FormValues {
  if (!task) return { type: 'to-do', priority: 'normal', interval: 1, inApp: [], mail: [], weekdays: [], ...fresh };
  const { repeat, reminders, assignee, ...plain } = task;
  const minutes = (channel: 'in-app' | 'mail') =>
    reminders
      .filter((reminder) => reminder.channel === channel || reminder.channel === 'both')
      .map(({ minutesBefore }) => String(minutesBefore));
  return {
    ...plain,
    assigneeId: assignee?.id ?? null,
    every: repeat?.every ?? null,
    interval: repeat?.interval ?? 1,
    weekdays: repeat?.weekdays?.map(String) ?? [],
    until: repeat?.until ?? null,
    times: repeat?.times ?? null,
    inApp: minutes('in-app'),
    mail: minutes('mail'),
  };
}

function repeatOf({ every, interval, weekdays, until, times }: FormValues): TaskRepeat | null {
  if (!every) return null;
  const days = (weekdays as readonly string[] | undefined)?.map(Number) ?? [];
  return {
    every: every as TaskRepeat['every'],
    interval: (interval as number | null) ?? 1,
    ...(every === 'week' && days.length > 0 ? { weekdays: days } : {}),
    ...(until ? { until: String(until) } : {}),
    ...(times ? { times: Number(times) } : {}),
  };
}

function remindersOf({ inApp, mail }: FormValues): TaskReminder[] {
  const [told, mailed] = [inApp, mail].map((list) => new Set((list as readonly string[]).map(Number)));
  return [...new Set([...(told ?? []), ...(mailed ?? [])])].map((minutesBefore) => ({
    minutesBefore,
    channel: !mailed?.has(minutesBefore) ? 'in-app' : told?.has(minutesBefore) ? 'both' : 'mail',
  }));
}

/** The form as the body of a request. */
export function taskBody(body: FormValues): FormValues {
  const { every, interval, weekdays, until, times, inApp, mail, timeZone, ...plain } = body;
  return {
    ...plain,
    ...(timeZone && plain.dueOn ? { timeZone } : {}),
    repeat: repeatOf(body),
    reminders: remindersOf(body),
  };
}
