/** One field that a change touched. `before` and `after` are what JSON holds there; undefined where it wasn't there. */
export interface FieldChange {
  /** Names from the outside in: `['role', 'name']`, `['allowedOrigins', '2']`. */
  path: readonly string[];
  before: unknown;
  after: unknown;
  kind: 'added' | 'removed' | 'changed';
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An amount of money reads as one value. */
const isMoney = (value: unknown) => isFields(value) && Object.keys(value).sort().join() === 'amount,currency';
const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
/** Lists of texts or numbers read as one value; lists of records are looked into. */
const isLeaf = (value: unknown) =>
  isPlain(value) || isMoney(value) || (Array.isArray(value) && value.every(isPlain)) || isEmpty(value);
const isEmpty = (value: unknown) => isFields(value) && Object.keys(value).length === 0;

/** Absent, or something to look into. */
const isOpen = (value: unknown) => value === undefined || value === null || !isLeaf(value);

const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

const entriesOf = (value: unknown): [string, unknown][] =>
  Array.isArray(value)
    ? value.map((item, index) => [String(index + 1), item])
    : isFields(value)
      ? Object.entries(value)
      : [];

/**
 * The fields in which `before` and `after` of an audit row differ, nested ones by their path. One side missing
 * altogether (a record made or deleted) counts every field of the other.
 */
export function auditDiff(before: unknown, after: unknown, path: readonly string[] = []): FieldChange[] {
  if (same(before, after)) return [];
  if (!isOpen(before) || !isOpen(after)) return [{ path, before, after, kind: kindOf(before, after) }];
  const [old, fresh] = [new Map(entriesOf(before)), new Map(entriesOf(after))];
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((name) => auditDiff(old.get(name), fresh.get(name), [...path, name]));
}

function kindOf(before: unknown, after: unknown): FieldChange['kind'] {
  if (before === undefined || before === null) return 'added';
  return after === undefined || after === null ? 'removed' : 'changed';
}
