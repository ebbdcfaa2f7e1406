import { describe, expect, it } from 'vitest';
import { checkUuids, RowIds } from '../../../../backend/analytics/engines/columnar/store/row-ids.ts';
import { fc } from '../../../support/fast-check.ts';

const uuidOf = (number: number): string => `0192aaaa-bbbb-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** Ids that come and go; few of them, so that most are met again. */
const steps = fc.array(fc.record({ id: fc.integer({ min: 0, max: 120 }).map(uuidOf), isLeaving: fc.boolean() }), {
  maxLength: 600,
  size: 'max',
});

describe('ids of rows', () => {
  it('are found at the row that they have, while others come and go', () => {
    fc.assert(
      fc.property(steps, fc.nat(600), (wanted, savedAt) => {
        let ids = new RowIds();
        const rows: string[] = [];
        for (const [index, { id, isLeaving }] of wanted.entries()) {
          const row = rows.indexOf(id);
          expect(ids.find(id)).toBe(row < 0 ? null : row);
          if (isLeaving) {
            ids.remove(id);
            const last = rows.pop();
            if (row >= 0 && last !== undefined && row < rows.length) rows[row] = last;
            else if (row < 0 && last !== undefined) rows.push(last);
          } else if (row < 0) {
            expect(ids.add(id)).toBe(rows.length);
            rows.push(id);
          }
          if (index === savedAt) ids = new RowIds(ids.saved().slice());
        }
        expect(ids.rows).toBe(rows.length);
        expect(rows.map((id) => ids.find(id))).toEqual(rows.map((_, row) => row));
      }),
    );
  });

  it('take a sixth of what texts in a map take', () => {
    const ids = new RowIds();
    for (let row = 0; row < 200_000; row++) ids.add(uuidOf(row * 7_919));
    ids.reserve(0);
    expect(ids.bytes / ids.rows).toBeLessThan(24);
  });

  it('are uuids as the database writes them', () => {
    checkUuids([uuidOf(1), uuidOf(255)]);
    for (const text of ['', 'seven', uuidOf(1).slice(1), `${uuidOf(1)}0`, uuidOf(1).replace('a', 'A')]) {
      expect(() => checkUuids([text])).toThrow('no uuid');
    }
  });
});
