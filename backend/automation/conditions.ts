import { addDays, businessDay } from '../calendar/index.ts';
import type { RuleCondition, RuleConditions } from '../contracts/automation.ts';

/** A record as the wire has it, and what its conditions are held against. */
export interface Facts {
  record: Readonly<Record<string, unknown>>;
  /** its value in the company currency, as a decimal string */
  valueBase: string | null;
  /** the business day it is looked at */
  today: string;
  timeZone: string;
}

/** Do the conditions hold? No conditions always do. */
export function conditionsHold(conditions: RuleConditions, facts: Facts): boolean {
  if (conditions.items.length === 0) return true;
  const holds = (condition: RuleCondition) => conditionHolds(condition, facts);
  return conditions.match === 'any' ? conditions.items.some(holds) : conditions.items.every(holds);
}

function conditionHolds({ field, operator, values }: RuleCondition, facts: Facts): boolean {
  const held = valuesOf(facts, field);
  const days = Number(values[0] ?? Number.NaN);
  switch (operator) {
    case 'any-of':
      return values.some((value) => held.some((one) => same(one, value)));
    case 'none-of':
      return !values.some((value) => held.some((one) => same(one, value)));
    case 'contains':
      return values.some((value) => held.some((one) => fold(one).includes(fold(value))));
    case 'at-least':
      return held.some((one) => compareDecimals(one, values[0] ?? '') >= 0);
    case 'below':
      return held.some((one) => compareDecimals(one, values[0] ?? '') < 0);
    case 'next-days':
      return held.some((one) => isBetween(dayOf(one, facts), facts.today, addDays(facts.today, days)));
    case 'past-days':
      return held.some((one) => isBetween(dayOf(one, facts), addDays(facts.today, -days), facts.today));
    case 'older-days':
      return held.some((one) => dayOf(one, facts) < addDays(facts.today, -days));
    case 'yes':
      return held.includes('true');
    case 'no':
      return !held.includes('true');
    case 'empty':
      return held.length === 0;
    case 'filled':
      return held.length > 0;
    default:
      return operator satisfies never;
  }
}

/** What a field holds, as texts that can be compared: ids of people, stages and teams; none when it is empty. */
export function valuesOf({ record, valueBase }: Pick<Facts, 'record' | 'valueBase'>, field: string): string[] {
  if (field === 'value' || field === 'amount') {
    return record[field] === null || valueBase === null ? [] : [valueBase];
  }
  const custom = record.custom as Readonly<Record<string, unknown>> | undefined;
  const value = field.startsWith('custom.') ? custom?.[field.slice(7)] : record[field];
  if (field === 'account') return textsOf((value as { name?: unknown } | null)?.name);
  return textsOf(value);
}

function textsOf(value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object') return [String(value)];
  const { id, amount } = value as { id?: unknown; amount?: unknown };
  return textsOf(id ?? amount);
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const same = (one: string, other: string): boolean => fold(one) === fold(other);
const isBetween = (day: string, from: string, to: string): boolean => day >= from && day <= to;
const dayOf = (value: string, { timeZone }: Facts): string =>
  value.length === 10 ? value : businessDay(new Date(value), timeZone);

const DECIMALS = 12;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Compares decimal strings exactly; what is no decimal number compares as NaN, which nothing is at least or below. */
function compareDecimals(one: string, other: string): number {
  if (!DECIMAL.test(one) || !DECIMAL.test(other)) return Number.NaN;
  const [left, right] = [scaled(one), scaled(other)];
  return left === right ? 0 : left < right ? -1 : 1;
}

function scaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const digits = BigInt(whole.replace('-', '') + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
  return decimal.startsWith('-') ? -digits : digits;
}
