import { describe, expect, it } from 'vitest';
import type { AnalyticsCell, AnalyticsTable, MetricId, Unit } from '../../../../backend/contracts/analytics.ts';
import { Format } from '../../../../widgets/base/format.ts';
import { chartModel, hasValues } from '../../../../widgets/elements/chart/chart-model.ts';
import type { ChartQuestion } from '../../../../widgets/elements/chart/chart-types.ts';
import { summary } from '../../../../widgets/elements/chart/summary.ts';

const texts = {
  format: new Format('en-US', 'UTC'),
  today: '2026-11-22',
  notSet: 'Not set',
  rest: 'Others',
  measure: ({ label }: { label: string }) => label,
};
const question = (own: Partial<ChartQuestion>): ChartQuestion => ({
  metrics: ['revenue'],
  by: null,
  grain: 'month',
  type: 'line',
  range: { from: '2026-08-01', to: '2026-11-22' },
  compare: 'none',
  limit: 12,
  isOverTime: false,
  stacking: 'none',
  withOthers: false,
  transform: 'none',
  window: 3,
  ...own,
});
const measure = (id: MetricId, unit: Unit) => ({ id, label: id, kind: 'measure' as const, unit, currency: 'EUR' });
function table(rows: AnalyticsCell[][], units: Unit[] = ['money'], own: Partial<AnalyticsTable> = {}): AnalyticsTable {
  const names: MetricId[] = ['revenue', 'winRate'];
  const head = { id: 'head', label: 'Head', kind: 'dimension' as const, unit: null, currency: null };
  const measures = units.map((unit, index) => measure(names[index] ?? 'units', unit));
  return { columns: [head, ...measures], rows, dataHash: '', asOf: '2026-11-22T12:00:00Z', ...own };
}
const member = (name: string, id: string | null = name) => ({ id, name });

describe('chart over time', () => {
  it('shows a period the server left out as a gap, not as zero', () => {
    const model = chartModel(
      table([
        ['2026-08-01', '10'],
        ['2026-10-01', '30'],
        ['2026-11-01', '7'],
      ]),
      question({}),
      texts,
    );
    expect(model.points.map(({ label }) => label)).toEqual(['Aug 2026', 'Sep 2026', 'Oct 2026', 'Nov 2026']);
    expect(model.series[0]?.values).toEqual(['10', null, '30', '7']);
    expect(model.points.map(({ isPartial }) => isPartial)).toEqual([false, false, false, true]);
  });

  it('takes the word of the server on which periods are partial', () => {
    const answer = table([['2026-11-01', '7']], ['money'], { partial: ['2026-08-01'] });
    const { points } = chartModel(answer, question({}), texts);
    expect(points.filter(({ isPartial }) => isPartial).map(({ from }) => from)).toEqual(['2026-08-01']);
  });

  it('gives a point the days that lie within the range', () => {
    const { points } = chartModel(table([]), question({ range: { from: '2026-10-10', to: '2026-11-22' } }), texts);
    expect(points.map(({ from, to }) => `${from}/${to}`)).toEqual(['2026-10-10/2026-10-31', '2026-11-01/2026-11-22']);
  });
});

describe('chart by dimension', () => {
  const nine = Array.from({ length: 9 }, (_none, index) => [member(`m${index}`), String(90 - index * 10)]);

  it('shows the first values and says that there are more', () => {
    const cut = table(nine.slice(0, 4), ['money'], { omitted: 5 });
    const model = chartModel(cut, question({ by: 'region', type: 'bar', limit: 4 }), texts);
    expect([model.points.length, model.isCut]).toEqual([4, true]);
    const all = chartModel(table(nine), question({ by: 'region', type: 'bar' }), texts);
    expect([all.points.length, all.isCut]).toEqual([9, false]);
  });

  it('names what is not set', () => {
    const { points } = chartModel(table([[member('', null), '1']]), question({ by: 'source', type: 'bar' }), texts);
    expect(points[0]).toMatchObject({ label: 'Not set', member: { id: null } });
  });

  it('takes the others for what they are, last and in the words of the reader', () => {
    const others = { id: null, name: 'Rest of all', isOthers: true as const };
    const answer = table([...nine.slice(0, 2), [others, '500']], ['money'], { omitted: 7 });
    for (const type of ['bar', 'pie', 'doughnut'] as const) {
      const model = chartModel(answer, question({ by: 'region', type, withOthers: true }), texts);
      expect([model.type, model.isCut, model.replacements]).toEqual([type, false, []]);
      expect(model.points.at(-1)).toMatchObject({ label: 'Others', member: { isRest: true } });
      expect(model.series[0]?.values).toEqual(['90', '80', '500']);
    }
  });

  it.each([
    ['ratios', table([[member('a'), '0.4']], ['ratio'])],
    ['values below zero', table([[member('a'), '-4']])],
    ['values the server left out', table([[member('a'), '4']], ['money'], { omitted: 3 })],
  ])('draws no pie of %s', (_name, answer) => {
    const model = chartModel(answer, question({ by: 'region', type: 'pie' }), texts);
    expect([model.type, model.replacements]).toEqual(['bar', ['note.replaced']]);
  });

  it('draws no pie of a mean, though it is money', () => {
    const answer = table([[member('a'), '4']]);
    answer.columns[1] = measure('averageDeal', 'money');
    const { type } = chartModel(answer, question({ by: 'region', type: 'doughnut' }), texts);
    expect(type).toBe('bar');
  });

  it('draws no line across values that have no order', () => {
    const { type, replacements } = chartModel(table(nine), question({ by: 'region', type: 'line' }), texts);
    expect([type, replacements]).toEqual(['bar', ['note.line']]);
  });

  it('draws no scatter of one metric', () => {
    const one = chartModel(table(nine), question({ by: 'owner', type: 'scatter' }), texts);
    expect([one.type, one.replacements]).toEqual(['bar', ['note.scatter']]);
    const two = chartModel(
      table([[member('a'), '1', '0.5']], ['money', 'ratio']),
      question({ by: 'owner', type: 'scatter' }),
      texts,
    );
    expect([two.type, two.series.length]).toEqual(['scatter', 2]);
  });
});

describe('chart of a split over time', () => {
  const others = { id: null, name: 'Others', isOthers: true as const };
  const columns = [
    { id: 'time', label: 'Month', kind: 'time' as const, unit: null, currency: null },
    ...[member('East'), member('', null), others].map((one, index) => ({
      ...measure('revenue', 'money'),
      id: `c${index}`,
      member: one,
    })),
  ];
  const answer = table(
    [
      ['2026-08-01', '60', '30', '10'],
      ['2026-09-01', '0', '0', '0'],
      ['2026-10-01', '1', '1', '1'],
      ['2026-11-01', '5', null, '15'],
    ],
    [],
    { columns, omitted: 4 },
  );
  const split = (own: Partial<ChartQuestion>, of = answer) =>
    chartModel(of, question({ by: 'region', isOverTime: true, type: 'bar', withOthers: true, ...own }), texts);

  it('has a series for each value, with the metric it is of', () => {
    const { series, points, isCut } = split({});
    expect(series.map(({ label, metric }) => [label, metric])).toEqual([
      ['East', 'revenue'],
      ['Not set', 'revenue'],
      ['Others', 'revenue'],
    ]);
    expect([points.length, isCut]).toEqual([4, false]);
  });

  it('shares each period out to 100 per cent; nothing has no shares, and a gap none of its own', () => {
    const { series, stacking } = split({ stacking: 'percent' });
    expect(stacking).toBe('percent');
    const sums = [0, 1, 2, 3].map((at) => series.reduce((sum, { shares }) => sum + (shares?.[at] ?? 0), 0));
    expect(sums.map((sum) => Number(sum.toFixed(12)))).toEqual([1, 0, 1, 1]);
    expect(series.map(({ shares }) => shares?.[1])).toEqual([null, null, null]);
    expect(series.map(({ shares }) => shares?.[3])).toEqual([0.25, null, 0.75]);
  });

  it('stacks neither what does not add up nor, to 100 per cent, what is below zero', () => {
    const rates = split({ metrics: ['winRate'], stacking: 'stacked' });
    expect([rates.stacking, rates.replacements]).toEqual(['none', ['note.stacking']]);
    const loss = { ...answer, rows: [...answer.rows.slice(1), ['2026-12-01', '-5', '1', '1']] };
    expect(split({ stacking: 'percent' }, loss).stacking).toBe('none');
    expect(split({ stacking: 'stacked' }, loss).stacking).toBe('stacked');
  });

  it('stacks no metrics that stand beside each other', () => {
    const two = chartModel(
      table([['2026-08-01', '1', '2']], ['money', 'money']),
      question({ stacking: 'stacked', type: 'bar' }),
      texts,
    );
    expect(two.stacking).toBe('none');
  });
});

describe('emptiness', () => {
  it('is a table without a single value, or of zeros that are no shares', () => {
    expect([
      hasValues(table([])),
      hasValues(table([['2026-11-01', null]])),
      hasValues(table([['2026-11-01', '0.00']])),
      hasValues(table([['2026-11-01', '0', '0.000000']], ['count', 'ratio'])),
      hasValues(table([['2026-11-01', '0', '0.01']], ['money', 'money'])),
    ]).toEqual([false, false, false, true, true]);
  });
});

describe('summary', () => {
  const t = (key: string, variables = {}) => `${key} ${JSON.stringify(variables)}`;

  it('names high, low and latest, and takes no partial period for a low', () => {
    const model = chartModel(
      table([
        ['2026-08-01', '10'],
        ['2026-09-01', '30'],
        ['2026-10-01', '20'],
        ['2026-11-01', '7'],
      ]),
      question({}),
      texts,
    );
    const words = summary(model, 'Revenue by month', texts.format, t);
    expect(words).toMatch(/^Revenue by month, summary\.points \{"count":4\}\./);
    expect(words).toContain('summary.high {"value":"€30.00","label":"Sep 2026"}');
    expect(words).toContain('summary.low {"value":"€10.00","label":"Aug 2026"}');
    expect(words).toContain('summary.last {"value":"€7.00","label":"Nov 2026"}');
  });

  it('takes a partial period for the high where it is', () => {
    const rows = [
      ['2026-10-01', '20'],
      ['2026-11-01', '70'],
    ];
    const words = summary(chartModel(table(rows), question({}), texts), 'Revenue', texts.format, t);
    expect(words).toContain('summary.high {"value":"€70.00","label":"Nov 2026"}');
    expect(words).not.toContain('summary.last');
  });

  it('says so where a series has no values', () => {
    const model = chartModel(table([['2026-08-01', null]]), question({}), texts);
    expect(summary(model, 'Revenue', texts.format, t)).toContain('summary.none {"metric":"revenue"}');
  });
});

describe('chart with what was before', () => {
  const own = { comparedWith: { from: '2025-08-01', to: '2025-11-22' } };
  const both = (rows: AnalyticsCell[][]) => {
    const plain = table(rows, ['money'], own);
    const [head, revenue] = plain.columns;
    if (!head || !revenue) throw new Error('no columns');
    const before = { ...revenue, id: 'revenue.before', isBefore: true as const };
    return { ...plain, columns: [head, revenue, before] };
  };

  it('has it as a series of the same metric and look, with the days it is of', () => {
    const { points, series } = chartModel(
      both([
        ['2026-08-01', '10', '8'],
        ['2026-11-01', '7', null],
      ]),
      question({ compare: 'year' }),
      texts,
    );
    expect(series.map(({ id, metric, look, isBefore }) => [id, metric, look, isBefore])).toEqual([
      ['revenue', 'revenue', 0, false],
      ['revenue.before', 'revenue', 0, true],
    ]);
    expect(points[0]?.before).toEqual({ from: '2025-08-01', to: '2025-08-31' });
    expect(points[3]?.before).toEqual({ from: '2025-11-01', to: '2025-11-22' });
  });

  it('says where it has none', () => {
    const model = chartModel(
      table([[member('a'), '1']]),
      question({ by: 'region', type: 'pie', compare: 'year' }),
      texts,
    );
    expect(model.replacements).toEqual(['note.compare']);
  });
});
