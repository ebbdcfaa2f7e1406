import { describe, expect, it } from 'vitest';
import { questionOf, requestOf } from '../../../../widgets/elements/chart/question.ts';

const now = new Date('2026-11-22T12:00:00Z');
const attributes = {
  metrics: undefined,
  by: undefined,
  grain: undefined,
  type: undefined,
  range: 'last-12-months',
  limit: 12,
};
const ask = (own: object) => questionOf({ ...attributes, ...own }, 'UTC', now);

describe('question of a chart', () => {
  it('is a line over time unless told otherwise', () => {
    expect(ask({})).toMatchObject({ metrics: ['revenue'], type: 'line', grain: 'month', by: null });
    expect(ask({ by: 'region' })).toMatchObject({ type: 'bar', by: 'region' });
    expect(ask({ type: 'scatter', metrics: ['winRate', 'revenue'] })).toMatchObject({ by: 'owner' });
  });

  it.each([{ type: 'donut' }, { by: 'planet' }, { grain: 'hour' }, { range: 'soon' }])('refuses %o', (own) => {
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

  it('asks for all values where a share of the whole or a cloud is drawn', () => {
    expect(requestOf(ask({ by: 'team', type: 'pie' }), {})[1]).toMatchObject({ limit: 200 });
  });
});
