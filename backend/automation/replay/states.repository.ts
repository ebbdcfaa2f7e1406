import { hideFields, type Reach } from '../../access/index.ts';
import type { PipelineEntity } from '../../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../../db/index.ts';
import { kinds } from '../facts.repository.ts';
import type { PastOccasion } from './occasions.repository.ts';

type Wire = Readonly<Record<string, unknown>>;

interface Placed {
  at: string;
  stage: { id: string; name: string; kind: string };
  owner: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  amountBase: string | null;
}

interface StateRow {
  n: number;
  now: Wire;
  nowBase: string | null;
  past: { at: string; record: Wire } | null;
  next: { record: Wire } | null;
  placed: Placed | null;
}

/** A record as it stood at a moment. */
export interface PastState {
  record: Wire;
  valueBase: string | null;
}

/**
 * How records stood at their moments, in the order asked: from the audit log the last state written at or before, else
 * the first one after, else today's; stage, owner and team from the stage history where that knows better.
 */
export async function statesAt(
  runner: SqlRunner,
  entity: PipelineEntity,
  reach: Reach,
  currency: string,
  occasions: readonly PastOccasion[],
): Promise<(PastState | null)[]> {
  const kind = kinds[entity];
  const rows = await runner.rows<StateRow>(sql`
    select w.n::int as n, (${kind.json(reach)})::jsonb as now, (${kind.valueBase})::text as "nowBase",
      (select jsonb_build_object('at', iso(a.at), 'record', a.after) from audit_entry a
        where a.entity = ${entity} and a.entity_id = w.id::text and a.at <= w.at and jsonb_exists(a.after, 'stageSince')
        order by a.at desc limit 1) as past,
      (select jsonb_build_object('record', a.before) from audit_entry a
        where a.entity = ${entity} and a.entity_id = w.id::text and a.at > w.at and jsonb_exists(a.before, 'stageSince')
        order by a.at limit 1) as next,
      (select jsonb_build_object('at', iso(e.at), 'amountBase', e.amount_base::text,
          'stage', jsonb_build_object('id', es.id, 'name', es.name, 'kind', es.kind),
          'owner', case when eo.id is null then null else jsonb_build_object('id', eo.id, 'name', eo.name) end,
          'team', case when et.id is null then null else jsonb_build_object('id', et.id, 'name', et.name) end)
        from stage_event e join stage es on es.id = e.to_stage_id
        left join app_user eo on eo.id = e.owner_id left join team et on et.id = e.team_id
        where e.record_type = ${entity} and e.record_id = w.id and e.at <= w.at order by e.at desc limit 1) as placed
    from unnest(${occasions.map(({ recordId }) => recordId)}::uuid[], ${occasions.map(({ at }) => at)}::timestamptz[])
      with ordinality w(id, at, n)
    join ${kind.table} r on r.id = w.id ${kind.joins}`);
  const states: (PastState | null)[] = occasions.map(() => null);
  for (const row of rows) states[row.n - 1] = stateOf(row, entity, reach, currency);
  return states;
}

function stateOf(row: StateRow, entity: PipelineEntity, reach: Reach, currency: string): PastState {
  const { past, next, placed, now } = row;
  const written = past?.record ?? next?.record ?? now;
  const knowsBetter = placed !== null && (past === null || placed.at > past.at);
  const place = knowsBetter ? { stage: placed.stage, owner: placed.owner, team: placed.team } : {};
  const record = hideFields(entity, reach.fields, { ...written, ...place }) as Wire;
  return { record, valueBase: baseOf(record, row, currency) };
}

function baseOf(record: Wire, { now, nowBase, placed }: StateRow, currency: string): string | null {
  const money = (record.value ?? record.amount ?? null) as { amount: string; currency: string } | null;
  if (money === null) return null;
  if (money.currency === currency) return money.amount;
  const isAsNow = JSON.stringify(money) === JSON.stringify(now.value ?? now.amount);
  return isAsNow ? nowBase : (placed?.amountBase ?? nowBase);
}
