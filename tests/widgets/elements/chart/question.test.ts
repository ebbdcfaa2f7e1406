import { describe, expect, it } from 'vitest';
import { questionOf, requestOf } from '../../../../widgets/elements/chart/question.ts';

const now = new Date('2026-11-22T12:00:00Z');
const attributes = {
  metrics: undefined,
  by: undefined,
  grain: undefined,
  type: undefined,
  range: 'last-12-months',
  compare: undefined,
  limit: 12,
  isOverTime: false,
  stacking: undefined,
  withOthers: false,
  transform: undefined,
  window: 3,
};
const ask = (own: object) => questionOf({ ...attributes, ...own }, 'UTC', now);

describe('question of a chart', () => {
  it('is a line over time unless told otherwise', () => {
    expect(ask({})).toMatchObject({ metrics: ['revenue'], type: 'line', grain: 'month', by: null });
    expect(ask({ by: 'region' })).toMatchObject({ type: 'bar', by: 'region' });
    expect(ask({ type: 'scatter', metrics: ['winRate', 'revenue'] })).toMatchObject({ by: 'owner' });
  });

  it.each([
    { type: 'donut' },
    { by: 'planet' },
    { by: 'custom.team.size' },
    { stacking: 'high' },
    { transform: 'log' },
    { grain: 'hour' },
    { range: 'soon' },
  ])('refuses %o', (own) => {
    expect(() => ask(own)).toThrow(expect.objectContaining({ code: 'invalid_attribute' }));
  });

  it('asks for a series or a breakdown, with its filters', () => {
    expect(requestOf(ask({}), { region: ['EMEA'] })).toEqual([
      'analytics/series',
      { from: '2025-12-01', to: '2026-11-22', metrics: ['revenue'], region: ['EMEA'], grain: 'month' },
    ]);
    expect(requestOf(ask({ by: 'team' }), {})).toEqual([
      'analytics/breakdown',
      { from: '2025-12-01', to: '2026-11-22', metrics: ['revenue'], by: 'team', limit: 12 },
    ]);
  });

  it('asks for a series split by a dimension, with the others and what is done with the figures', () => {
    const own = {
      by: 'custom.lead.industry',
      isOverTime: true,
      withOthers: true,
      transform: 'movingAverage',
      window: 6,
    };
    expect(requestOf(ask(own), {})).toEqual([
      'analytics/series',
      {
        from: '2025-12-01',
        to: '2026-11-22',
        metrics: ['revenue'],
        grain: 'month',
        by: 'custom.lead.industry',
        limit: 12,
        others: true,
        transform: 'movingAverage',
        window: 6,
      },
    ]);
  });

  it('asks for the whole where shares of it are drawn, and for all values of a cloud', () => {
    const query = (own: object) => requestOf(ask({ by: 'team', ...own }), {})[1];
    expect(query({ type: 'pie' })).toMatchObject({ limit: 7, others: true });
    expect(query({ type: 'doughnut', limit: 4 })).toMatchObject({ limit: 4, others: true });
    expect(query({ type: 'bar', isOverTime: true, stacking: 'percent' })).toMatchObject({ others: true });
    expect(query({ type: 'bar' })).not.toHaveProperty('others');
    expect(query({ type: 'scatter' })).toMatchObject({ limit: 200 });
  });
});

describe('a comparison', () => {
  it('is asked for where a chart can show it', () => {
    const asked = (own: object) => requestOf(ask({ compare: 'year', ...own }), {})[1];
    expect(asked({})).toMatchObject({ compare: 'year' });
    expect(asked({ by: 'region', type: 'table' })).toMatchObject({ compare: 'year' });
    for (const own of [{ type: 'pie' }, { type: 'scatter' }, { isOverTime: true }])
      expect(asked({ by: 'region', ...own })).not.toHaveProperty('compare');
    expect(asked({ compare: 'none' })).not.toHaveProperty('compare');
    expect(() => ask({ compare: 'decade' })).toThrow(/compare="decade"/);
  });
});
