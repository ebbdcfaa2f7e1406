import { describe, expect, it } from 'vitest';
import type { MetricId } from '../../../../backend/contracts/analytics.ts';
import type { ChartSpec } from '../../../../backend/contracts/chart-spec.ts';
import { chartTypes, stackings, transforms } from '../../../../widgets/elements/chart/chart-types.ts';
import {
  type Metric,
  type Question,
  settled,
  whyNotGrain,
  whyNotMetric,
  whyNotOverTime,
  whyNotSplit,
  whyNotStacking,
  whyNotTransform,
  whyNotType,
} from '../../../../widgets/elements/explore/combinations.ts';
import { firstChart, grainNames, metricIds, splitNames } from '../../../../widgets/elements/explore/explore-state.ts';
import { fc } from '../../../support/fast-check.ts';

const sums: readonly MetricId[] = ['revenue', 'salesVolume', 'units', 'grossProfit'];
const catalogue = metricIds.map(
  (id): Metric => ({
    id,
    label: id,
    unit: 'money',
    currency: 'EUR',
    betterWhen: 'higher',
    definition: '',
    formula: '',
    caveat: null,
    isAdditive: sums.includes(id) || id === 'pipelineValue',
    addsUpOverTime: sums.includes(id),
    dimensions: id === 'acquisitionCost' ? ['region', 'team', 'source'] : [...splitNames],
    customOf: id === 'acquisitionCost' ? [] : id === 'conversionRate' ? ['lead'] : ['lead', 'opportunity', 'account'],
    records: 'sale',
  }),
);
const of = (own: Partial<ChartSpec>): Question => ({ chart: { ...firstChart, ...own }, catalogue });
const metric = (id: MetricId) => catalogue.find((one) => one.id === id) as Metric;
const year = { from: '2026-01-01', to: '2026-12-31' };

describe('what can be combined', () => {
  it('is one measure where it is split over time', () => {
    expect(whyNotMetric(of({ by: 'region', isOverTime: true }), metric('units'))).toBe('why.oneMetric');
    expect(whyNotOverTime(of({ by: 'region', metrics: ['revenue', 'units'] }))).toBe('why.oneMetric');
    expect(whyNotOverTime(of({}))).toBe('why.needsSplit');
    expect(whyNotMetric(of({}), metric('revenue'))).toBe('why.lastMetric');
  });

  it('is what a measure can be split and filtered by', () => {
    expect(whyNotMetric(of({ by: 'segment' }), metric('acquisitionCost'))).toBe('why.noSplit');
    expect(whyNotMetric(of({}), metric('acquisitionCost'), { segment: ['A'] })).toBe('why.noFilter');
    expect(whyNotSplit(of({ metrics: ['conversionRate'] }), 'custom.account.tier')).toBe('why.noSplit');
    expect(whyNotSplit(of({ metrics: ['conversionRate'] }), 'custom.lead.industry')).toBeNull();
  });

  it('is a shape that can show it', () => {
    expect(whyNotType(of({ by: 'region' }), 'line')).toBe('why.needsTime');
    expect(whyNotType(of({}), 'pie')).toBe('why.needsCompare');
    expect(whyNotType(of({ by: 'region', metrics: ['winRate'] }), 'doughnut')).toBe('why.noParts');
    expect(whyNotType(of({ by: 'owner' }), 'scatter')).toBe('why.twoMetrics');
    expect(whyNotType(of({ by: 'owner', metrics: ['winRate', 'revenue'] }), 'scatter')).toBeNull();
  });

  it('is a stack, a total or a share of what adds up', () => {
    expect(whyNotStacking(of({ by: 'region' }), 'stacked')).toBe('why.needsSplitOverTime');
    expect(whyNotStacking(of({ by: 'region', isOverTime: true, metrics: ['winRate'] }), 'percent')).toBe('why.noParts');
    expect(whyNotTransform(of({ metrics: ['pipelineValue'] }), 'runningTotal')).toBe('why.noSum');
    expect(whyNotTransform(of({ metrics: ['pipelineValue'] }), 'share')).toBe('why.noParts');
    expect(whyNotTransform(of({ metrics: ['pipelineValue'], by: 'region' }), 'share')).toBeNull();
    expect(whyNotTransform(of({ by: 'region' }), 'movingAverage')).toBe('why.needsTime');
  });

  it('is no more figures than the server answers', () => {
    const threeYears = { from: '2024-01-01', to: '2026-12-31' };
    expect(whyNotGrain(of({ by: 'product', isOverTime: true, limit: 50 }), 'day', threeYears)).toBe('why.manyFigures');
    expect(whyNotGrain(of({}), 'day', threeYears)).toBeNull();
  });
});

describe('a question after a choice', () => {
  const chart = fc.record({
    metrics: fc.uniqueArray(fc.constantFrom(...metricIds), { minLength: 1, maxLength: 8 }),
    by: fc.constantFrom(null, ...splitNames, 'custom.account.tier' as const),
    isOverTime: fc.boolean(),
    grain: fc.constantFrom(null, ...grainNames),
    type: fc.constantFrom(...chartTypes),
    stacking: fc.constantFrom(...stackings),
    limit: fc.integer({ min: 1, max: 50 }),
    withOthers: fc.boolean(),
    transform: fc.constantFrom(...transforms),
    window: fc.integer({ min: 2, max: 24 }),
  });

  it('can always be answered, and settles at once', () => {
    fc.assert(
      fc.property(chart, (one) => {
        const question = { chart: settled({ chart: one, catalogue }, year), catalogue };
        const { by, isOverTime, type, stacking, transform } = question.chart;
        expect([
          by && whyNotSplit(question, by),
          isOverTime ? whyNotOverTime(question) : null,
          whyNotType(question, type),
          whyNotStacking(question, stacking),
          whyNotTransform(question, transform),
        ]).toEqual([null, null, null, null, null]);
        expect(settled(question, year)).toEqual(question.chart);
      }),
    );
  });

  it('keeps what fits', () => {
    const { chart: kept } = of({ by: 'region', isOverTime: true, stacking: 'percent', transform: 'runningTotal' });
    expect(settled({ chart: kept, catalogue }, year)).toEqual(kept);
  });

  it('forgets measures that the asker doesn’t see', () => {
    const seen = catalogue.filter(({ id }) => id !== 'grossProfit');
    const asked = { ...firstChart, metrics: ['grossProfit' as const] };
    expect(settled({ chart: asked, catalogue: seen }, year).metrics).toEqual(['revenue']);
  });
});
