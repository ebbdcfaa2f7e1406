import { dimensionSchema } from '../../../../contracts/analytics.ts';
import { type FactId, factDimensions, type MeasureId, measureFacts } from '../../../measures.ts';
import type { StoreQuestion } from '../store/contract.ts';

const everyMeasure = Object.keys(measureFacts) as MeasureId[];
/** Whatever day a fact is of. */
const ALWAYS = { from: '1000-01-01', to: '9999-12-31' };

const ofFacts = (facts: (fact: FactId) => boolean): MeasureId[] =>
  everyMeasure.filter((measure) => facts(measureFacts[measure]));

const ask = (today: string, measures: MeasureId[], rest: Pick<StoreQuestion, 'grain' | 'by'>): StoreQuestion => ({
  period: ALWAYS,
  filters: {},
  scope: { kind: 'all' },
  today,
  measures,
  ...rest,
});

/** Everything there is, in one cell: any fact too many, too few or of another amount shows. */
export const totals = (today: string): StoreQuestion[] => [ask(today, everyMeasure, { grain: null, by: null })];

/** The same over time and by each dimension: also what is in the wrong place shows. */
export function everyCell(today: string): StoreQuestion[] {
  const overTime = ofFacts((fact) => fact !== 'pipeline');
  return [
    ...totals(today),
    ask(today, overTime, { grain: 'month', by: null }),
    ...dimensionSchema.options.flatMap((by) => {
      const has = (fact: FactId) => factDimensions[fact].has(by);
      return [
        ask(
          today,
          ofFacts((fact) => fact !== 'pipeline' && has(fact)),
          { grain: 'year', by },
        ),
        ask(
          today,
          ofFacts((fact) => fact === 'pipeline' && has(fact)),
          { grain: null, by },
        ),
      ].filter(({ measures }) => measures.length > 0);
    }),
  ];
}
