/** A repeatable source of chance: the same subject always gives the same sequence. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One item, drawn in proportion to its weight. */
  weighted<T>(list: readonly T[], weightOf: (item: T) => number): T;
  /** Standard normal. */
  normal(): number;
  /** Log-normal: half of the values lie below `median`. */
  logNormal(median: number, sigma: number): number;
  poisson(mean: number): number;
  /** UUIDv7-shaped: `atMs` in its first 48 bits, the rest drawn from this source. */
  id(atMs: number): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hexOf16 = (value: number): string => `${HEX[(value >>> 8) & 255]}${HEX[value & 255]}`;

/** FNV-1a, for turning a subject into seed words. */
function hash(text: string, basis: number): number {
  let value = basis;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/**
 * The source for one subject; subjects don't disturb each other's sequences.
 *
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand).
 */
export function randomFor(subject: string): Random {
  let a = hash(subject, 0x811c9dc5);
  let b = hash(subject, 0x9e3779b9);
  let c = hash(subject, 0x85ebca6b);
  let counter = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round++) word();

  const next = (): number => word() / 4294967296;
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted(list, weightOf) {
      let rest = next() * list.reduce((sum, item) => sum + weightOf(item), 0);
      for (const item of list) {
        rest -= weightOf(item);
        if (rest < 0) return item;
      }
      return at(list, list.length - 1);
    },
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson(mean) {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
    id(atMs) {
      const high = Math.floor(atMs / 65536);
      const w1 = word();
      const w2 = word();
      const w3 = word();
      return `${hexOf16(high >>> 16)}${hexOf16(high)}-${hexOf16(atMs % 65536)}-${hexOf16(0x7000 | (w1 & 0xfff))}-${hexOf16(
        0x8000 | ((w1 >>> 12) & 0x3fff),
      )}-${hexOf16(w2)}${hexOf16(w2 >>> 16)}${hexOf16(w3)}`;
    },
  };
}

/** The item at `index`. @throws RangeError outside the list. */
export function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError(`no item ${index} in a list of ${list.length}`);
  return list[index] as T;
}
