import { describe, expect, it } from 'vitest';
import {
  type ExploreState,
  firstChart,
  readState,
  writeState,
} from '../../../../widgets/elements/explore/explore-state.ts';

const asked: ExploreState = {
  chart: {
    metrics: ['revenue'],
    by: 'custom.lead.industry',
    isOverTime: true,
    grain: 'week',
    type: 'area',
    stacking: 'percent',
    limit: 5,
    withOthers: false,
    transform: 'movingAverage',
    window: 6,
  },
  range: '2026-01-01/2026-03-31',
  filters: { region: ['DACH', ''], 'custom.account.tier': ['A, B'] },
  saved: '01a2b3c4-0000-7000-8000-000000000001',
};

describe('the question in the address', () => {
  it('comes back as it was written', () => {
    expect(readState(writeState(asked))).toEqual(asked);
  });

  it('leaves out what is as it starts', () => {
    expect(writeState(readState(''))).toBe('metrics=revenue');
    expect(readState('').chart).toEqual(firstChart);
  });

  it('falls back where an address can’t be meant', () => {
    const wrong = 'metrics=planets&by=shoe&time=true&type=donut&limit=1e9&window=2.5&range=2026-13-01/x&saved=1&who=me';
    expect(readState(wrong)).toEqual({ chart: firstChart, range: 'last-12-months', filters: {}, saved: null });
  });
});
