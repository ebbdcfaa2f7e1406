import { type Principal, scopeOf } from '../../access/index.ts';
import type { PipelineRecords, PipelineRecordsQuery } from '../../contracts/pipeline-reports.ts';
import { cutPage, decodeCursor, encodeCursor, forbidden, invalid } from '../../http/index.ts';
import type { AnalyticsContext } from '../inquiry.ts';
import { recordSet } from './record-sets.ts';
import { listSet } from './records.repository.ts';
import { knownLimits, stageLimits } from './stuck.service.ts';
import { viewOf } from './view.ts';

/** Sets that depend on when a record counts as stuck. */
const checkedSets = new Set<PipelineRecordsQuery['set']>(['stuck', 'healthy']);

/** The records behind a number of a pipeline report, the weightiest first, as far as the viewer may open them. */
export async function answerPipelineRecords(
  context: AnalyticsContext,
  principal: Principal,
  query: PipelineRecordsQuery,
): Promise<PipelineRecords> {
  const { from, to, set, limit, cursor } = query;
  const { runner } = context;
  const view = await viewOf(context, principal, query, { from, to });
  const { entity, read } = view.kind;
  const reach = scopeOf(principal, read);
  if (reach.kind === 'none') throw forbidden(`see ${entity === 'lead' ? 'leads' : 'opportunities'}`);
  const limits = checkedSets.has(set) ? knownLimits(await stageLimits(runner, view)) : [];
  const order = `pipeline-records:${entity}:${set}`;
  const after = position(decodeCursor(cursor, order, 2));
  const rows = await listSet(runner, view, recordSet(view, query, limits), reach, limit, after);
  const page = cutPage(rows, limit, ({ sort, id }) => encodeCursor(order, [sort, id]));
  return { entity, items: page.rows.map(({ item }) => item), nextCursor: page.nextCursor };
}

const NUMBER = /^-?\d{1,40}(\.\d{1,40})?$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function position(parts: readonly (string | number | null)[] | null): readonly [string, string] | null {
  if (parts === null) return null;
  const [sort, id] = parts;
  if (typeof sort === 'string' && NUMBER.test(sort) && typeof id === 'string' && UUID.test(id)) return [sort, id];
  throw invalid('/query/cursor', 'is not a cursor of this list and order');
}
