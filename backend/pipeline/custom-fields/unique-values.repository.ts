import type { RecordType } from '../../contracts/common.ts';
import { type Sql, type SqlRunner, sql } from '../../db/index.ts';
import { ProblemError } from '../../http/index.ts';
import { tableOf } from './field-row.ts';

/** A value as it is compared: case and space around it make no difference. */
export const valueKey = (value: Sql): Sql => sql`lower(btrim(${value}))`;

interface Wanted {
  fieldId: string;
  key: string;
  label: string;
  valueKey: string;
}

/**
 * Takes the values of a record's unique fields, as they are stored in it now, for this record alone, and lets go
 * of those it had before. Two that want the same value at the same moment wait for each other; one gets it. What
 * a deleted record holds is free to take.
 *
 * @throws ProblemError conflict, by pointer, for what another record has
 */
export async function claimUniqueValues(runner: SqlRunner, entity: RecordType, recordId: string): Promise<void> {
  const open = await runner.rows<Wanted>(sql`
    with wanted as (
      select f.id, f.key, f.label, ${valueKey(sql`r.custom ->> f.key`)} as value_key
      from custom_field f join ${tableOf(entity)} r on r.id = ${recordId}::uuid
      where f.entity = ${entity} and f.is_unique and f.archived_at is null and btrim(coalesce(r.custom ->> f.key, '')) <> ''
    ), gone as (
      delete from custom_unique_value u where u.record_id = ${recordId}::uuid
        and not exists (select 1 from wanted w where w.id = u.field_id and w.value_key = u.value_key)
    ), made as (
      insert into custom_unique_value (field_id, value_key, record_id)
      select id, value_key, ${recordId}::uuid from wanted order by id
      on conflict (field_id, value_key) do nothing returning field_id
    )
    select w.id::text as "fieldId", w.key, w.label, w.value_key as "valueKey"
    from wanted w where not exists (select 1 from made m where m.field_id = w.id) order by w.id`);
  const taken: Wanted[] = [];
  for (const value of open) if (!(await takeOver(runner, entity, recordId, value))) taken.push(value);
  const [first] = taken;
  if (!first) return;
  throw new ProblemError('conflict', `Another record has this ${first.label} already; it may occur once only.`, {
    errors: taken.map(({ key, label }) => ({
      pointer: `/custom/${key}`,
      message: `is taken: another record has this ${label}`,
    })),
  });
}

/** True when the value is this record's: it was before, or who held it is deleted. */
async function takeOver(runner: SqlRunner, entity: RecordType, recordId: string, value: Wanted): Promise<boolean> {
  const row = sql`field_id = ${value.fieldId}::uuid and value_key = ${value.valueKey}`;
  const held = await runner.first<{ holder: string }>(
    sql`select record_id::text as holder from custom_unique_value where ${row}`,
  );
  if (held?.holder === recordId) return true;
  if (held) {
    // Whoever brings the holder back has locked it first: here it is either deleted for good or in use again.
    const holder = await runner.first<{ isDeleted: boolean }>(sql`
      select deleted_at is not null as "isDeleted" from ${tableOf(entity)} where id = ${held.holder}::uuid for update`);
    if (holder && !holder.isDeleted) return false;
    const mine = await runner.first(sql`
      update custom_unique_value set record_id = ${recordId}::uuid
      where ${row} and record_id = ${held.holder}::uuid returning 1 as taken`);
    return mine !== undefined;
  }
  const mine = await runner.first(sql`
    insert into custom_unique_value (field_id, value_key, record_id)
    values (${value.fieldId}::uuid, ${value.valueKey}, ${recordId}::uuid) on conflict do nothing returning 1 as taken`);
  return mine !== undefined;
}
