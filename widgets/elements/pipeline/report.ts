import type { Ageing, Changes, Funnel, Health, Velocity } from '../../../backend/contracts/pipeline-reports.ts';
import type { ApiClient, Query } from '../../base/api.ts';
import { addDays, type DayRange } from '../../base/range.ts';

/** The reports of a pipeline. */
export const pipelineViews = ['funnel', 'velocity', 'ageing', 'health', 'changes'] as const;
export type PipelineView = (typeof pipelineViews)[number];

/** A report with what it shows. */
export type Report =
  | { view: 'funnel'; data: Funnel }
  | { view: 'velocity'; data: Velocity }
  | { view: 'ageing'; data: Ageing }
  | { view: 'health'; data: Health }
  | { view: 'changes'; data: Changes };

/** Parameters that a report takes besides filters and pipeline; others would be refused. */
const parameters: Readonly<Record<PipelineView, readonly string[]>> = {
  funnel: ['from', 'to', 'by'],
  velocity: ['from', 'to', 'by'],
  ageing: ['basis'],
  health: ['from', 'to', 'by', 'goal'],
  changes: ['from', 'to', 'closesFrom', 'closesTo'],
};

/** Months of the presets that run until today, though more of them is to come. */
const runningMonths: Readonly<Record<string, number>> = { 'this-month': 1, 'this-quarter': 3, 'this-year': 12 };

/** A running month, quarter or year to its very end: what is due and what is to be won lie ahead. */
export function wholeRange(range: string, days: DayRange): DayRange {
  const months = runningMonths[range];
  if (months === undefined) return days;
  const [year = 0, month = 1] = days.from.split('-').map(Number);
  const next = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
  return { from: days.from, to: addDays(next, -1) };
}

/** Asks for a report. `own` may name more than the report takes. */
export async function loadReport(
  api: ApiClient,
  view: PipelineView,
  filters: Query,
  own: Query,
  signal: AbortSignal,
): Promise<Report> {
  const taken = Object.fromEntries(Object.entries(own).filter(([name]) => parameters[view].includes(name)));
  const data = await api.get(`analytics/pipeline/${view}`, { ...filters, ...taken }, { signal });
  return { view, data } as Report;
}

/** Is there nothing in the report at all? */
export function isEmptyReport({ view, data }: Report): boolean {
  switch (view) {
    case 'funnel':
      return data.total.entered === 0;
    case 'velocity':
      return (
        data.current.open + data.current.won + data.current.lost === 0 &&
        data.stages.every(({ visits }) => visits === 0)
      );
    case 'ageing':
      return data.total.count === 0;
    case 'health':
      return data.open.count === 0 && (data.coverage?.wonSoFar.count ?? 0) === 0;
    case 'changes':
      return data.bars.every(({ records }) => records === 0);
    default:
      return view satisfies never;
  }
}
