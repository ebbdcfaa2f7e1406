import { type BulkTx, join, raw, type Sql, sql } from '../../db/index.ts';
import type { MergeCounts } from './entity-import.ts';

/** Name of the temporary table that holds a batch. */
export const STAGED = 'import_staged';

/** A column of the temporary table: its type and how a row fills it. */
export type StagedColumns<Row> = Record<string, readonly [type: string, value: (row: Row) => string | null]>;

/** Fills a temporary table, gone at the end of the transaction, with one row for each of `rows`. */
export async function stageRows<Row>(
  tx: BulkTx,
  rows: readonly Row[],
  columns: StagedColumns<Row>,
  table: string = STAGED,
): Promise<void> {
  const entries = Object.entries(columns);
  const definitions = entries.map(([name, [type]]) => `${name} ${type}`).join(', ');
  await tx.sql.rows(sql`create temporary table ${raw(table)} (${raw(definitions)}) on commit drop`);
  const values = entries.map(([, [, value]]) => value);
  await tx.copyIn(
    table,
    entries.map(([name]) => name),
    cellsOf(rows, values),
  );
}

function* cellsOf<Row>(
  rows: readonly Row[],
  values: readonly ((row: Row) => string | null)[],
): Generator<(string | null)[]> {
  for (const row of rows) yield values.map((value) => value(row));
}

/**
 * What happens to a column of a record that is there already. `replace`: takes the file's value, blank or
 * not. `given`: takes it unless it is blank. `fill`: only where it is empty. `merge`: JSON objects are merged. `keep`: never touched. A function
 * builds the new value from the old and the given one.
 */
export type OnUpdate = 'replace' | 'given' | 'fill' | 'merge' | 'keep' | ((old: Sql, given: Sql) => Sql);

/** A column of the target: its value from the staged row `s`, and what a second import does to it. */
export interface TargetColumn {
  name: string;
  value: Sql;
  onUpdate: OnUpdate;
}

/** A column of the same name in the staged rows. */
export const column = (name: string, onUpdate: OnUpdate, value: Sql = sql`s.${raw(name)}`): TargetColumn => ({
  name,
  value,
  onUpdate,
});

/**
 * Custom values: a new record gets the defaults of fields that the file has no column for, a record that is there
 * keeps what the file doesn't tell.
 */
export const customColumn = (defaults: Readonly<Record<string, unknown>>): TargetColumn =>
  column(
    'custom',
    (old, given) => sql`${old} || (${given} - ${Object.keys(defaults)}::text[])`,
    sql`${JSON.stringify(defaults)}::jsonb || s.custom`,
  );

/** A column filled by a field: replaced when the file has a column for it, else kept. */
export const fieldColumn = (name: string, isMapped: boolean, value?: Sql): TargetColumn =>
  column(name, isMapped ? 'replace' : 'keep', value);

/**
 * A column whose value comes from the owner where the file doesn't say: once known it stays as it was on
 * that day, unless the record gets another owner.
 */
export function ownerColumn(table: string, name: string, isMapped: boolean): TargetColumn {
  if (isMapped) return column(name, 'replace');
  return column(
    name,
    (old, given) =>
      sql`case when ${raw(`${table}.owner_id`)} is distinct from excluded.owner_id then ${given} else coalesce(${old}, ${given}) end`,
  );
}

function nextValue(table: string, { name, onUpdate }: TargetColumn): Sql {
  const [old, given] = [raw(`${table}.${name}`), raw(`excluded.${name}`)];
  switch (onUpdate) {
    case 'replace':
    case 'keep':
      return given;
    case 'given':
      return sql`coalesce(${given}, ${old})`;
    case 'fill':
      return sql`coalesce(${old}, ${given})`;
    case 'merge':
      return sql`${old} || ${given}`;
    default:
      return onUpdate(old, given);
  }
}

/** Insert or update from the staged rows, leaving rows alone that would not change. Answers with `returning`. */
export function mergeStatement(
  table: string,
  conflict: 'id' | 'external_key',
  columns: readonly TargetColumn[],
  options: { source?: Sql; returning?: Sql; revives?: boolean } = {},
): Sql {
  const target = raw(table);
  const names = join(columns.map(({ name }) => raw(name)));
  const values = join(columns.map(({ value }) => value));
  const changing = columns.filter(({ onUpdate }) => onUpdate !== 'keep');
  const assignments = changing.map((item) => sql`${raw(item.name)} = ${nextValue(table, item)}`);
  const before = changing.map(({ name }) => raw(`${table}.${name}`));
  const after = changing.map((item) => nextValue(table, item));
  if (options.revives) {
    assignments.push(sql`deleted_at = null`);
    before.push(raw(`${table}.deleted_at`));
    after.push(sql`null::timestamptz`);
  }
  return sql`
    insert into ${target} (${names}, updated_at)
    select ${values}, now() from ${options.source ?? sql`${raw(STAGED)} s`}
    on conflict (${raw(conflict)}) do update set ${join(assignments)}, version = ${target}.version + 1, updated_at = now()
    where (${join(before)}) is distinct from (${join(after)})
    returning ${options.returning ?? sql`(xmax = 0) as is_new`}`;
}

/** Runs a merge and counts what came of `total` staged rows. */
export async function countMerge(tx: BulkTx, statement: Sql, total: number): Promise<MergeCounts> {
  const counts = await tx.sql.first<{ created: number; updated: number }>(sql`
    with merged as (${statement})
    select count(*) filter (where is_new)::int as created, count(*) filter (where not is_new)::int as updated from merged`);
  const { created, updated } = counts ?? { created: 0, updated: 0 };
  return { created, updated, unchanged: total - created - updated };
}
