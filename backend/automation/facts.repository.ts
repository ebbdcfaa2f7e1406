import { type Reach, scopeSql } from '../access/index.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { limitSql, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import { leadKind, opportunityKind } from '../pipeline/index.ts';

export const kinds = { lead: leadKind, opportunity: opportunityKind } as const;

/** A record as its conditions see it. */
export interface RecordFacts {
  id: string;
  record: Readonly<Record<string, unknown>>;
  valueBase: string | null;
}

interface FactsRow {
  id: string;
  json: string;
  valueBase: string | null;
}

const read = ({ id, json, valueBase }: FactsRow): RecordFacts => ({
  id,
  record: JSON.parse(json) as RecordFacts['record'],
  valueBase,
});

function selectFacts(runner: SqlRunner, entity: PipelineEntity, reach: Reach, where: Sql, limit: number) {
  const kind = kinds[entity];
  return runner.rows<FactsRow>(sql`
    select r.id::text as id, ${kind.json(reach)}::text as json, (${kind.valueBase})::text as "valueBase"
    from ${kind.table} r ${kind.joins}
    where r.deleted_at is null and ${scopeSql(reach, 'r')} and ${where} order by r.id ${limitSql(limit)}`);
}

/** The record as `reach` shows it; undefined when there is none within it. */
export async function findFacts(
  runner: SqlRunner,
  entity: PipelineEntity,
  reach: Reach,
  id: string,
): Promise<RecordFacts | undefined> {
  const [row] = await selectFacts(runner, entity, reach, sql`r.id = ${id}::uuid`, 1);
  return row && read(row);
}

/** Records in open stages, by id, after `afterId`. */
export async function openRecords(
  runner: SqlRunner,
  entity: PipelineEntity,
  reach: Reach,
  afterId: string | null,
  limit: number,
): Promise<RecordFacts[]> {
  const after = afterId === null ? raw('true') : sql`r.id > ${afterId}::uuid`;
  return (await selectFacts(runner, entity, reach, sql`s.kind = 'open' and ${after}`, limit)).map(read);
}

/** The person a mail of a record goes to. */
export interface Addressee {
  name: string;
  email: string | null;
}

/** The lead itself, or the opportunity's contact; undefined where there is none within `reach`. */
export function findContact(
  runner: SqlRunner,
  entity: PipelineEntity,
  id: string,
  contactReach: Reach,
): Promise<Addressee | undefined> {
  return entity === 'lead'
    ? runner.first<Addressee>(sql`select r.name, r.email from lead r where r.id = ${id}::uuid`)
    : runner.first<Addressee>(sql`
        select c.name, c.email from opportunity r join contact c on c.id = r.contact_id
        where r.id = ${id}::uuid and c.deleted_at is null and ${scopeSql(contactReach, 'c')}`);
}

/** Somebody of ours who can sign in. */
export const findColleague = (runner: SqlRunner, id: string): Promise<(Addressee & { id: string }) | undefined> =>
  runner.first(sql`
    select u.id::text as id, u.name, u.email from app_user u where u.id = ${id}::uuid and u.status = 'active'`);
