import { describe, expect, it } from 'vitest';
import {
  asState,
  type ExploreState,
  firstChart,
  namesOnlySaved,
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
  compare: 'year',
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

  it('keeps measures in their order, each once', () => {
    const { chart } = readState('metrics=winRate&metrics=revenue&metrics=winRate');
    expect(chart.metrics).toEqual(['winRate', 'revenue']);
  });

  it('falls back where an address can’t be meant', () => {
    const wrong = 'metrics=planets&by=shoe&time=true&type=donut&limit=1e9&window=2.5&range=2026-13-01/x&saved=1&who=me';
    expect(readState(`${wrong}&compare=decade`)).toEqual({
      ...{ chart: firstChart, range: 'last-12-months', compare: 'none', filters: {}, saved: null },
    });
  });
});

describe('a saved question', () => {
  const { chart, saved } = asked;
  const id = saved ?? '';
  const kept = { id, name: 'Tiers', chart, isShared: true, owner: null, isMine: false, canEdit: false };

  it('opens with all that was saved', () => {
    const selection = { range: '2026-01-01/2026-03-31', compare: 'year' as const, filters: { region: ['DACH', ''] } };
    const opened = asState({ ...kept, selection, updatedAt: '2026-11-23T10:00:00Z', version: 3 });
    expect(opened).toEqual({ ...asked, filters: { region: ['DACH', ''] } });
    expect(readState(writeState(opened))).toEqual(opened);
  });

  it('is named by a short address, which a question in full is not', () => {
    expect(namesOnlySaved(`saved=${id}`)).toBe(true);
    for (const query of ['', 'saved=7', writeState(asked), `saved=${id}&metrics=units`])
      expect(namesOnlySaved(query)).toBe(false);
  });
});
