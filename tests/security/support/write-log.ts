import type { Database } from '../../../backend/db/index.ts';

/** One row that a committed transaction wrote. */
export interface Write {
  table: string;
  kind: 'INSERT' | 'UPDATE' | 'DELETE';
  /** of an update: the columns whose value changed; else all */
  columns: string[];
  /** the row as it is now; of a deletion: as it was */
  row: Record<string, unknown>;
}

/**
 * Knows every row that was written since it last looked, and can take all of it back. Row triggers write the
 * log in the writer's own transaction, so it holds what was committed and nothing else.
 */
export interface WriteLog {
  /** What was written since the last call of `seen` or `undo`. */
  seen(): Promise<Write[]>;
  /** Takes back what was written since the last call of `seen` or `undo`, and answers what it was. */
  undo(): Promise<Write[]>;
  /** A checksum of each table's rows: how the log itself is checked. */
  checksums(): Promise<Record<string, string>>;
}

const LOG = 'security_write_log';

/** Rows are found again by their primary key. Written columns only, as generated ones can't be set. */
const FUNCTIONS = `
  create table ${LOG} (
    seq bigserial primary key, table_name text not null, kind text not null, key_columns text[] not null,
    columns text[] not null, before jsonb, after jsonb);

  create function ${LOG}_note() returns trigger language plpgsql as $$
  declare
    old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  begin
    insert into ${LOG} (table_name, kind, key_columns, columns, before, after)
    select tg_table_name, tg_op, tg_argv[0]::text[], coalesce(array_agg(field.key order by field.key), '{}'), old_row, new_row
    from jsonb_each(coalesce(new_row, old_row)) field
    where tg_op <> 'UPDATE' or field.value is distinct from old_row -> field.key;
    return null;
  end $$;

  create function ${LOG}_undo() returns void language plpgsql as $$
  declare
    written record;
    same_key text;
    fields text;
  begin
    perform set_config('session_replication_role', 'replica', true);
    for written in select * from ${LOG} order by seq desc loop
      select string_agg(format('t.%1$I = w.%1$I', key), ' and ') into same_key from unnest(written.key_columns) key;
      select string_agg(quote_ident(column_name), ', ' order by ordinal_position) into fields
      from information_schema.columns
      where table_schema = 'public' and table_name = written.table_name and is_generated = 'NEVER';
      if written.after is not null then
        execute format('delete from %1$I t using jsonb_populate_record(null::%1$I, $1) w where %2$s', written.table_name, same_key)
          using written.after;
      end if;
      if written.before is not null then
        execute format('insert into %1$I (%2$s) select %2$s from jsonb_populate_record(null::%1$I, $1)', written.table_name, fields)
          using written.before;
      end if;
    end loop;
    delete from ${LOG};
    perform set_config('session_replication_role', 'origin', true);
  end $$;`;

interface Table {
  name: string;
  keys: string[];
}

async function tablesOf(database: Database): Promise<Table[]> {
  const { rows } = await database.executeSql(`
    select c.relname::text as name, to_jsonb(array_agg(a.attname::text order by a.attnum)) as keys
    from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'
    group by c.relname order by c.relname`);
  return rows as Table[];
}

/** Watches every table of the product from now on. */
export async function watchWrites(database: Database): Promise<WriteLog> {
  const tables = await tablesOf(database);
  await database.execScript(FUNCTIONS);
  const triggers = tables.map(
    ({ name, keys }) => `
      create trigger ${LOG}_${name} after insert or update or delete on "${name}"
      for each row execute function ${LOG}_note('{${keys.join(',')}}');`,
  );
  await database.execScript(triggers.join(''));

  const sums = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as sum from "${name}" t`,
    )
    .join(' union all ');
  const read = async (): Promise<Write[]> => {
    const { rows } = await database.executeSql(`
      select table_name as "table", kind, to_jsonb(columns) as columns, coalesce(after, before) as row
      from ${LOG} order by seq`);
    return rows as Write[];
  };
  return {
    async seen() {
      const writes = await read();
      if (writes.length > 0) await database.executeSql(`delete from ${LOG}`);
      return writes;
    },
    async undo() {
      const writes = await read();
      if (writes.length > 0) await database.executeSql(`select ${LOG}_undo()::text`);
      return writes;
    },
    async checksums() {
      const { rows } = await database.executeSql(sums);
      return Object.fromEntries((rows as { name: string; sum: string }[]).map(({ name, sum }) => [name, sum]));
    },
  };
}
