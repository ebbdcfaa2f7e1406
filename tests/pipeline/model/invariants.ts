import { expect } from 'vitest';
import type { Page } from '../../../backend/contracts/common.ts';
import type { Sale } from '../../../backend/contracts/sales.ts';
import { columnOf, readBoard } from '../board-view.ts';
import { isGone, type Model, type ModelRecord } from './model.ts';
import { placesOf, type World } from './world.ts';

/** What must hold after whatever people did. */
export async function expectInvariants(model: Model, world: World): Promise<void> {
  expect(await brokenRows(world)).toEqual([]);
  await expectBoards(model, world);
  for (const record of model.records.filter(({ kind }) => kind === 'opportunity')) {
    const { items } = (await world.admin.get<Page<Sale>>(`/sales?opportunity=${record.id}`)).body;
    const cents = items.map(({ amount }) => Math.round(Number(amount.amount) * 100));
    expect(cents.sort()).toEqual([...record.sales].sort());
  }
}

const centsOf = ({ amount }: { amount: string }) => Math.round(Number(amount) * 100);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

async function expectBoards(model: Model, world: World): Promise<void> {
  const { admin, crm, pipelines } = world;
  for (const pipeline of pipelines) {
    const now = await readBoard(admin, pipeline.id);
    // What has just happened may carry the next millisecond.
    crm.clock.now = new Date(Date.now() + 5000);
    const rewound = await readBoard(admin, pipeline.id, 'asOf=9999-12-31');
    crm.clock.now = null;
    for (const stage of placesOf(world, pipeline.entity).filter(({ pipelineId }) => pipelineId === pipeline.id)) {
      const here = model.records.filter((record) => !isGone(record) && record.trail.at(-1) === stage.id);
      const column = columnOf(now, stage.id);
      const values = column.cards.map(({ value }) => (value ? centsOf(value) : 0));
      expect(column.cards.map(({ id }) => id).sort()).toEqual(here.map(({ id }) => id).sort());
      expect({ count: column.count, value: centsOf(column.value), weighted: centsOf(column.weighted) }).toEqual({
        count: here.length,
        value: sum(values),
        weighted: weighted(here, stage.probability),
      });
      expect(sum(values)).toBe(sum(here.map(({ amount }) => amount ?? 0)));
      const past = columnOf(rewound, stage.id);
      expect({ ids: past.cards.map(({ id }) => id).sort(), count: past.count, value: past.value }).toEqual({
        ids: here.map(({ id }) => id).sort(),
        count: here.length,
        value: column.value,
      });
    }
  }
}

/** In whole hundredths of a cent until the end, as the database adds up exactly. */
function weighted(records: readonly ModelRecord[], probability: number): number {
  const shared = Math.round(probability * 100);
  const total = sum(records.map(({ amount, percent }) => (amount ?? 0) * (percent ?? shared)));
  return Math.floor((total + 50) / 100);
}

const KINDS = ['lead', 'opportunity', 'account', 'contact'] as const;

/** Pointers of one row to another one which must be there, and must not have been merged into yet another one. */
const pointers: readonly (readonly [table: string, column: string, target: string])[] = [
  ...(['task', 'activity', 'attachment'] as const).flatMap((table) =>
    KINDS.map((kind) => [`(select * from ${table} where record_type = '${kind}')`, 'record_id', kind] as const),
  ),
  ...KINDS.map((kind) => [`(select * from merge where record_type = '${kind}')`, 'survivor_id', kind] as const),
  ['conversion', 'lead_id', 'lead'],
  ...(['account', 'contact', 'opportunity'] as const).flatMap((kind) => [
    ['conversion', `${kind}_id`, kind] as const,
    ['lead', `converted_${kind}_id`, kind] as const,
  ]),
  ['opportunity', 'account_id', 'account'],
  ['opportunity', 'contact_id', 'contact'],
  ['opportunity', 'lead_id', 'lead'],
  ['sale', 'opportunity_id', 'opportunity'],
  ['sale', 'lead_id', 'lead'],
  ['contact', 'account_id', 'account'],
];
/** These may point to a record that was merged away: they are its own. */
const ofTheRecord = new Set(['survivor_id', 'lead_id']);

const chainSql = (kind: 'lead' | 'opportunity') => `
  select 'history of ${kind} ' || r.id from ${kind} r
  where exists (
    select 1 from (
      select e.*, lag(e.to_stage_id) over w as before, lead(e.at) over w as next,
        row_number() over w as place, row_number() over (order by e.at desc, e.id desc) as back
      from stage_event e where e.record_type = '${kind}' and e.record_id = r.id window w as (order by e.at, e.id)
    ) e
    where (e.kind = 'entered' and e.from_stage_id is distinct from e.before)
      or (e.kind <> 'entered' and e.to_stage_id is distinct from e.before)
      or e.until is distinct from coalesce(e.next, '9999-12-31Z'::timestamptz)
      or (e.back = 1 and (e.to_stage_id <> r.stage_id or e.pipeline_id <> r.pipeline_id
        or (e.kind = 'removed') <> (r.deleted_at is not null)
        or (r.deleted_at is null and (e.owner_id is distinct from r.owner_id or e.team_id is distinct from r.team_id))))
  ) or not exists (select 1 from stage_event e where e.record_type = '${kind}' and e.record_id = r.id)`;

/** Rows that hang on nothing, and histories that are no chain; none. */
async function brokenRows({ crm }: World): Promise<string[]> {
  const checks = pointers.map(([table, column, target]) => {
    const isLive = ofTheRecord.has(column) ? '' : 'and y.merged_into_id is null';
    return `select '${table.replaceAll("'", '')}.${column} ' || x.id from ${table} x
      where x.${column} is not null and not exists (select 1 from ${target} y where y.id = x.${column} ${isLive})`;
  });
  for (const kind of KINDS) {
    checks.push(`select '${kind} merged into nothing ' || x.id from ${kind} x
      where x.merged_into_id is not null and (x.deleted_at is null or not exists (select 1 from ${kind} y where y.id = x.merged_into_id))`);
    checks.push(`select '${kind} with an unknown tag ' || x.id from ${kind} x
      where not x.tags <@ (select coalesce(array_agg(name), '{}') from tag)`);
  }
  checks.push(chainSql('lead'), chainSql('opportunity'));
  checks.push(
    `select 'two live conversions of ' || lead_id from conversion where undone_at is null group by lead_id having count(*) > 1`,
  );
  checks.push(`select 'won amount is not what was sold ' || o.id from opportunity o join stage s on s.id = o.stage_id
    where s.kind = 'won' and o.amount is distinct from
      (select sum(b.amount) from sale b where b.opportunity_id = o.id and b.deleted_at is null)`);
  const { rows } = await crm.database.executeSql(checks.map((check) => `(${check})`).join(' union all '));
  return (rows as Record<string, string>[]).map((row) => Object.values(row).join());
}
