import type { Grain } from '../../../contracts/analytics.ts';
import { type SqlRunner, sql } from '../../../db/index.ts';
import type { Question } from '../../engine.ts';
import type { MeasureId } from '../../measures.ts';
import { bucketEnd, bucketsOf, earlier } from '../../periods.ts';
import { allOf, bucketSql, dayOf, endOf, keyOf } from './conditions.ts';
import { factSource, historyColumns, pastConditions, reachable } from './facts.ts';
import { MOST_CELLS, type PartialRow, tableStatement, tooManyCells } from './statement.ts';

const nothingOpen = { openCount: '0', openAmount: '0', openWeighted: '0' };

type SeriesQuestion = Question & { grain: Grain };
type Standing = { bucket: string; key: string | null; openCount: string; openAmount: string; openWeighted: string };

/**
 * The pipeline as it stood at the end of every bucket that has begun. Buckets that ended before today
 * come from the stage history, the running one from the opportunities as they are now.
 */
export async function pipelineSeries(
  runner: SqlRunner,
  question: SeriesQuestion,
  timeZone: string,
): Promise<PartialRow[]> {
  const { period, grain, today } = question;
  const begun = bucketsOf(period, grain).filter((bucket) => bucket <= today);
  const endsInPast = (bucket: string) => bucketEnd(bucket, grain) < today || period.to < today;
  const past = begun.filter(endsInPast);
  const running = begun.find((bucket) => !endsInPast(bucket));
  const rows: PartialRow[] = past.length > 0 ? await pastStandings(runner, question, past, timeZone) : [];
  if (running !== undefined) {
    const now = await runner.rows<PartialRow>(
      tableStatement(factSource('pipeline', question, timeZone), { ...question, grain: null }),
    );
    rows.push(...now.map((row) => ({ ...row, bucket: running })));
    // Only what is of the pipeline: the cell may have sales, too.
    if (now.length === 0 && question.by === null) rows.push({ ...nothingOpen, bucket: running, key: null });
  }
  return rows.map(({ bucket, key, ...standing }) => {
    const asked = Object.entries(standing).filter(([id]) => question.measures.includes(id as MeasureId));
    return { bucket, key, ...Object.fromEntries(asked) };
  });
}

/**
 * Every stretch that an opportunity spent in an open stage adds its amount to the bucket it began in and
 * takes it back in the bucket it ended in; the running sum is what stood at each bucket's end.
 */
async function pastStandings(
  runner: SqlRunner,
  question: SeriesQuestion,
  buckets: readonly string[],
  timeZone: string,
): Promise<PartialRow[]> {
  const { period, scope, grain, by, byReach } = question;
  const [first = period.from] = buckets;
  const last = buckets[buckets.length - 1] ?? first;
  const lastDay = earlier(bucketEnd(last, grain), period.to);
  const steps = await runner.rows<Standing>(sql`
    with stretch as (
      select e.record_id, e.to_stage_id, e.amount_base, e.owner_id, e.team_id, e.at as began,
             lead(e.at) over (partition by e.record_id order by e.at, (e.from_stage_id is not null), e.id) as ended
      from opportunity o
      join stage_event e on e.record_type = 'opportunity' and e.record_id = o.id
      where ${reachable(scope)} and e.at < ${endOf(lastDay, timeZone)}
    ), standing as (
      select ${bucketSql(grain, dayOf(sql`e.began`, timeZone))} as began,
             ${bucketSql(grain, dayOf(sql`e.ended`, timeZone))} as ended,
             ${keyOf(by, historyColumns, byReach)} as key,
             coalesce(e.amount_base, 0) as amount, coalesce(e.amount_base * st.probability::numeric, 0) as weighted
      from stretch e
      join opportunity o on o.id = e.record_id
      join stage st on st.id = e.to_stage_id
      where ${allOf(pastConditions(question))}
    ), step as (
      select greatest(began, ${first}::text) as bucket, key, 1 as n, amount, weighted from standing
      union all
      select greatest(ended, ${first}::text), key, -1, -amount, -weighted from standing where ended is not null
    )
    select bucket, key,
           sum(sum(n)) over so_far::text as "openCount",
           sum(sum(amount)) over so_far::text as "openAmount",
           sum(sum(weighted)) over so_far::text as "openWeighted"
    from step
    group by bucket, key
    window so_far as (partition by key order by bucket)
    order by bucket`);
  return carryForward(steps, buckets, by !== null);
}

/** A standing holds until the next step. */
function carryForward(steps: readonly Standing[], buckets: readonly string[], isSplit: boolean): PartialRow[] {
  const current = new Map<string | null, Omit<Standing, 'bucket'>>();
  if (!isSplit) current.set(null, { key: null, openCount: '0', openAmount: '0', openWeighted: '0' });
  const rows: PartialRow[] = [];
  let next = 0;
  for (const bucket of buckets) {
    for (let step = steps[next]; step && step.bucket <= bucket; step = steps[++next]) {
      const { bucket: _, ...standing } = step;
      current.set(step.key, standing);
    }
    if (rows.length + current.size > MOST_CELLS) throw tooManyCells();
    for (const standing of current.values()) rows.push({ ...standing, bucket });
  }
  return rows;
}
