import { type Database, raw, sql } from '../../../backend/db/index.ts';

/** What has an owner and a team. */
export const ownedKinds = ['lead', 'opportunity', 'account', 'contact', 'task', 'sale'] as const;
export type OwnedKind = (typeof ownedKinds)[number];

/** Ids of the records by kind and by owner's id; '' stands for nobody. */
export type Records = Record<OwnedKind, Map<string, string>>;

/**
 * One record of each kind for each owner, and one of nobody's in no team. Sales and open opportunities are worth
 * 1, 2, 4, 8, ... in the order of `owners` (nobody comes last), so that a sum names the owners in it.
 */
export async function addRecords(database: Database, owners: readonly string[], currency: string): Promise<Records> {
  const list = JSON.stringify([...owners, null]);
  const owned = sql`
    select o.id::uuid as owner_id, u.team_id, o.place - 1 as place, 2 ^ (o.place - 1) as worth, 'Record ' || o.place as name
    from jsonb_array_elements_text(${list}::jsonb) with ordinality o(id, place) left join app_user u on u.id = o.id::uuid`;
  const start = (entity: string) => sql`
    select p.id as pipeline_id, s.id as stage_id from pipeline p join stage s on s.pipeline_id = p.id
    where p.entity = ${entity} and p.is_default order by s.position limit 1`;
  const answer = sql`returning id::text as id, coalesce(owner_id::text, '') as owner`;
  const found = async (statement: Parameters<typeof database.sql.rows>[0]) => {
    const rows = await database.sql.rows<{ id: string; owner: string }>(statement);
    return new Map(rows.map(({ id, owner }) => [owner, id]));
  };
  const records: Records = {
    lead: await found(sql`
      insert into lead (name, owner_id, team_id, pipeline_id, stage_id, currency_code, position)
      select o.name, o.owner_id, o.team_id, s.pipeline_id, s.stage_id, ${currency}, o.place
      from (${owned}) o, (${start('lead')}) s ${answer}`),
    opportunity: await found(sql`
      with r as (
        insert into opportunity (name, owner_id, team_id, pipeline_id, stage_id, currency_code, amount, amount_base, position)
        select o.name, o.owner_id, o.team_id, s.pipeline_id, s.stage_id, ${currency}, o.worth, o.worth, o.place
        from (${owned}) o, (${start('opportunity')}) s returning *
      ), event as (
        insert into stage_event (record_type, record_id, pipeline_id, to_stage_id, amount_base, owner_id, team_id)
        select 'opportunity', r.id, r.pipeline_id, r.stage_id, r.amount_base, r.owner_id, r.team_id from r
      )
      select id::text as id, coalesce(owner_id::text, '') as owner from r`),
    account: await found(sql`
      insert into account (name, name_key, owner_id, team_id)
      select o.name, lower(o.name), o.owner_id, o.team_id from (${owned}) o ${answer}`),
    contact: await found(sql`
      insert into contact (name, owner_id, team_id) select o.name, o.owner_id, o.team_id from (${owned}) o ${answer}`),
    task: await found(sql`
      insert into task (title, assignee_id, team_id) select o.name, o.owner_id, o.team_id from (${owned}) o
      returning id::text as id, coalesce(assignee_id::text, '') as owner`),
    sale: await found(sql`
      insert into sale (sold_on, amount, amount_base, cost, cost_base, currency_code, owner_id, team_id)
      select '2026-03-02', o.worth, o.worth, o.worth * 0.77, o.worth * 0.77, ${currency}, o.owner_id, o.team_id
      from (${owned}) o ${answer}`),
  };
  for (const kind of ['lead', 'opportunity', 'account', 'contact'] as const) await addWork(database, kind);
  return records;
}

/** A note and a file on each record, which bear the record's own id. */
async function addWork(database: Database, kind: OwnedKind): Promise<void> {
  await database.sql.rows(sql`
    insert into activity (id, record_type, record_id, type, subject, occurred_at, author_id)
    select id, ${kind}, id, 'note', 'Spoke', '2026-03-02', owner_id from ${raw(kind)}`);
  await database.sql.rows(sql`
    with file as (
      insert into attachment (id, record_type, record_id, file_name, media_type, bytes, sha256)
      select id, ${kind}, id, 'note.txt', 'text/plain', 5, '' from ${raw(kind)} returning id)
    insert into attachment_chunk (attachment_id, seq, bytes) select id, 0, decode('SGVsbG8=', 'base64') from file`);
}

/** The places of the owners whose records make up this sum. */
export const placesIn = (sum: number): number[] =>
  [...Array(40).keys()].filter((place) => Math.floor(sum / 2 ** place) % 2 === 1);
