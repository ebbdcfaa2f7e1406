import { type Database, sql } from '../../../backend/db/index.ts';

/** How a record stands from a moment on. */
export interface State {
  /** `Sales/Discovery`: pipeline and stage by name */
  stage: string;
  cents: number | null;
  ownerId: string | null;
  teamId: string | null;
  closeOn: string | null;
}

/** A record as its history tells it; its last state is how it is now. */
export interface History {
  id: string;
  /** moments (UTC) with the state that held from there on, in order */
  states: ({ at: string } & State)[];
  source: string | null;
  segment: string | null;
  region: string | null;
  nextStep: string | null;
  hasOpenTask: boolean;
  isDeleted: boolean;
}

export const stageKinds: Readonly<Record<string, 'open' | 'won' | 'lost'>> = {
  'Sales/Discovery': 'open',
  'Sales/Proposal': 'open',
  'Sales/Negotiation': 'open',
  'Sales/Won': 'won',
  'Sales/Lost': 'lost',
  'Renewals/Due': 'open',
  'Renewals/Renewed': 'won',
};

/** The last of a list that is never empty. */
export function lastOf<T>(list: readonly T[]): T {
  const last = list[list.length - 1];
  if (last === undefined) throw new Error('an empty list has no last item');
  return last;
}

/** The moment the record entered the stage it is in. */
export function stageSince({ states }: History): string {
  const { stage } = lastOf(states);
  const before = states.findLastIndex((state) => state.stage !== stage);
  return states[before + 1]?.at ?? '';
}

export async function addRenewals(database: Database): Promise<void> {
  await database.sql.rows(sql`
    with p as (insert into pipeline (entity, name, position) values ('opportunity', 'Renewals', 1) returning id)
    insert into stage (pipeline_id, name, kind, probability, position)
    select p.id, s.name, s.kind, 0.5, s.position from p, (values ('Due', 'open', 0), ('Renewed', 'won', 1)) s(name, kind, position)`);
}

/** Writes opportunities with their histories, in the place of all that were there. */
export async function replaceHistories(
  database: Database,
  histories: readonly History[],
  dayOf: (moment: string) => string,
): Promise<void> {
  for (const table of [sql`stage_event`, sql`opportunity`, sql`task`]) {
    await database.sql.rows(sql`delete from ${table}`);
  }
  const amount = (cents: number | null) => (cents === null ? null : (cents / 100).toFixed(2));
  const records = histories.map(({ states, ...history }) => {
    const now = lastOf(states);
    const since = stageSince({ states, ...history });
    const isClosed = stageKinds[now.stage] !== 'open';
    const closedOn = isClosed ? dayOf(since) : null;
    return { ...history, ...now, amount: amount(now.cents), createdAt: states[0]?.at, since, closedOn };
  });
  const stages = sql`(select s.id, s.pipeline_id, p.name || '/' || s.name as path
    from stage s join pipeline p on p.id = s.pipeline_id where p.entity = 'opportunity')`;
  await database.sql.rows(sql`
    insert into opportunity (id, name, source, segment, region, amount, amount_base, currency_code, expected_close_on,
      closed_on, next_step, owner_id, team_id, pipeline_id, stage_id, stage_since, created_at, deleted_at)
    select f.id, 'A deal', f.source, f.segment, f.region, f.amount, f.amount, 'EUR', f."closeOn", f."closedOn",
      f."nextStep", f."ownerId", f."teamId", s.pipeline_id, s.id, f.since, f."createdAt", case when f."isDeleted" then f.since end
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as f(id uuid, source text, segment text, region text,
      amount numeric, "closeOn" date, "closedOn" date, "nextStep" text, "ownerId" uuid, "teamId" uuid, stage text,
      since timestamptz, "createdAt" timestamptz, "isDeleted" boolean)
    join ${stages} s on s.path = f.stage`);
  const events = histories.flatMap(({ id, states }) =>
    states.map((state, index) => {
      const from = states[index - 1]?.stage ?? null;
      const kind = state.stage === from ? 'changed' : 'entered';
      return { ...state, id, from, kind, amount: amount(state.cents) };
    }),
  );
  await database.sql.rows(sql`
    insert into stage_event (kind, record_type, record_id, pipeline_id, from_stage_id, to_stage_id, amount_base,
      expected_close_on, owner_id, team_id, at)
    select f.kind, 'opportunity', f.id, s.pipeline_id, b.id, s.id, f.amount, f."closeOn", f."ownerId", f."teamId", f.at
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as f(kind text, id uuid, stage text, "from" text,
      amount numeric, "closeOn" date, "ownerId" uuid, "teamId" uuid, at timestamptz)
    join ${stages} s on s.path = f.stage left join ${stages} b on b.path = f."from"`);
  await database.sql.rows(sql`
    insert into task (title, record_type, record_id) select 'Call', 'opportunity', f.id
    from jsonb_to_recordset(${JSON.stringify(histories)}::jsonb) as f(id uuid, "hasOpenTask" boolean) where f."hasOpenTask"`);
}
