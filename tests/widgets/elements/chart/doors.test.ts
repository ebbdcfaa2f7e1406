import { describe, expect, it } from 'vitest';
import type { ChartModel, ChartQuestion, ChartSeries } from '../../../../widgets/elements/chart/chart-types.ts';
import { drillOf, filtersFor } from '../../../../widgets/elements/chart/doors.ts';

const question: ChartQuestion = {
  metrics: ['revenue'],
  by: null,
  isOverTime: false,
  grain: 'month',
  type: 'bar',
  stacking: 'none',
  range: { from: '2026-08-10', to: '2026-10-31' },
  compare: 'none',
  limit: 12,
  withOthers: false,
  transform: 'none',
  window: 2,
};
const period = (from: string, to: string) => ({
  from,
  to,
  label: from,
  shortLabel: from,
  member: null,
  isPartial: false,
  before: null,
});
const east = { id: 'East', name: 'East', isRest: false };
const rest = { id: null, name: 'Others', isRest: true };
const series: ChartSeries = {
  id: 'value:East',
  metric: 'revenue',
  member: null,
  label: 'Revenue',
  unit: 'money',
  currency: 'EUR',
  values: ['1', '2', '3'],
  shares: null,
  isBefore: false,
  look: 0,
};
const model: ChartModel = {
  type: 'bar',
  stacking: 'none',
  replacements: [],
  points: [period('2026-08-10', '2026-08-31'), period('2026-09-01', '2026-09-30'), period('2026-10-01', '2026-10-31')],
  series: [series],
  isCut: false,
};
const split: ChartModel = {
  ...model,
  series: [
    { ...series, member: east },
    { ...series, member: rest },
  ],
};
const splitQuestion: ChartQuestion = { ...question, by: 'region', isOverTime: true };
/** What it was a year before; of the last period there is nothing before. */
const compared: ChartModel = {
  ...model,
  points: model.points.map((point, index) => ({
    ...point,
    before: index < 2 ? { from: point.from.replace('2026', '2025'), to: point.to.replace('2026', '2025') } : null,
  })),
  series: [series, { ...series, id: 'revenue.before', values: ['4', '5', null], isBefore: true }],
};
const last = { point: 2, series: 0 };

describe('the records behind a mark', () => {
  it('of what was before are those of the days before', () => {
    const behind = (point: number, transform: ChartQuestion['transform'] = 'none') =>
      drillOf({ ...question, transform }, compared, { point, series: 1 }, {});
    expect(behind(1)).toEqual({ metric: 'revenue', value: '5', from: '2025-09-01', to: '2025-09-30', filters: {} });
    expect(behind(1, 'runningTotal')).toMatchObject({ from: '2025-08-10', to: '2025-09-30' });
    expect(behind(2)).toBeNull();
  });

  it('are those of its days, its value and the filters', () => {
    expect(drillOf(splitQuestion, split, last, { team: ['t'] })).toEqual({
      metric: 'revenue',
      value: '3',
      from: '2026-10-01',
      to: '2026-10-31',
      filters: { team: ['t'], region: ['East'] },
    });
  });

  it('are all up to it in a running total, and those of its periods in a mean', () => {
    const days = (own: Partial<ChartQuestion>) => drillOf({ ...question, ...own }, model, last, {});
    expect(days({ transform: 'runningTotal' })).toMatchObject({ from: '2026-08-10', to: '2026-10-31', value: '3' });
    expect(days({ transform: 'movingAverage' })).toMatchObject({ from: '2026-09-01', to: '2026-10-31', value: null });
  });

  it('are not offered for what is added up as others', () => {
    expect(drillOf(splitQuestion, split, { point: 2, series: 1 }, {})).toBeNull();
    expect(drillOf(splitQuestion, split, { point: 2, series: -1 }, {})).toBeNull();
  });
});

describe('what a mark can be looked at alone by', () => {
  it('is its value and its period in a split over time', () => {
    expect(filtersFor(splitQuestion, split, last)).toEqual([
      { dimension: 'region', values: ['East'], label: 'East' },
      { dimension: 'period', range: { from: '2026-10-01', to: '2026-10-31' }, label: '2026-10-01' },
    ]);
    expect(filtersFor(splitQuestion, split, { point: 2, series: -1 })).toHaveLength(1);
  });

  it('is its value where values are compared', () => {
    const compared = { ...model, points: [{ ...period('2026-08-10', '2026-10-31'), label: 'East', member: east }] };
    const asked = { ...question, by: 'region' as const };
    expect(filtersFor(asked, compared, { point: 0, series: 0 })).toEqual([
      { dimension: 'region', values: ['East'], label: 'East' },
    ]);
  });
});
