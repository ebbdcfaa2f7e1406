import type { PipelineRecordsQuery } from '../../contracts/pipeline-reports.ts';
import { type Sql, sql } from '../../db/index.ts';
import { invalid } from '../../http/index.ts';
import { aged } from './ageing.repository.ts';
import { changeParts } from './changes.repository.ts';
import { closingOf } from './changes.service.ts';
import { funnelCohort } from './funnel.repository.ts';
import { checkedRecords, dueIn, type StuckAfter } from './health.repository.ts';
import type { RecordSet } from './records.repository.ts';
import { closedIn, openAtEnd } from './velocity.repository.ts';
import type { PipelineView } from './view.ts';
import { visits } from './visits.repository.ts';

const noChange = sql`null::numeric as before, null::numeric as after`;
const byWorth = (from: Sql, where: Sql, days: Sql = sql`null::float8`): RecordSet => ({
  rows: sql`select id, amount as counted, ${noChange}, ${days} as days, coalesce(amount, 0) as sort from (${from}) s where ${where}`,
});
const byDays = (from: Sql, where: Sql): RecordSet => ({
  rows: sql`select id, amount as counted, ${noChange}, days, days::numeric as sort from (${from}) s where ${where}`,
});

/** The records behind a number of a report: its own rows, narrowed to one cell. @throws ProblemError for a cell that there isn't */
export function recordSet(view: PipelineView, query: PipelineRecordsQuery, limits: readonly StuckAfter[]): RecordSet {
  const { from, to, set } = query;
  const period = { from, to };
  const checked = checkedRecords(view, limits);
  switch (set) {
    case 'reached':
    case 'stopped':
    case 'wonOfFunnel':
      return byWorth(funnelCohort(view, period), funnelCell(view, query));
    case 'open':
      return byWorth(openAtEnd(view, period), sql`true`);
    case 'won':
    case 'lost':
      return byWorth(closedIn(view, period), sql`outcome = ${set}`, sql`days`);
    case 'visits':
      return visitsOf(view, query);
    case 'ageing':
      return byDays(aged(view, query.basis), ageCell(view, query));
    case 'stuck':
      return byDays(checked, sql`stuck and ${inStage(view, query)}`);
    case 'noNextStep':
      return byWorth(checked, sql`no_next_step`, sql`days`);
    case 'pastClose':
      return byWorth(checked, sql`past_close`, sql`days`);
    case 'healthy':
      return byWorth(checked, sql`not (stuck or no_next_step or past_close)`, sql`days`);
    case 'due':
      return byWorth(checked, dueIn(period), sql`days`);
    case 'change':
      return changeOf(view, query);
    default:
      return set satisfies never;
  }
}

/** A stage of the pipeline among the open ones, where one is named. */
function stageIndex({ pipeline }: PipelineView, { stage }: PipelineRecordsQuery): number {
  const index = pipeline.stages.findIndex(({ id, kind }) => id === stage && kind === 'open');
  if (index < 0) throw invalid('/query/stage', 'must be an open stage of the pipeline');
  return index;
}

function inStage(view: PipelineView, query: PipelineRecordsQuery): Sql {
  if (query.stage === undefined) return sql`true`;
  stageIndex(view, query);
  return sql`stage_id = ${query.stage}::uuid`;
}

function funnelCell(view: PipelineView, query: PipelineRecordsQuery): Sql {
  const { set, stage, outcome } = query;
  if (set === 'wonOfFunnel') return sql`outcome = 'won'`;
  if (set === 'reached' && stage === undefined) return sql`true`;
  const index = stageIndex(view, query);
  if (set === 'stopped') {
    const how = outcome === undefined ? sql`outcome <> 'won'` : sql`outcome = ${outcome}`;
    return sql`furthest = ${stage}::uuid and ${how}`;
  }
  const further = view.pipeline.stages.slice(index).map(({ id }) => id);
  return sql`(outcome = 'won' or furthest = any(${further}::uuid[]))`;
}

/** A record that stayed in a stage twice is listed once, with its longest stay. */
function visitsOf(view: PipelineView, query: PipelineRecordsQuery): RecordSet {
  stageIndex(view, query);
  return {
    rows: sql`
      select id, null::numeric as counted, ${noChange}, max(days) as days, max(days)::numeric as sort
      from (${visits(view, query)}) s where stage_id = ${query.stage}::uuid group by id`,
  };
}

function ageCell(view: PipelineView, query: PipelineRecordsQuery): Sql {
  const { minDays, maxDays } = query;
  return sql`${inStage(view, query)} and (${minDays ?? null}::int is null or days >= ${minDays ?? null}::int)
    and (${maxDays ?? null}::int is null or days < ${maxDays ?? null}::int)`;
}

function changeOf(view: PipelineView, query: PipelineRecordsQuery): RecordSet {
  const { from, to, bar } = query;
  if (bar === undefined) throw invalid('/query/bar', 'is needed for this set');
  return {
    rows: sql`
      select id, change as counted, case when is_new then null else before end as before, after, null::float8 as days,
        abs(change) as sort
      from (${changeParts(view, { from, to }, closingOf(query, view))}) s where bar = ${bar}`,
  };
}
