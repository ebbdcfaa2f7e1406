import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInScope, type RecordScope, scopeSql } from '../../backend/access/index.ts';
import { type Database, sql } from '../../backend/db/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { fc } from '../support/fast-check.ts';

const ids = ['1', '2', '3'].map((last) => `00000000-0000-7000-8000-00000000000${last}`);
const someId = fc.constantFrom(...ids);
const maybeId = fc.option(someId);
const scopes: fc.Arbitrary<RecordScope> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.constant({ kind: 'all' as const }),
  someId.map((userId) => ({ kind: 'own' as const, userId })),
  fc.record({ kind: fc.constant('team' as const), userId: someId, teamIds: fc.array(someId, { maxLength: 2 }) }),
);

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

describe('scopeSql', () => {
  it('reaches the same records as its twin in memory', async () => {
    const records = fc.array(fc.record({ ownerId: maybeId, teamId: maybeId }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(scopes, records, async (scope, rows) => {
        const found = await database.sql.rows<{ place: number }>(sql`
          select r.place from jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place })))}::jsonb)
            as x(place int, "ownerId" uuid, "teamId" uuid),
            lateral (select x.place, x."ownerId" as owner_id, x."teamId" as team_id) r
          where ${scopeSql(scope, 'r')} order by r.place`);
        const expected = rows.flatMap((row, place) => (isInScope(scope, row) ? [place] : []));
        expect(found.map(({ place }) => place)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
