import type { Question } from '../../../../backend/analytics/engine.ts';
import { measureFacts } from '../../../../backend/analytics/measures.ts';
import { dimensionSchema, grainSchema } from '../../../../backend/contracts/analytics.ts';
import { fc } from '../../../support/fast-check.ts';
import type { Company } from '../../../support/people.ts';
import { type Pool, someDay, someFilters, somePeriod } from '../../random-facts.ts';
import { hasDimensions } from '../store/model.ts';
import { everyMeasure } from './questions.ts';

/** A question of somebody; sales are always among what is asked. */
export const someQuestion = (pool: Pool, { users, teams }: Company): fc.Arbitrary<Question> =>
  fc
    .record({
      period: somePeriod,
      filters: someFilters(pool),
      scope: fc.constantFrom<Question['scope']>(
        { kind: 'all' },
        { kind: 'all' },
        { kind: 'none' },
        { kind: 'own', userId: users.rep },
        { kind: 'team', userId: users.manager, teamIds: [teams.North] },
        { kind: 'team', userId: users.stranger, teamIds: [teams.North, teams.South] },
      ),
      today: someDay,
      grain: fc.option(fc.constantFrom(...grainSchema.options), { nil: null }),
      by: fc.option(fc.constantFrom(...dimensionSchema.options), { nil: null }),
      measures: fc.subarray(everyMeasure, { minLength: 1 }),
    })
    .map(({ filters, measures, by, ...asked }) => {
      const wanted = Object.entries(filters).map(([name, values]) => [name, values.map((value) => value || null)]);
      const used = [
        ...Object.keys(filters),
        ...(by === null ? [] : [by]),
      ] as (typeof dimensionSchema.options)[number][];
      const all = new Set([...measures, 'saleCount' as const]);
      return {
        ...asked,
        by,
        filters: Object.fromEntries(wanted),
        measures: [...all].filter((measure) => hasDimensions(measureFacts[measure], used)),
        byReach: null,
      };
    });
