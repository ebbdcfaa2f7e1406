import { addDays } from '../../../backend/calendar/index.ts';
import { fc } from '../../support/fast-check.ts';
import type { Pool } from '../random-facts.ts';
import { type History, type State, stageKinds } from './histories.ts';

const FIRST_MOMENT = Date.parse('2026-03-01T00:00:00Z');
const DAYS = 120;

export const someReportDay = fc.nat(DAYS + 10).map((day) => addDays('2026-02-24', day));
export const someReportPeriod = fc
  .tuple(someReportDay, someReportDay)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 });

/** What one event makes different; what it does not name stays. */
const someChange = (pool: Pool): fc.Arbitrary<Partial<State>> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...Object.keys(stageKinds)).map((stage) => ({ stage })) },
    { weight: 2, arbitrary: fc.option(fc.nat(9_999_999), { freq: 6 }).map((cents) => ({ cents })) },
    { weight: 1, arbitrary: someReportDay.map((closeOn) => ({ closeOn })) },
    { weight: 1, arbitrary: fc.record({ ownerId: orNull(pool.owners), teamId: orNull(pool.teams) }) },
  );

/** Opportunities that wander between stages, values, owners and two pipelines, at any minute of the day. */
export const someHistories = (pool: Pool): fc.Arbitrary<History[]> =>
  fc.array(
    fc
      .record({
        id: fc.uuid({ version: 7 }),
        start: fc.record<State>({
          stage: fc.constantFrom('Sales/Discovery', 'Sales/Discovery', 'Sales/Proposal', 'Renewals/Due', 'Sales/Won'),
          cents: fc.option(fc.nat(9_999_999), { freq: 6 }),
          ownerId: orNull(pool.owners),
          teamId: orNull(pool.teams),
          closeOn: fc.option(someReportDay, { freq: 4 }),
        }),
        minutes: fc.uniqueArray(fc.nat(DAYS * 24 * 60), { minLength: 1, maxLength: 7 }),
        changes: fc.array(someChange(pool), { minLength: 7, maxLength: 7 }),
        source: orNull(['Web', 'Fair']),
        segment: orNull(['SMB', 'Enterprise']),
        region: orNull(['East', 'West']),
        nextStep: fc.constantFrom(null, '', ' ', 'Call back'),
        hasOpenTask: fc.boolean(),
        isDeleted: fc.constantFrom(false, false, false, false, true),
      })
      .map(({ start, minutes, changes, ...rest }): History => {
        let state = start;
        const moments = minutes.sort((a, b) => a - b);
        const states = moments.map((minute, index) => {
          state = index === 0 ? start : { ...state, ...changes[index] };
          return { at: new Date(FIRST_MOMENT + minute * 60_000).toISOString(), ...state };
        });
        return { ...rest, states };
      }),
    { minLength: 3, maxLength: 25 },
  );
