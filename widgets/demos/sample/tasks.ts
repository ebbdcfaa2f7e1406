import type { MyDay, Task, TaskCreate, TaskUpdate } from '../../../backend/contracts/tasks.ts';
import { addDays } from '../../base/range.ts';
import type { Session } from '../../base/session.ts';
import { type DemoState, sampleSession } from './session.ts';

const DAY = '2026-11-22';
const MIDNIGHT = `${DAY}T00:00:00.000Z`;

const plain: Task = {
  id: '',
  title: '',
  notes: null,
  type: 'to-do',
  priority: 'normal',
  status: 'open',
  dueOn: DAY,
  dueTime: null,
  timeZone: 'UTC',
  dueAt: MIDNIGHT,
  isOverdue: false,
  repeat: null,
  occurrence: 1,
  reminders: [],
  assignee: { id: '1', name: 'Rosa Rep' },
  record: null,
  completedAt: null,
  createdAt: MIDNIGHT,
  version: 1,
};

const samples: Partial<Task>[] = [
  {
    title: 'Call back about the offer',
    type: 'call',
    priority: 'high',
    dueOn: '2026-11-19',
    isOverdue: true,
    record: { type: 'lead', id: 'l1', name: 'Ada Okafor, Northwind Traders' },
  },
  { title: 'Send the contract', type: 'email', dueOn: '2026-11-21', isOverdue: true, status: 'waiting' },
  {
    title: 'Demo for the buying committee',
    type: 'meeting',
    dueTime: '14:30',
    record: { type: 'opportunity', id: 'o1', name: 'Fleet renewal' },
  },
  { title: 'Weekly numbers', dueTime: '17:00', timeZone: 'Europe/Berlin', repeat: { every: 'week', interval: 1 } },
  { title: 'Prepare the workshop', status: 'in-progress', dueOn: '2026-11-24' },
  { title: 'Read the tender', priority: 'low', dueOn: null, dueAt: null, timeZone: null },
  { title: 'Thank the team', status: 'done', completedAt: MIDNIGHT },
];

function partOf({ status, dueOn, isOverdue }: Task): keyof MyDay['counts'] | null {
  if (status === 'cancelled') return null;
  if (status === 'done') return 'done';
  if (dueOn === null) return 'undated';
  if (isOverdue && dueOn < DAY) return 'overdue';
  return dueOn <= DAY ? 'today' : dueOn <= addDays(DAY, 7) ? 'upcoming' : null;
}

function dayOf(tasks: readonly Task[]): MyDay {
  const day: MyDay = {
    day: DAY,
    timeZone: 'UTC',
    ...{ overdue: [], today: [], upcoming: [], undated: [], done: [] },
    counts: { overdue: 0, today: 0, upcoming: 0, undated: 0, done: 0 },
  };
  for (const task of tasks) {
    const part = partOf(task);
    if (!part) continue;
    day[part].push(task);
    day.counts[part] += 1;
  }
  return day;
}

const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } });

/** A session without a server whose tasks can be changed and added, in the state a demo wants to show. */
export function tasksSession(state: DemoState): Session {
  const other = sampleSession(state);
  let tasks: Task[] =
    state === 'empty' ? [] : samples.map((sample, index) => ({ ...plain, id: `task-${index}`, ...sample }));
  let answered = 0;

  const write = (path: string, body: TaskCreate | TaskUpdate): Task => {
    const id = path.split('/')[2];
    const known = tasks.find((task) => task.id === id);
    const { assigneeId: _assignee, reminders: _reminders, repeat: _repeat, ...fields } = body;
    const task = { ...(known ?? { ...plain, id: `task-${tasks.length}` }), ...fields } as Task;
    const isOver = task.status === 'done' || task.status === 'cancelled';
    const changed = {
      ...task,
      dueOn: known || body.dueOn ? task.dueOn : null,
      isOverdue: !isOver && task.dueOn !== null && task.dueOn < DAY,
      version: task.version + 1,
    };
    tasks = known ? tasks.map((one) => (one.id === id ? changed : one)) : [...tasks, changed];
    return changed;
  };

  return {
    ...other,
    fetch(path, init) {
      answered += 1;
      const isStaleNow = state === 'stale' && answered > 1;
      if (isStaleNow || !['ready', 'empty', 'stale'].includes(state)) return other.fetch(path, init);
      if (state === 'stale') void other.fetch(path, init); // it answers once, then fails
      if (init?.method === undefined || init.method === 'GET') return Promise.resolve(json(dayOf(tasks)));
      return Promise.resolve(json(write(path, JSON.parse(String(init.body)))));
    },
  };
}
