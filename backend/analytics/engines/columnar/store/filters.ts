import type { RecordScope } from '../../../../access/index.ts';
import type { CodeArray } from './codes.ts';
import type { StoreQuestion } from './contract.ts';
import { type Dictionaries, dimensions, OWNER, TEAM } from './dimensions.ts';

/** What rows must have: 1 for each code that passes. */
export interface CodeFilter {
  dimension: number;
  mask: Uint8Array<ArrayBuffer>;
  /** a second dimension: rows pass that have one or the other */
  or: { dimension: number; mask: Uint8Array<ArrayBuffer> } | null;
}

const idDimensions: ReadonlySet<string> = new Set(['product', 'team', 'owner']);

/** The filters and the scope of a question as filters on codes; null: nothing passes. */
export function codeFilters(
  { filters, scope }: Pick<StoreQuestion, 'filters' | 'scope'>,
  dictionaries: Dictionaries,
  hasOwner: boolean,
): CodeFilter[] | null {
  const maskOf = (dimension: number, values: readonly (string | null)[]): Uint8Array<ArrayBuffer> => {
    const dictionary = dictionaries[dimension] as Dictionaries[number];
    const mask = new Uint8Array(dictionary.size);
    const isId = idDimensions.has(dimensions[dimension] as string);
    for (const value of values) {
      const code = dictionary.find(isId && value !== null ? value.toLowerCase() : value);
      if (code !== null) mask[code] = 1;
    }
    return mask;
  };
  const found: CodeFilter[] = [];
  for (const [dimension, name] of dimensions.entries()) {
    const values = filters[name];
    if (values) found.push({ dimension, mask: maskOf(dimension, values), or: null });
  }
  const reach = scopeFilter(scope, maskOf, hasOwner);
  if (reach === 'nothing') return null;
  if (reach !== 'everything') found.push(reach);
  const isPossible = found.every(({ mask, or }) => mask.includes(1) || or?.mask.includes(1));
  return isPossible ? found : null;
}

function scopeFilter(
  scope: RecordScope,
  maskOf: (dimension: number, values: readonly string[]) => Uint8Array<ArrayBuffer>,
  hasOwner: boolean,
): CodeFilter | 'everything' | 'nothing' {
  switch (scope.kind) {
    case 'all':
      return 'everything';
    case 'none':
      return 'nothing';
    case 'own':
      // What belongs to no person is in nobody's own reach.
      return hasOwner ? { dimension: OWNER, mask: maskOf(OWNER, [scope.userId]), or: null } : 'nothing';
    case 'team': {
      const or = hasOwner ? { dimension: OWNER, mask: maskOf(OWNER, [scope.userId]) } : null;
      return { dimension: TEAM, mask: maskOf(TEAM, scope.teamIds), or };
    }
    default:
      return scope satisfies never;
  }
}

/** Does the row pass all of them? */
export const passes = (filters: readonly CodeFilter[], codes: readonly CodeArray[], row: number): boolean =>
  filters.every(
    ({ dimension, mask, or }) =>
      mask[(codes[dimension] as CodeArray)[row] as number] === 1 ||
      (or !== null && or.mask[(codes[or.dimension] as CodeArray)[row] as number] === 1),
  );

const SAMPLE = 256;

/** The same filters, the one that the fewest rows pass first. */
export function bySelectivity(
  filters: readonly CodeFilter[],
  codes: readonly CodeArray[],
  from: number,
  to: number,
): CodeFilter[] {
  if (filters.length < 2) return [...filters];
  const step = Math.max(1, Math.floor((to - from) / SAMPLE));
  const weighed = filters.map((filter) => {
    let passing = 0;
    for (let row = from; row < to; row += step) if (passes([filter], codes, row)) passing++;
    return { filter, passing };
  });
  return weighed.sort((a, b) => a.passing - b.passing).map(({ filter }) => filter);
}

/** Writes the rows from `from` to before `to` that pass into `chosen`; answers how many. */
export function choose(
  filters: readonly CodeFilter[],
  codes: readonly CodeArray[],
  from: number,
  to: number,
  chosen: Uint32Array,
): number {
  const [first, ...others] = filters;
  let count = to - from;
  if (first === undefined) {
    for (let row = from, at = 0; row < to; row++) chosen[at++] = row;
    return count;
  }
  const own = codes[first.dimension] as CodeArray;
  if (first.or === null) {
    count = take(own, first.mask, from, to, chosen);
  } else {
    for (let row = from, at = 0; row < to; row++) chosen[at++] = row;
    count = keepEither(own, first.mask, codes[first.or.dimension] as CodeArray, first.or.mask, chosen, count);
  }
  return narrow(others, codes, chosen, count);
}

/** Keeps of the first `count` rows in `chosen` those that pass; answers how many. */
export function narrow(
  filters: readonly CodeFilter[],
  codes: readonly CodeArray[],
  chosen: Uint32Array,
  count: number,
): number {
  let left = count;
  for (const { dimension, mask, or } of filters) {
    const own = codes[dimension] as CodeArray;
    left =
      or === null
        ? keep(own, mask, chosen, left)
        : keepEither(own, mask, codes[or.dimension] as CodeArray, or.mask, chosen, left);
  }
  return left;
}

// Without branches: each row is written, and counts if it passes. One loop for each width of codes: a loop that meets
// several is slower for all.

function take(codes: CodeArray, mask: Uint8Array, from: number, to: number, chosen: Uint32Array): number {
  return codes instanceof Uint8Array
    ? takeNarrow(codes, mask, from, to, chosen)
    : takeWide(codes, mask, from, to, chosen);
}

function takeNarrow(codes: Uint8Array, mask: Uint8Array, from: number, to: number, chosen: Uint32Array): number {
  let count = 0;
  for (let row = from; row < to; row++) {
    chosen[count] = row;
    count += mask[codes[row] as number] as number;
  }
  return count;
}

function takeWide(
  codes: Uint16Array | Uint32Array,
  mask: Uint8Array,
  from: number,
  to: number,
  chosen: Uint32Array,
): number {
  let count = 0;
  for (let row = from; row < to; row++) {
    chosen[count] = row;
    count += mask[codes[row] as number] as number;
  }
  return count;
}

function keep(codes: CodeArray, mask: Uint8Array, chosen: Uint32Array, before: number): number {
  return codes instanceof Uint8Array ? keepNarrow(codes, mask, chosen, before) : keepWide(codes, mask, chosen, before);
}

function keepNarrow(codes: Uint8Array, mask: Uint8Array, chosen: Uint32Array, before: number): number {
  let count = 0;
  for (let at = 0; at < before; at++) {
    const row = chosen[at] as number;
    chosen[count] = row;
    count += mask[codes[row] as number] as number;
  }
  return count;
}

function keepWide(codes: Uint16Array | Uint32Array, mask: Uint8Array, chosen: Uint32Array, before: number): number {
  let count = 0;
  for (let at = 0; at < before; at++) {
    const row = chosen[at] as number;
    chosen[count] = row;
    count += mask[codes[row] as number] as number;
  }
  return count;
}

function keepEither(
  codes: CodeArray,
  mask: Uint8Array,
  otherCodes: CodeArray,
  otherMask: Uint8Array,
  chosen: Uint32Array,
  before: number,
): number {
  let count = 0;
  for (let at = 0; at < before; at++) {
    const row = chosen[at] as number;
    chosen[count] = row;
    count += (mask[codes[row] as number] as number) | (otherMask[otherCodes[row] as number] as number);
  }
  return count;
}
