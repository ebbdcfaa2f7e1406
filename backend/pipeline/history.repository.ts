import { type SqlRunner, sql } from '../db/index.ts';
import type { RecordKind } from './record-kind.ts';

/** The stage events of a record, newest first, as a JSON array. */
export async function readHistory(runner: SqlRunner, kind: RecordKind, id: string): Promise<string> {
  const row = await runner.first<{ events: string }>(sql`
    select coalesce(json_agg(json_build_object(
      'id', e.id, 'at', iso(e.at),
      'from', case when f.id is null then null else json_build_object('id', f.id, 'name', f.name, 'kind', f.kind) end,
      'to', json_build_object('id', s.id, 'name', s.name, 'kind', s.kind),
      'actor', case when u.id is null then null else json_build_object('id', u.id, 'name', u.name) end
    ) order by e.at desc, e.id desc), '[]')::text as events
    from stage_event e
    join stage s on s.id = e.to_stage_id
    left join stage f on f.id = e.from_stage_id
    left join app_user u on u.id = e.actor_id
    where e.kind = 'entered' and e.record_type = ${kind.entity} and e.record_id = ${id}::uuid`);
  return row?.events ?? '[]';
}
