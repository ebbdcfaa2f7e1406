import { isInScope, type RecordScope, scopeSql } from '../access/index.ts';
import type { Merge } from '../contracts/duplicates.ts';
import { join, raw, type Sql, type SqlRunner, sql } from '../db/index.ts';
import type { Mergeable } from './mergeable.ts';

/** A row as the table has it, by column. */
export type Row = Readonly<Record<string, unknown>> & { custom: Readonly<Record<string, unknown>>; tags: string[] };

export interface LockedRecord {
  id: string;
  name: string;
  version: number;
  ownerId: string | null;
  teamId: string | null;
  /** won stage (a converted lead's too); false for accounts and contacts */
  isWon: boolean;
  row: Row;
}

/** Rows that pointed to an absorbed record: `table.column` -> absorbed id -> keys of the rows. */
export type MovedPointers = Record<string, Record<string, string[]>>;

/** What a merge changes in the survivor. */
export interface SurvivorChange {
  /** columns that take another record's value */
  columns: readonly { column: string; from: string }[];
  /** columns that become empty, because they would point to a record that is merged away */
  emptied: readonly string[];
  /** custom values that the survivor takes over, by key */
  custom: Readonly<Record<string, unknown>>;
  /** null: they stay */
  tags: readonly string[] | null;
}

/** Locks records in the order of their ids, so that two merges never wait for each other. `mergedInto`: those that were. */
export function lockRecords(
  runner: SqlRunner,
  kind: Mergeable,
  ids: readonly string[],
  { mergedInto }: { mergedInto?: string } = {},
): Promise<LockedRecord[]> {
  const there = mergedInto === undefined ? sql`r.deleted_at is null` : sql`r.merged_into_id = ${mergedInto}::uuid`;
  const isOnBoard = kind.entity === 'lead' || kind.entity === 'opportunity';
  const isWon = isOnBoard ? sql`(select s.kind = 'won' from stage s where s.id = r.stage_id)` : sql`false`;
  return runner.rows<LockedRecord>(sql`
    select r.id::text as id, r.name, r.version, r.owner_id::text as "ownerId", r.team_id::text as "teamId",
      ${isWon} as "isWon", to_jsonb(r) as row
    from ${raw(kind.entity)} r where r.id = any(${ids}::uuid[]) and ${there} order by r.id for update of r`);
}

export const reaches = (scope: RecordScope, { ownerId, teamId }: LockedRecord): boolean =>
  isInScope(scope, { ownerId, teamId });

const columnsOf = ({ columns, emptied, tags }: SurvivorChange): string[] => [
  ...columns.map(({ column }) => column),
  ...emptied,
  ...(tags ? ['tags'] : []),
];

/** The named columns of a record as JSON text: amounts stay exact, because they never become numbers of JavaScript. */
async function readColumns(runner: SqlRunner, kind: Mergeable, id: string, names: readonly string[]): Promise<string> {
  const row = await runner.first<{ json: string }>(sql`
    select coalesce((select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(r)) where key = any(${names}::text[])), '{}')::text as json
    from ${raw(kind.entity)} r where r.id = ${id}::uuid`);
  return row?.json ?? '{}';
}

/** Changes the survivor; answers its columns before and after as JSON text. */
export async function changeSurvivor(
  runner: SqlRunner,
  kind: Mergeable,
  id: string,
  change: SurvivorChange,
): Promise<{ before: string; after: string }> {
  const table = raw(kind.entity);
  const names = columnsOf(change);
  const before = await readColumns(runner, kind, id, names);
  const changes: Sql[] = change.columns.map(
    ({ column, from }) => sql`${raw(column)} = (select x.${raw(column)} from ${table} x where x.id = ${from}::uuid)`,
  );
  changes.push(...change.emptied.map((column) => sql`${raw(column)} = null`));
  if (change.tags) changes.push(sql`tags = ${change.tags}::text[]`);
  if (Object.keys(change.custom).length > 0)
    changes.push(sql`custom = r.custom || ${JSON.stringify(change.custom)}::jsonb`);
  changes.push(sql`version = r.version + 1`, sql`updated_at = now()`);
  await runner.rows(sql`update ${table} r set ${join(changes)} where r.id = ${id}::uuid`);
  return { before, after: await readColumns(runner, kind, id, names) };
}

/** Takes `changeSurvivor` back, but for what was changed again since. */
export async function restoreSurvivor(runner: SqlRunner, kind: Mergeable, merge: StoredMerge): Promise<void> {
  const table = raw(kind.entity);
  const changes = merge.columns.map((column) => {
    const name = raw(column);
    return sql`${name} = case when to_jsonb(r) -> ${column}::text = m.details -> 'after' -> ${column}::text then was.${name} else r.${name} end`;
  });
  const taken = sql`coalesce((select array_agg(c.key) from jsonb_each(m.details -> 'custom') c where r.custom -> c.key = c.value), '{}')`;
  changes.push(sql`custom = (r.custom - ${taken}) || coalesce((select jsonb_object_agg(c.key, c.value)
    from jsonb_each(m.details -> 'customBefore') c where c.key = any(${taken})), '{}')`);
  changes.push(sql`version = r.version + 1`, sql`updated_at = now()`);
  await runner.rows(sql`
    update ${table} r set ${join(changes)}
    from merge m, jsonb_populate_record(null::${table}, (select details -> 'before' from merge where id = ${merge.id}::uuid)) was
    where m.id = ${merge.id}::uuid and r.id = ${merge.survivorId}::uuid`);
}

/** Deletes a record in favour of another one, or brings it back (`survivorId` null). */
export async function setAbsorbed(
  runner: SqlRunner,
  kind: Mergeable,
  ids: readonly string[],
  survivorId: string | null,
): Promise<void> {
  await runner.rows(sql`
    update ${raw(kind.entity)} set merged_into_id = ${survivorId}::uuid, version = version + 1, updated_at = now(),
      deleted_at = ${survivorId === null ? sql`null` : sql`now()`}
    where id = any(${ids}::uuid[])`);
}

/** Tables that name a record by its kind and id. */
const byRecord = ['activity', 'task', 'attachment', 'notification', 'automation_run'] as const;

interface Pointer {
  name: string;
  table: Sql;
  column: Sql;
  key: Sql;
  only: Sql;
}

function pointersOf(kind: Mergeable): Pointer[] {
  const typed = byRecord.map((table) => ({
    name: `${table}.record_id`,
    table: raw(table),
    column: raw('record_id'),
    key: raw('id::text'),
    only: sql`and record_type = ${kind.entity}`,
  }));
  const own = kind.references.map(([table, column]) => ({
    name: `${table}.${column}`,
    table: raw(table),
    column: raw(column),
    key: raw('id::text'),
    only: sql``,
  }));
  const external = {
    name: 'external_reference.record_id',
    table: raw('external_reference'),
    column: raw('record_id'),
    key: raw(`connection_id::text || ' ' || external_id`),
    only: sql`and entity = ${kind.entity}`,
  };
  const unique = {
    name: 'custom_unique_value.record_id',
    table: raw('custom_unique_value'),
    column: raw('record_id'),
    key: raw(`field_id::text || ' ' || value_key`),
    only: sql``,
  };
  return [...typed, ...own, external, unique];
}

/** Makes everything that points to an absorbed record point to the survivor. Answers what it was. */
export async function movePointers(
  runner: SqlRunner,
  kind: Mergeable,
  survivorId: string,
  absorbedIds: readonly string[],
): Promise<MovedPointers> {
  const moved: MovedPointers = {};
  for (const { name, table, column, key, only } of pointersOf(kind)) {
    for (const absorbedId of absorbedIds) {
      const rows = await runner.rows<{ key: string }>(sql`
        update ${table} set ${column} = ${survivorId}::uuid where ${column} = ${absorbedId}::uuid ${only} returning ${key} as key`);
      if (rows.length > 0) moved[name] = { ...moved[name], [absorbedId]: rows.map((row) => row.key) };
    }
  }
  return moved;
}

/** Takes `movePointers` back for what still points to the survivor. */
export async function moveBack(
  runner: SqlRunner,
  kind: Mergeable,
  survivorId: string,
  moved: MovedPointers,
): Promise<void> {
  for (const { name, table, column, key, only } of pointersOf(kind)) {
    for (const [absorbedId, keys] of Object.entries(moved[name] ?? {})) {
      await runner.rows(sql`
        update ${table} set ${column} = ${absorbedId}::uuid
        where ${column} = ${survivorId}::uuid and ${key} = any(${keys}::text[]) ${only}`);
    }
  }
}

export interface NewMerge {
  entity: string;
  survivorId: string;
  absorbedIds: readonly string[];
  userId: string;
  /** JSON text of the survivor's changed columns */
  before: string;
  after: string;
  custom: Readonly<Record<string, unknown>>;
  customBefore: Readonly<Record<string, unknown>>;
  moved: MovedPointers;
}

export async function insertMerge(runner: SqlRunner, merge: NewMerge): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into merge (record_type, survivor_id, absorbed_ids, merged_by_id, details)
    values (${merge.entity}, ${merge.survivorId}::uuid, ${merge.absorbedIds}::uuid[], ${merge.userId}::uuid,
      jsonb_build_object('before', ${merge.before}::jsonb, 'after', ${merge.after}::jsonb,
        'custom', ${JSON.stringify(merge.custom)}::jsonb, 'customBefore', ${JSON.stringify(merge.customBefore)}::jsonb,
        'moved', ${JSON.stringify(merge.moved)}::jsonb))
    returning id::text as id`);
  if (!row) throw new Error('insert of a merge returned no row');
  return row.id;
}

export interface StoredMerge {
  id: string;
  entity: Mergeable['entity'];
  survivorId: string;
  absorbedIds: string[];
  /** names of the survivor's columns that it changed */
  columns: string[];
  moved: MovedPointers;
  isUndone: boolean;
  isTooOld: boolean;
  /** a later merge into the same record that stands */
  hasLater: boolean;
}

/** A merge, locked. `days`: how long one can be undone. */
export function lockMerge(runner: SqlRunner, id: string, days: number): Promise<StoredMerge | undefined> {
  return runner.first<StoredMerge>(sql`
    select m.id::text as id, m.record_type as entity, m.survivor_id::text as "survivorId", to_json(m.absorbed_ids) as "absorbedIds",
      (select coalesce(json_agg(key), '[]') from jsonb_object_keys(m.details -> 'after') key) as columns,
      m.details -> 'moved' as moved, m.undone_at is not null as "isUndone",
      m.merged_at < now() - make_interval(days => ${days}::int) as "isTooOld",
      exists (select 1 from merge later where later.record_type = m.record_type and later.survivor_id = m.survivor_id
        and later.undone_at is null and (later.merged_at, later.id) > (m.merged_at, m.id)) as "hasLater"
    from merge m where m.id = ${id}::uuid for update`);
}

export async function markUndone(runner: SqlRunner, id: string, userId: string): Promise<void> {
  await runner.rows(sql`update merge set undone_at = now(), undone_by_id = ${userId}::uuid where id = ${id}::uuid`);
}

/** The merges into a record, or one by its id, newest first. Records outside `reach` have no name here. */
export function listMerges(
  runner: SqlRunner,
  kind: Mergeable,
  reach: RecordScope,
  which: { survivorId: string } | { id: string },
): Promise<Merge[]> {
  const table = raw(kind.entity);
  const person = (column: string) =>
    sql`(select json_build_object('id', u.id, 'name', u.name) from app_user u where u.id = ${raw(column)})`;
  const named = sql`json_build_object('id', r.id, 'name', case when ${scopeSql(reach, 'r')} then r.name else '' end)`;
  const only =
    'id' in which
      ? sql`m.id = ${which.id}::uuid`
      : sql`m.record_type = ${kind.entity} and m.survivor_id = ${which.survivorId}::uuid`;
  return runner.rows<Merge>(sql`
    select m.id::text as id, m.record_type as entity,
      (select ${named} from ${table} r where r.id = m.survivor_id) as survivor,
      (select coalesce(json_agg(${named} order by r.id), '[]') from ${table} r
        where r.id = any(m.absorbed_ids)) as absorbed,
      iso(m.merged_at) as "mergedAt", ${person('m.merged_by_id')} as "mergedBy",
      iso(m.undone_at) as "undoneAt", ${person('m.undone_by_id')} as "undoneBy"
    from merge m where ${only} order by m.merged_at desc, m.id desc ${raw('limit 100')}`);
}
