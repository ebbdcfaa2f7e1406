import type { RecordType } from '../../contracts/common.ts';
import type { CustomField } from '../../contracts/fields.ts';
import { type BulkTx, raw, type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { holdDefinitions, listFields, lockRecords, valueKey } from '../../pipeline/index.ts';
import { ImportFileError } from '../import-file-error.ts';
import type { ImportPlan } from '../mapping/plan.ts';
import type { CustomColumns } from './custom-facts.ts';
import type { Fail } from './entity-import.ts';
import type { ImportRow } from './import-row.ts';
import { STAGED } from './merge.ts';

const stateOf = (fields: readonly CustomField[]): string => fields.map(({ id, version }) => `${id} ${version}`).join();

export async function customColumnsOf(
  runner: SqlRunner,
  entity: RecordType | null,
  { columns }: ImportPlan,
): Promise<CustomColumns> {
  const fields = entity === null ? [] : await listFields(runner, { entity });
  const mapped = columns.flatMap(({ field }) => (field.custom ? [field.custom] : []));
  const others = fields.filter(
    ({ key, archivedAt, defaultValue }) =>
      archivedAt === null && defaultValue !== null && !mapped.some((field) => field.key === key),
  );
  const defaults = Object.fromEntries(others.map(({ key, defaultValue }) => [key, defaultValue]));
  return { entity, mapped, defaults, state: stateOf(fields) };
}

/**
 * Keeps the definitions, and where values may occur only once the records, from changing while a batch is written.
 * @throws ImportFileError when a definition has changed since the run began
 */
export async function holdCustomFields(tx: BulkTx, { entity, mapped, defaults, state }: CustomColumns): Promise<void> {
  if (entity === null || (mapped.length === 0 && Object.keys(defaults).length === 0)) return;
  await (mapped.some(({ isUnique }) => isUnique) ? lockRecords : holdDefinitions)(tx.sql, entity);
  if (stateOf(await listFields(tx.sql, { entity })) !== state) {
    throw new ImportFileError(
      'The custom fields were changed during the import. Import the file again to complete it.',
    );
  }
}

/** Puts ids in the place of the names and e-mail addresses in fields of people; fails rows that name nobody. */
export async function resolveCustomPeople(
  tx: BulkTx,
  { mapped }: CustomColumns,
  rows: readonly ImportRow[],
  fail: Fail,
): Promise<void> {
  const users = mapped.filter(({ type }) => type === 'user');
  const named = rows.flatMap(({ custom }) => users.map(({ key }) => custom?.[key])).filter((name) => name != null);
  if (named.length === 0) return;
  const names = [...new Set(named.map((name) => String(name).toLowerCase()))];
  const people = await tx.sql.rows<{ name: string; id: string; count: number }>(sql`
    select n.name, min(u.id::text) as id, count(distinct u.id)::int as count from unnest(${names}::text[]) n(name)
    join app_user u on n.name in (lower(u.email), lower(u.name), u.id::text) where u.status <> 'deactivated' group by n.name`);
  const found = new Map(people.map((person) => [person.name, person]));
  for (const row of rows) {
    for (const { key } of users) {
      const name = row.custom?.[key];
      if (name == null || !row.custom) continue;
      const person = found.get(String(name).toLowerCase());
      if (person?.count === 1) row.custom[key] = person.id;
      else if (person)
        fail(row, `custom.${key}`, `"${name}" is the name of several people; write the e-mail address instead`);
      else fail(row, `custom.${key}`, `"${name}" is nobody who is known here`);
    }
  }
}

/** Lines whose values another record has, by the field. The transaction of the batch is of no use then. */
export class RepeatedValues extends Error {
  readonly found: readonly { key: string; line: number }[];
  constructor(found: readonly { key: string; line: number }[]) {
    super('values that may occur only once occur again');
    this.name = 'RepeatedValues';
    this.found = found;
  }
}

/**
 * Takes the values of unique fields for the records of the batch that was just merged.
 * @throws RepeatedValues naming the lines whose value is another record's, or an earlier line's
 */
export async function claimImportedValues(tx: BulkTx, { entity, mapped }: CustomColumns): Promise<void> {
  const unique = mapped.filter(({ isUnique }) => isUnique);
  if (entity === null || unique.length === 0) return;
  const table = raw(entity);
  const record = raw(entity === 'lead' || entity === 'opportunity' ? 's.record_id' : 's.id');
  const repeated: { key: string; line: number }[] = [];
  for (const field of unique) {
    const claims: Sql = sql`
      select s.line, r.id, ${valueKey(sql`r.custom ->> ${field.key}::text`)} as value_key
      from ${raw(STAGED)} s join ${table} r on r.id = ${record}
      where btrim(coalesce(r.custom ->> ${field.key}::text, '')) <> ''`;
    await tx.sql.rows(sql`
      delete from custom_unique_value u using ${raw(STAGED)} s where u.field_id = ${field.id}::uuid and u.record_id = ${record}`);
    const taken = await tx.sql.rows<{ line: number }>(sql`
      with claims as (${claims}), ranked as (
        select line, value_key, row_number() over (partition by value_key order by line) as place from claims)
      select k.line from ranked k where k.place > 1 or exists (
        select 1 from custom_unique_value u join ${table} h on h.id = u.record_id and h.deleted_at is null
        where u.field_id = ${field.id}::uuid and u.value_key = k.value_key)`);
    repeated.push(...taken.map(({ line }) => ({ key: field.key, line })));
    if (taken.length > 0) continue;
    await tx.sql.rows(sql`
      insert into custom_unique_value (field_id, value_key, record_id)
      select ${field.id}::uuid, c.value_key, c.id from (${claims}) c
      on conflict (field_id, value_key) do update set record_id = excluded.record_id`);
  }
  if (repeated.length > 0) throw new RepeatedValues(repeated);
}
