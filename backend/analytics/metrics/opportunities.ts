import { add, divide, isZero, multiply, round, subtract } from '../decimal.ts';
import type { Measures } from '../measures.ts';
import type { CaveatContext, Metric } from '../metric.ts';

const PAST_PIPELINE =
  'As it stood at the end of the period: stage, owner, team and amount from the stage history, other fields as they are today.';
const pastCaveat = (_: Measures, { isPast }: CaveatContext): string | null => (isPast ? PAST_PIPELINE : null);

function unpricedCaveat({ wonCount, wonPriced }: Measures): string | null {
  const missing = subtract(wonCount, wonPriced);
  return isZero(missing) ? null : `${missing} of ${wonCount} won opportunities have no amount and are left out.`;
}

const winRate: Metric = {
  id: 'winRate',
  name: 'Win rate',
  unit: 'ratio',
  betterWhen: 'higher',
  definition: 'Of the opportunities closed in the period, the share that was won.',
  formula: 'won / (won + lost), by the day of closing',
  fieldGroup: null,
  isAdditive: false,
  measures: ['wonCount', 'lostCount'],
  population: 'closed',
  note: null,
  value: ({ wonCount, lostCount }) => divide(wonCount, add(wonCount, lostCount), 6),
};

const averageDeal: Metric = {
  id: 'averageDeal',
  name: 'Average deal size',
  unit: 'money',
  betterWhen: 'higher',
  definition: 'The mean amount of the opportunities won in the period that have an amount.',
  formula: 'sum of amounts of won opportunities / number of won opportunities with an amount',
  fieldGroup: null,
  isAdditive: false,
  measures: ['wonAmount', 'wonPriced', 'wonCount'],
  population: 'won',
  note: null,
  value: ({ wonAmount, wonPriced }, digits) => divide(wonAmount, wonPriced, digits),
  caveat: unpricedCaveat,
};

const salesCycle: Metric = {
  id: 'salesCycle',
  name: 'Sales cycle',
  unit: 'days',
  betterWhen: 'lower',
  definition: 'The median number of days from the creation of an opportunity to its win, over those won in the period.',
  formula: 'median of (day won - day created)',
  fieldGroup: null,
  isAdditive: false,
  measures: ['cycleDays'],
  population: 'won',
  note: 'Opportunities whose day of winning lies before their creation are left out.',
  value: ({ cycleDays }) => (cycleDays === null ? null : round(cycleDays, 1)),
};

const pipelineValue: Metric = {
  id: 'pipelineValue',
  name: 'Pipeline value',
  unit: 'money',
  betterWhen: 'higher',
  definition: 'The sum of the amounts of the opportunities open at the end of the period (now, if it includes today).',
  formula: 'sum of amounts of open opportunities',
  fieldGroup: null,
  isAdditive: true,
  measures: ['openAmount'],
  population: 'open',
  note: null,
  value: ({ openAmount }, digits) => round(openAmount, digits),
  caveat: pastCaveat,
};

const weightedPipeline: Metric = {
  id: 'weightedPipeline',
  name: 'Weighted pipeline',
  unit: 'money',
  betterWhen: 'higher',
  definition:
    "The amounts of the opportunities open at the end of the period, each times its probability (its own, else its stage's; for past days its stage's).",
  formula: 'sum of (amount x probability) of open opportunities',
  fieldGroup: null,
  isAdditive: true,
  measures: ['openWeighted'],
  population: 'open',
  note: null,
  value: ({ openWeighted }, digits) => round(openWeighted, digits),
  caveat: pastCaveat,
};

const velocity: Metric = {
  id: 'velocity',
  name: 'Sales velocity',
  unit: 'moneyPerDay',
  betterWhen: 'higher',
  definition:
    'What the pipeline yields a day: open opportunities times win rate times average deal size, divided by the sales cycle.',
  formula: 'open opportunities x win rate x average deal size / sales cycle',
  fieldGroup: null,
  isAdditive: false,
  measures: ['openCount', 'wonCount', 'lostCount', 'wonAmount', 'wonPriced', 'cycleDays'],
  population: 'open',
  note: null,
  value({ openCount, wonCount, lostCount, wonAmount, wonPriced, cycleDays }, digits) {
    if (cycleDays === null) return null;
    const numerator = multiply(multiply(openCount, wonCount), wonAmount);
    const denominator = multiply(multiply(add(wonCount, lostCount), wonPriced), cycleDays);
    return divide(numerator, denominator, digits);
  },
  caveat: pastCaveat,
};

export const opportunityMetrics = [
  winRate,
  averageDeal,
  salesCycle,
  pipelineValue,
  weightedPipeline,
  velocity,
] as const;
