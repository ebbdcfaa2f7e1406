/** Stands in a column where there is no amount. */
export const NO_AMOUNT = -(2 ** 31);

const DIVISORS = [10_000, 1_000, 100, 10, 1] as const;
const NARROW_LIMIT = 2 ** 31 - 1;
const WIDE_LIMIT = 2 ** 40;
/** Above this a value has no exact place in a Float64. */
const EXACT_LIMIT = 2 ** 53;
const SAMPLE = 20_000;

/** How amounts are written: as multiples of so many ten-thousandths, in 4 bytes or in 8. */
export interface AmountFormat {
  divisor: number;
  isWide: boolean;
}

/**
 * Amounts as multiples of a common unit. The few that are none, or too large, are in a list beside the column, which has
 * a zero in their place: whoever adds up the column adds those of the list.
 */
export interface AmountColumn extends AmountFormat {
  values: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** rows whose amount is in the list, ascending */
  oddRows: Uint32Array<ArrayBuffer>;
  /** ten-thousandths */
  oddValues: BigInt64Array<ArrayBuffer>;
  /** no multiple in `values` is further from zero */
  largest: number;
}

/** Amounts as they come: ten-thousandths, NaN for none. Those too large to be exact are in the map as well, by row. */
export interface RawAmounts {
  values: Float64Array<ArrayBuffer>;
  large: Map<number, bigint>;
}

const multipleOf = (value: number, { divisor, isWide }: AmountFormat): number => {
  const multiple = Math.round(value / divisor);
  const fits =
    multiple * divisor === value &&
    Math.abs(multiple) <= (isWide ? WIDE_LIMIT : NARROW_LIMIT) &&
    multiple !== NO_AMOUNT;
  return fits ? multiple : Number.NaN;
};

/** The format that holds most of a sample; of equal ones the coarsest. */
function bestFormat({ values }: RawAmounts, rows: number): AmountFormat {
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  let best: AmountFormat = { divisor: 1, isWide: true };
  let fewest = Number.POSITIVE_INFINITY;
  for (const isWide of [false, true]) {
    for (const divisor of DIVISORS) {
      const format = { divisor, isWide };
      let odd = 0;
      for (let row = 0; row < rows; row += step) {
        const value = values[row] as number;
        if (!Number.isNaN(value) && Number.isNaN(multipleOf(value, format))) odd++;
      }
      if (odd < fewest) [best, fewest] = [format, odd];
    }
    // Eight bytes a row are only worth it for many.
    if (fewest * step * 32 <= rows) return best;
  }
  return best;
}

/**
 * A column of the amounts given, where the amount of row i goes to place `places[i]`. `format`: the one to use, where
 * the column will be merged with another one.
 */
export function encodeAmounts(
  raw: RawAmounts,
  rows: number,
  places: Uint32Array,
  format: AmountFormat = bestFormat(raw, rows),
): AmountColumn {
  const { divisor, isWide } = format;
  const values = isWide ? new Float64Array(rows) : new Int32Array(rows);
  const odd: [row: number, value: bigint][] = [];
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const value = raw.values[row] as number;
    const place = places[row] as number;
    if (Number.isNaN(value)) {
      values[place] = NO_AMOUNT;
      continue;
    }
    const multiple = multipleOf(value, format);
    if (Number.isNaN(multiple) || Math.abs(value) >= EXACT_LIMIT) {
      odd.push([place, raw.large.get(row) ?? BigInt(value)]);
      continue;
    }
    values[place] = multiple;
    if (multiple > largest) largest = multiple;
    else if (-multiple > largest) largest = -multiple;
  }
  return { divisor, isWide, values, largest, ...listOf(odd) };
}

/** Sorted by row. */
export function listOf(odd: [row: number, value: bigint][]): Pick<AmountColumn, 'oddRows' | 'oddValues'> {
  odd.sort(([a], [b]) => a - b);
  return {
    oddRows: Uint32Array.from(odd, ([row]) => row),
    oddValues: BigInt64Array.from(odd, ([, value]) => value),
  };
}

/** The place in an ascending list where the first number that is not below `value` stands. */
export function placeOf(list: Uint32Array | Int32Array, value: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ten-thousandths; null: none. */
export function amountAt({ values, divisor, oddRows, oddValues }: AmountColumn, row: number): bigint | null {
  const multiple = values[row] as number;
  if (multiple === NO_AMOUNT) return null;
  if (multiple === 0 && oddRows.length > 0) {
    const place = placeOf(oddRows, row);
    if (oddRows[place] === row) return oddValues[place] as bigint;
  }
  return BigInt(multiple) * BigInt(divisor);
}

export const bytesOfAmounts = ({ values, oddRows, oddValues }: AmountColumn): number =>
  values.byteLength + oddRows.byteLength + oddValues.byteLength;
