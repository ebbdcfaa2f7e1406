import { divide, isZero, round, subtract } from '../decimal.ts';
import type { Measures } from '../measures.ts';
import type { Metric } from '../metric.ts';

const COST_NOTE = 'Only sales with a known cost count, so it does not follow from revenue where costs are missing.';

/** Some sales have no known cost: say how many. */
function costCaveat({ saleCount, costedCount }: Measures): string | null {
  const missing = subtract(saleCount, costedCount);
  return isZero(missing) ? null : `${missing} of ${saleCount} sales have no known cost and are left out.`;
}

const hasOnlyUncosted = ({ saleCount, costedCount }: Measures): boolean => isZero(costedCount) && !isZero(saleCount);

const revenue: Metric = {
  id: 'revenue',
  name: 'Revenue',
  unit: 'money',
  betterWhen: 'higher',
  definition: 'The sum of net sale amounts, in the company currency at the rate of the day of the sale.',
  formula: 'sum of net sale amounts',
  fieldGroup: null,
  isAdditive: true,
  measures: ['revenue'],
  population: 'sales',
  note: null,
  value: (measures, digits) => round(measures.revenue, digits),
};

const salesVolume: Metric = {
  id: 'salesVolume',
  name: 'Sales volume',
  unit: 'count',
  betterWhen: 'higher',
  definition: 'The number of sales booked; a sale is one line, so a deal with three products is three sales.',
  formula: 'number of sales',
  fieldGroup: null,
  isAdditive: true,
  measures: ['saleCount'],
  population: 'sales',
  note: null,
  value: (measures) => measures.saleCount,
};

const units: Metric = {
  id: 'units',
  name: 'Units sold',
  unit: 'count',
  betterWhen: 'higher',
  definition: 'The sum of the quantities of all sales.',
  formula: 'sum of quantities',
  fieldGroup: null,
  isAdditive: true,
  measures: ['units'],
  population: 'sales',
  note: null,
  value: (measures) => trimZeros(measures.units),
};

const grossProfit: Metric = {
  id: 'grossProfit',
  name: 'Gross profit',
  unit: 'money',
  betterWhen: 'higher',
  definition: 'Net sale amounts less the cost of goods, over the sales whose cost is known.',
  formula: 'sum of (net amount - cost) of sales with a known cost',
  fieldGroup: 'cost',
  isAdditive: true,
  measures: ['costedRevenue', 'cost', 'saleCount', 'costedCount'],
  population: 'costedSales',
  note: COST_NOTE,
  value: (measures, digits) =>
    hasOnlyUncosted(measures) ? null : round(subtract(measures.costedRevenue, measures.cost), digits),
  caveat: costCaveat,
};

const profitMargin: Metric = {
  id: 'profitMargin',
  name: 'Profit margin',
  unit: 'ratio',
  betterWhen: 'higher',
  definition: 'Gross profit as a share of the revenue of the sales whose cost is known.',
  formula: 'gross profit / revenue of sales with a known cost',
  fieldGroup: 'cost',
  isAdditive: false,
  measures: ['costedRevenue', 'cost', 'saleCount', 'costedCount'],
  population: 'costedSales',
  note: COST_NOTE,
  value: ({ costedRevenue, cost }) => divide(subtract(costedRevenue, cost), costedRevenue, 6),
  caveat: costCaveat,
};

/** `12.5000` as `12.5`, `3.0000` as `3`. */
function trimZeros(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

export const salesMetrics = [revenue, salesVolume, units, grossProfit, profitMargin] as const;
