import type { Principal } from '../../access/index.ts';
import { type ChangeBar, type Changes, type ChangesQuery, changeBarSchema } from '../../contracts/pipeline-reports.ts';
import { invalid } from '../../http/index.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { money } from './amounts.ts';
import { type Closing, readChanges } from './changes.repository.ts';
import { headOf, type PipelineView, viewOf } from './view.ts';

/** What a record in the bar does to the number of records in the pipeline. */
const weights: Readonly<Record<ChangeBar, 1 | 0 | -1>> = {
  opening: 1,
  created: 1,
  movedIn: 1,
  grew: 0,
  shrank: 0,
  movedOut: -1,
  won: -1,
  lost: -1,
  closing: 1,
};

/** What a pipeline was, what changed it between two days, and what it became. All bars between add up to the difference. */
export async function answerChanges(
  context: AnalyticsContext,
  principal: Principal,
  query: ChangesQuery,
): Promise<Changes> {
  const { from, to } = query;
  const view = await viewOf(context, principal, query, { from, to });
  const rows = await readChanges(context.runner, view, { from, to }, closingOf(query, view));
  return {
    ...headOf(view),
    period: { from, to },
    bars: changeBarSchema.options.map((bar) => {
      const { records = 0, value = '0' } = rows.find((row) => row.bar === bar) ?? {};
      // without a minus before nothing
      return { bar, records, count: records * weights[bar] || 0, value: money(value, view) };
    }),
  };
}

/** The close dates of a query. @throws ProblemError for leads, which have none */
export function closingOf({ closesFrom, closesTo }: Closing, { kind }: PipelineView): Closing {
  if (kind.entity === 'lead' && (closesFrom ?? closesTo) !== undefined) {
    throw invalid(closesFrom ? '/query/closesFrom' : '/query/closesTo', 'cannot filter leads: they have no close date');
  }
  return { closesFrom, closesTo };
}
