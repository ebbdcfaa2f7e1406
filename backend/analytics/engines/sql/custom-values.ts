import { type RecordScope, scopeSql } from '../../../access/index.ts';
import { join, raw, type Sql, sql } from '../../../db/index.ts';
import type { CustomEntity, CustomFilter } from '../../custom-dimension.ts';

/** The values that a fact has of the custom fields of one kind of record. Keys are letters, digits and _ only. */
export interface CustomValues {
  /** the value as text; `reach` is the viewer's on the records that have it */
  textOf(key: string, reach: RecordScope): Sql;
  /** Does the fact pass the filter? */
  passes(filter: CustomFilter): Sql;
}

/** Custom values of a row's own record; to who may count it but not open it, it has none. */
export function ownCustom(alias: string): CustomValues {
  const value = (key: string) => raw(`(${alias}.custom ->> '${key}')`);
  return {
    textOf: (key, reach) =>
      reach.kind === 'all' ? value(key) : sql`case when ${scopeSql(reach, alias)} then ${value(key)} end`,
    passes({ key, values, reach }) {
      const { given, hasNotSet } = parted(values);
      const isOpen = scopeSql(reach, alias);
      return anyOf([
        ...(given.length > 0 ? [sql`(${isOpen} and ${value(key)} = any(${given}::text[]))`] : []),
        ...(hasNotSet ? [sql`(${value(key)} is null or (${isOpen}) is not true)`] : []),
      ]);
    },
  };
}

/** Custom values of the record that a row names by its id; one out of reach has none. */
export function customBehind(entity: CustomEntity, id: string): CustomValues {
  const [record, recordId] = [raw(entity), raw(id)];
  const value = (key: string) => raw(`(x.custom ->> '${key}')`);
  return {
    textOf: (key, reach) =>
      sql`(select ${value(key)} from ${record} x where x.id = ${recordId} and ${scopeSql(reach, 'x')})`,
    passes({ key, values, reach }) {
      const { given, hasNotSet } = parted(values);
      // The records that have a value are found once, not looked up for each fact.
      const isAmong = (condition: Sql) =>
        sql`${recordId} in (select x.id from ${record} x where ${condition} and ${scopeSql(reach, 'x')})`;
      return anyOf([
        ...(given.length > 0 ? [isAmong(sql`${value(key)} = any(${given}::text[])`)] : []),
        ...(hasNotSet ? [sql`${recordId} is null or not ${isAmong(sql`${value(key)} is not null`)}`] : []),
      ]);
    },
  };
}

const parted = (values: CustomFilter['values']) => {
  const given = values.filter((value) => value !== null);
  return { given, hasNotSet: given.length < values.length };
};

const anyOf = (conditions: readonly Sql[]): Sql => sql`(${join(conditions, ' or ')})`;
