import { type AmountColumn, NO_AMOUNT } from './amounts.ts';

type Values = AmountColumn['values'];

/** What sales with a known cost add up to. */
export interface CostSums {
  revenue: Float64Array;
  cost: Float64Array;
  count: Float64Array;
}

/** Adds chosen rows; `keys` says where each goes. */
export function costByKey(
  amounts: Values,
  costs: Values,
  chosen: Uint32Array,
  keys: Uint32Array,
  chosenCount: number,
  sign: number,
  { revenue, cost, count }: CostSums,
): void {
  for (let at = 0; at < chosenCount; at++) {
    const row = chosen[at] as number;
    const own = costs[row] as number;
    if (own === NO_AMOUNT) continue;
    const key = keys[at] as number;
    revenue[key] = (revenue[key] as number) + sign * (amounts[row] as number);
    cost[key] = (cost[key] as number) + sign * own;
    count[key] = (count[key] as number) + sign;
  }
}

/** Adds the rows from `from` to before `to` to the first sums. */
export function costRange(
  amounts: Values,
  costs: Values,
  from: number,
  to: number,
  sign: number,
  into: CostSums,
): void {
  if (amounts instanceof Int32Array && costs instanceof Int32Array) {
    narrowCostRange(amounts, costs, from, to, sign, into);
    return;
  }
  let revenue = 0;
  let cost = 0;
  let count = 0;
  for (let row = from; row < to; row++) {
    const own = costs[row] as number;
    if (own === NO_AMOUNT) continue;
    revenue += amounts[row] as number;
    cost += own;
    count++;
  }
  addCost(into, sign, revenue, cost, count);
}

/** Without a branch, which no processor foresees where one cost in ten is missing. */
function narrowCostRange(
  amounts: Int32Array,
  costs: Int32Array,
  from: number,
  to: number,
  sign: number,
  into: CostSums,
): void {
  let revenue = 0;
  let cost = 0;
  let missing = 0;
  for (let row = from; row < to; row++) {
    const own = costs[row] as number;
    const apart = own ^ NO_AMOUNT;
    // All ones where there is a cost, else all zeros.
    const mask = (apart | (0 - apart)) >> 31;
    revenue += (amounts[row] as number) & mask;
    cost += own & mask;
    missing += ~mask & 1;
  }
  addCost(into, sign, revenue, cost, to - from - missing);
}

function addCost(into: CostSums, sign: number, revenue: number, cost: number, count: number): void {
  into.revenue[0] = (into.revenue[0] as number) + sign * revenue;
  into.cost[0] = (into.cost[0] as number) + sign * cost;
  into.count[0] = (into.count[0] as number) + sign * count;
}

/** Adds chosen rows to the first sums. */
export function costChosen(
  amounts: Values,
  costs: Values,
  chosen: Uint32Array,
  chosenCount: number,
  sign: number,
  into: CostSums,
): void {
  let revenue = 0;
  let cost = 0;
  let count = 0;
  for (let at = 0; at < chosenCount; at++) {
    const row = chosen[at] as number;
    const own = costs[row] as number;
    if (own === NO_AMOUNT) continue;
    revenue += amounts[row] as number;
    cost += own;
    count++;
  }
  addCost(into, sign, revenue, cost, count);
}
