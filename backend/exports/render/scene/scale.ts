/** Places values along a length. */
export interface Scale {
  ticks: number[];
  /** 0 at the low end, 1 at the high one */
  share(value: number): number;
}

/** A scale with round ticks that holds all values; from zero, unless a line's ups and downs would drown. */
export function scaleOf(values: readonly number[], { fromZero = true, most = 5 } = {}): Scale {
  let low = values.length > 0 ? Math.min(...values) : 0;
  let high = values.length > 0 ? Math.max(...values) : 1;
  if (fromZero) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  if (low === high) high = low + (Math.abs(low) || 1);
  const rough = (high - low) / most;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_none, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  const [bottom = 0] = ticks;
  const span = last * step - bottom || 1;
  return { ticks, share: (value) => (value - bottom) / span };
}
