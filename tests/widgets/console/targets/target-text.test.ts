import { beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../../backend/contracts/targets.ts';
import { Format } from '../../../../widgets/base/format.ts';
import { targetMessages } from '../../../../widgets/console/targets/messages.ts';
import { subjectBody } from '../../../../widgets/console/targets/target-choices.ts';
import {
  periodText,
  progressOf,
  runRateText,
  subjectKind,
  subjectName,
} from '../../../../widgets/console/targets/target-text.ts';
import { addMessages } from '../../../../widgets/console/text.ts';

const format = new Format('en', 'UTC');
const TODAY = '2026-11-23';
const target: Target = {
  ...{ id: 'a', metric: 'revenue', unit: 'money', currency: 'EUR', team: null, user: null },
  ...{ grain: 'month', from: '2026-11-01', to: '2026-11-30', value: '1000.00' },
  ...{ attained: '650.00', attainment: 0.65, runRate: '886.36' },
  ...{ canEdit: true, updatedAt: '2026-11-01T00:00:00.000Z', version: 1 },
};

beforeAll(() => addMessages(targetMessages));

describe('a target in words', () => {
  it('names whom it is for', () => {
    const named = { id: 'b', name: 'North' };
    expect([subjectName(target), subjectKind(target)]).toEqual(['The whole company', 'Company']);
    expect(subjectName({ ...target, team: named })).toBe('North');
    expect(subjectKind({ ...target, user: named })).toBe('Person');
  });

  it('names its period', () => {
    expect(periodText(format, target)).toBe('November 2026');
    expect(periodText(format, { grain: 'quarter', from: '2026-10-01' })).toBe('Q4 2026');
    expect(periodText(format, { grain: 'year', from: '2026-01-01' })).toBe('2026');
  });

  it('tells how far it is, with a bar that never leaves its frame', () => {
    expect(progressOf(format, target, TODAY)).toEqual({ share: 0.65, text: expect.stringMatching(/650.* · 65\s?%/) });
    expect(progressOf(format, { ...target, attained: '1500.00', attainment: 1.5 }, TODAY)).toEqual({
      share: 1,
      text: expect.stringMatching(/150\s?%/),
    });
    expect(progressOf(format, { ...target, attained: '-5.00', attainment: -0.005 }, TODAY).share).toBe(0);
  });

  it('says why there is nothing to tell', () => {
    expect(progressOf(format, { ...target, attained: null, attainment: null, runRate: null }, TODAY)).toEqual({
      share: null,
      text: 'Not shown to your role',
    });
    expect(progressOf(format, { ...target, attained: '0.00', attainment: 0 }, '2026-10-31').text).toBe('Not begun');
  });

  it('tells where it leads, until it is over', () => {
    expect(runRateText(format, target, TODAY)).toMatch(/886.* · 89\s?%/);
    expect(runRateText(format, target, '2026-12-01')).toBe('Ended');
    expect(runRateText(format, { ...target, runRate: null }, TODAY)).toBe(format.number(null));
  });
});

it('what was chosen becomes what the API takes', () => {
  expect(subjectBody('company')).toEqual({});
  expect(subjectBody('team:1')).toEqual({ teamId: '1' });
  expect(subjectBody('user:2')).toEqual({ userId: '2' });
});
