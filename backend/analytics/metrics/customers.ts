import { divide } from '../decimal.ts';
import type { Metric } from '../metric.ts';

const conversionRate: Metric = {
  id: 'conversionRate',
  name: 'Conversion rate',
  unit: 'ratio',
  betterWhen: 'higher',
  definition: 'Of the leads created in the period, the share that has been converted by today.',
  formula: 'converted leads created in the period / leads created in the period',
  fieldGroup: null,
  isAdditive: false,
  measures: ['leadCount', 'convertedCount'],
  population: 'leads',
  note: 'Young leads have had less time: the rate of a recent period still grows as its leads convert.',
  value: ({ leadCount, convertedCount }) => divide(convertedCount, leadCount, 6),
};

const acquisitionCost: Metric = {
  id: 'acquisitionCost',
  name: 'Customer acquisition cost',
  unit: 'money',
  betterWhen: 'lower',
  definition:
    'Sales and marketing spend of the period per new customer; a new customer is an account whose first sale ever falls in the period.',
  formula: 'spend / accounts whose first sale ever falls in the period',
  fieldGroup: null,
  isAdditive: false,
  measures: ['spend', 'newCustomers'],
  population: 'spend',
  note: 'Spend counts in the period it was spent, though it may win customers later. Split or filtered, it leaves out spend that is not booked on a region, team or source; a new customer counts where its first sale does.',
  value: ({ spend, newCustomers }, digits) => divide(spend, newCustomers, digits),
};

const activeCustomers: Metric = {
  id: 'activeCustomers',
  name: 'Active customers',
  unit: 'count',
  betterWhen: 'higher',
  definition: 'The number of different accounts that bought in the period.',
  formula: 'number of different accounts of the sales booked in the period',
  fieldGroup: null,
  isAdditive: false,
  measures: ['activeCustomers'],
  population: 'accountSales',
  note: 'An account counts once, however often it bought, so an account that bought in two months counts in each of them. Sales without an account are not counted.',
  value: ({ activeCustomers: accounts }) => accounts,
};

export const customerMetrics = [conversionRate, acquisitionCost, activeCustomers] as const;
