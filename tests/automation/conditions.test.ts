import { describe, expect, it } from 'vitest';
import { conditionsHold, type Facts } from '../../backend/automation/conditions.ts';
import type { ConditionOperator } from '../../backend/contracts/automation.ts';

const facts: Facts = {
  record: {
    name: 'Ann',
    source: ' Web ',
    segment: null,
    owner: { id: 'rep', name: 'Rolf' },
    stage: { id: 'new', name: 'New', kind: 'open' },
    value: { amount: '100.00', currency: 'USD' },
    score: 80,
    tags: ['hot', 'fair 2026'],
    expectedCloseOn: '2026-03-10',
    createdAt: '2026-03-01T23:30:00Z',
    custom: { size: 12.5, is_key: true, colours: ['red'], since: null, price: '0.3' },
  },
  valueBase: '90000000000000.0001',
  today: '2026-03-05',
  timeZone: 'Europe/Berlin',
};

describe('conditions', () => {
  const cases: [string, ConditionOperator, string[], boolean][] = [
    ['source', 'any-of', ['web', 'fair'], true],
    ['source', 'none-of', ['web'], false],
    ['segment', 'any-of', ['SMB'], false],
    ['segment', 'none-of', ['SMB'], true],
    ['segment', 'empty', [], true],
    ['name', 'filled', [], true],
    ['name', 'contains', ['NN'], true],
    ['owner', 'any-of', ['rep'], true],
    ['stage', 'none-of', ['new'], false],
    ['tags', 'any-of', ['HOT'], true],
    ['score', 'at-least', ['80'], true],
    ['score', 'below', ['80'], false],
    // In the company's currency, to the last digit.
    ['value', 'at-least', ['90000000000000.0001'], true],
    ['value', 'at-least', ['90000000000000.0002'], false],
    ['custom.size', 'below', ['12.6'], true],
    ['custom.price', 'at-least', ['0.3'], true],
    ['custom.is_key', 'yes', [], true],
    ['custom.other', 'no', [], true],
    ['custom.colours', 'any-of', ['red'], true],
    ['custom.since', 'empty', [], true],
    ['custom.since', 'older-days', ['1'], false],
    ['expectedCloseOn', 'next-days', ['5'], true],
    ['expectedCloseOn', 'next-days', ['4'], false],
    ['expectedCloseOn', 'past-days', ['30'], false],
    // Half past midnight of the second in Berlin.
    ['createdAt', 'past-days', ['3'], true],
    ['createdAt', 'older-days', ['3'], false],
    ['createdAt', 'older-days', ['2'], true],
  ];
  it.each(cases)('%s %s %j: %s', (field, operator, values, expected) => {
    expect(conditionsHold({ match: 'all', items: [{ field, operator, values }] }, facts)).toBe(expected);
  });

  it('hold all, any, or where there are none', () => {
    const yes = { field: 'name', operator: 'filled', values: [] } as const;
    const no = { field: 'name', operator: 'empty', values: [] } as const;
    expect(
      conditionsHold(
        {
          match: 'all',
          items: [
            { ...yes, values: [] },
            { ...no, values: [] },
          ],
        },
        facts,
      ),
    ).toBe(false);
    expect(
      conditionsHold(
        {
          match: 'any',
          items: [
            { ...yes, values: [] },
            { ...no, values: [] },
          ],
        },
        facts,
      ),
    ).toBe(true);
    expect(conditionsHold({ match: 'any', items: [] }, facts)).toBe(true);
  });
});
