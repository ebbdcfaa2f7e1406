import { raw, type Sql } from './sql.ts';

/** A value inside a JSON text that SQL puts together; `sql` gives text, never SQL null. */
export interface JsonValue {
  sql: string;
}

/** Text that may hold anything: escaped by the database. */
export const jsonText = (expression: string): JsonValue => ({ sql: `coalesce(to_json(${expression})::text, 'null')` });

/** Values that never need escaping: ids, dates, words of a closed set. */
export const jsonWord = (expression: string): JsonValue => ({ sql: `coalesce('"' || ${expression} || '"', 'null')` });

/** A moment, as PostgreSQL writes it in JSON (ISO 8601). */
export const jsonMoment = (expression: string): JsonValue => ({
  sql: `coalesce(to_json(${expression})::text, 'null')`,
});

/** Numbers, and json that is json already. */
export const jsonBare = (expression: string): JsonValue => ({ sql: `coalesce((${expression})::text, 'null')` });

/** `{"amount": "1234.50", "currency": "EUR"}`, with the decimals of the currency. */
export const jsonMoney = (amount: string, currency: string): JsonValue => ({
  sql: `coalesce('{"amount":"' || round(${amount}, currency_digits(${currency})) || '","currency":"' || ${currency} || '"}', 'null')`,
});

/** `{id, name}` of a joined row, null where there is none. */
export const jsonNamed = (alias: string): JsonValue => ({
  sql: `coalesce('{"id":"' || ${alias}.id || '","name":' || to_json(${alias}.name) || '}', 'null')`,
});

/** An object; null where `presence` (an expression) is null. */
export const jsonPart = (fields: Readonly<Record<string, JsonValue>>, presence?: string): JsonValue => {
  const text = objectSql(fields);
  return { sql: presence === undefined ? text : `case when ${presence} is null then 'null' else ${text} end` };
};

/**
 * SQL that writes an object as JSON text by `concat`. `json_build_object` looks up the type of each argument of
 * each row in the catalogue, and makes a list of fifty records cost half as much again (`npm run bench -- http`).
 */
export const jsonObject = (fields: Readonly<Record<string, JsonValue>>): Sql => raw(objectSql(fields));

function objectSql(fields: Readonly<Record<string, JsonValue>>): string {
  const parts = Object.entries(fields).map(
    ([name, value], index) => `'${index === 0 ? '{' : ','}"${name}":', ${value.sql}`,
  );
  return `concat(${parts.join(', ')}, '}')`;
}
