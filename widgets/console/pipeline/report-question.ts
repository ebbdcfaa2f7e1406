import { type PipelineView, pipelineViews } from '../../elements/pipeline/report.ts';
import { rangeOf } from '../dashboard/question.ts';

export const splits = ['source', 'owner', 'team', 'segment', 'region', 'category'] as const;
export const reportFilters = ['owner', 'team', 'source', 'segment', 'region', 'category'] as const;
export const defaultReportRange = 'this-quarter';

/** What the page is asked, as its address says it. */
export interface ReportQuestion {
  view: PipelineView;
  /** id of the pipeline; null: the default one of opportunities */
  pipeline: string | null;
  range: string;
  by: (typeof splits)[number] | null;
  basis: 'stage' | 'record';
  /** only deals that are expected to close in the range */
  isClosing: boolean;
  /** a decimal number */
  goal: string | null;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const GOAL = /^\d{1,14}(\.\d{1,4})?$/;

/** Reads the address; what it can't mean falls back to the default, so that an old link still shows something. */
export function reportQuestionOf(query: URLSearchParams): ReportQuestion {
  const pipeline = query.get('pipeline');
  const goal = query.get('goal');
  return {
    view: pipelineViews.find((view) => view === query.get('view')) ?? 'funnel',
    pipeline: pipeline && UUID.test(pipeline) ? pipeline : null,
    range: rangeOf(query.get('range') ?? defaultReportRange, defaultReportRange),
    by: splits.find((split) => split === query.get('by')) ?? null,
    basis: query.get('basis') === 'record' ? 'record' : 'stage',
    isClosing: query.get('closes') === 'period',
    goal: goal && GOAL.test(goal) ? goal : null,
  };
}
