import type { AmountColumn } from './amounts.ts';
import type { CodeArray } from './codes.ts';

// The loops that millions of rows go through: nothing is allocated in them.

type Values = AmountColumn['values'];

/** So few rows that the sums of a block are exact whatever the amounts. */
export const BLOCK_ROWS = 4_096;

/** Two sums at a time: an addition need not wait for the one before. */
export function sumRange(values: Values, from: number, to: number): number {
  let even = 0;
  let odd = 0;
  let row = from;
  for (; row + 1 < to; row += 2) {
    even += values[row] as number;
    odd += values[row + 1] as number;
  }
  if (row < to) even += values[row] as number;
  return even + odd;
}

export function sumChosen(values: Values, chosen: Uint32Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += values[chosen[at] as number] as number;
  return sum;
}

/** The keys of chosen rows. One loop for each width: a loop that meets several is slower for all. */
export function keysOf(codes: CodeArray, chosen: Uint32Array, count: number, keys: Uint32Array): void {
  if (codes instanceof Uint8Array) narrowKeysOf(codes, chosen, count, keys);
  else wideKeysOf(codes, chosen, count, keys);
}

function narrowKeysOf(codes: Uint8Array, chosen: Uint32Array, count: number, keys: Uint32Array): void {
  for (let at = 0; at < count; at++) keys[at] = codes[chosen[at] as number] as number;
}

function wideKeysOf(codes: Uint16Array | Uint32Array, chosen: Uint32Array, count: number, keys: Uint32Array): void {
  for (let at = 0; at < count; at++) keys[at] = codes[chosen[at] as number] as number;
}

export function countByKey(keys: Uint32Array, count: number, sign: number, into: Float64Array): void {
  for (let at = 0; at < count; at++) {
    const key = keys[at] as number;
    into[key] = (into[key] as number) + sign;
  }
}

export function sumByKey(
  values: Values,
  chosen: Uint32Array,
  keys: Uint32Array,
  count: number,
  sign: number,
  into: Float64Array,
): void {
  for (let at = 0; at < count; at++) {
    const key = keys[at] as number;
    into[key] = (into[key] as number) + sign * (values[chosen[at] as number] as number);
  }
}
