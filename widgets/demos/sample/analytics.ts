import type {
  AnalyticsCell,
  AnalyticsColumn,
  AnalyticsTable,
  Dimension,
  Kpi,
  KpiResponse,
  MetricId,
} from '../../../backend/contracts/analytics.ts';

const asOf = '2026-11-22T14:05:00Z';
const currency = 'EUR';

interface Sample {
  unit: Kpi['unit'];
  value: string | null;
  previous: string | null;
  change: number | null;
  target?: string;
  lowerIsBetter?: true;
  caveat?: string;
}

const samples: Record<MetricId, Sample> = {
  revenue: { unit: 'money', value: '486120.50', previous: '431880.00', change: 0.1256, target: '520000' },
  salesVolume: { unit: 'count', value: '214', previous: '221', change: -0.0317 },
  units: { unit: 'count', value: '1893', previous: '1893', change: 0 },
  grossProfit: { unit: 'money', value: '198310.20', previous: '171420.80', change: 0.1569 },
  profitMargin: { unit: 'ratio', value: '0.4079', previous: '0.3969', change: 0.011 },
  conversionRate: {
    unit: 'ratio',
    value: '0.183',
    previous: '0.214',
    change: -0.031,
    caveat: 'Leads of this period as they stand today; recent ones may still convert.',
  },
  winRate: { unit: 'ratio', value: '0.342', previous: '0.315', change: 0.027 },
  acquisitionCost: { unit: 'money', value: '1184.00', previous: '1042.00', change: 0.1363, lowerIsBetter: true },
  averageDeal: { unit: 'money', value: '2271.59', previous: '1954.21', change: 0.1624 },
  salesCycle: { unit: 'days', value: '41.5', previous: '46', change: -0.0978, lowerIsBetter: true },
  pipelineValue: { unit: 'money', value: '3184900.00', previous: null, change: null },
  weightedPipeline: { unit: 'money', value: '1102350.00', previous: '1011900.00', change: 0.0894 },
  velocity: { unit: 'moneyPerDay', value: null, previous: '18250.10', change: null },
};

const members: Record<Dimension, string[]> = {
  product: ['Atlas Suite', 'Beacon', 'Cobalt Gateway', 'Delta Sensor', 'Ember', 'Fjord Analytics'],
  category: ['Software', 'Hardware', 'Services', 'Training', 'Support', 'Licences', 'Spare parts', 'Rental', 'Used'],
  region: ['DACH', 'Nordics', 'Benelux', 'Iberia', 'UK and Ireland', 'France'],
  team: ['Enterprise North', 'Enterprise South', 'Mid-market', 'Inside sales'],
  owner: ['Ada Brandt', 'Bilal Noor', 'Carla Rossi', 'Deniz Aydin', 'Eva Lindqvist', 'Femi Okafor', 'Grace Hall'],
  source: ['Website', 'Referral', 'Trade fair', 'Outbound', 'Partner', ''],
  segment: ['Enterprise', 'Mid-market', 'Small business', 'Public sector'],
};

const column = (metric: MetricId): AnalyticsColumn => {
  const { unit } = samples[metric];
  return { id: metric, label: metric, kind: 'measure', unit, currency: unit === 'money' ? currency : null };
};

/** A value that differs by place and metric, the same on every load. */
function valueAt(metric: MetricId, index: number, share: number): string {
  const season = 1 + 0.28 * Math.sin((index / 12) * Math.PI * 2) + 0.05 * Math.sin(index * 12.9898);
  const base = Number(samples[metric].value ?? 1000);
  if (samples[metric].unit === 'ratio') return String(Math.round(base * (0.9 + 0.1 * season + share / 10) * 1e4) / 1e4);
  return (base * season * (1 + index * 0.012) * share).toFixed(samples[metric].unit === 'count' ? 0 : 2);
}

/** Answers `GET analytics/kpis`. */
export function kpis(query: URLSearchParams): KpiResponse {
  const compared = query.get('compare');
  const items = (query.getAll('metrics') as MetricId[]).map((metric): Kpi => {
    const { unit, value, previous, change, target, lowerIsBetter, caveat } = samples[metric];
    return {
      metric,
      label: metric,
      unit,
      currency: unit === 'money' || unit === 'moneyPerDay' ? currency : null,
      value,
      previous: compared ? previous : null,
      change: compared ? change : null,
      target: target ?? null,
      betterWhen: lowerIsBetter ? 'lower' : 'higher',
      caveat: caveat ?? null,
    };
  });
  return {
    items,
    period: { from: query.get('from') ?? '', to: query.get('to') ?? '' },
    comparedWith: compared ? { from: '2026-10-01', to: '2026-10-22' } : null,
    asOf,
  };
}

/** First days of the days, weeks or months of a range. */
function periods(from: string, to: string, grain: string): string[] {
  const days: string[] = [];
  const at = new Date(from);
  if (grain === 'month') at.setUTCDate(1);
  if (grain === 'week') at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  while (at.toISOString().slice(0, 10) <= to) {
    days.push(at.toISOString().slice(0, 10));
    if (grain === 'month') at.setUTCMonth(at.getUTCMonth() + 1, 1);
    else at.setUTCDate(at.getUTCDate() + (grain === 'day' ? 1 : 7));
  }
  return days;
}

/** Answers `GET analytics/series`; the fourth period has no figures, the last is not over. */
export function series(query: URLSearchParams): AnalyticsTable {
  const metrics = query.getAll('metrics') as MetricId[];
  const days = periods(query.get('from') ?? '', query.get('to') ?? '', query.get('grain') ?? 'month');
  const time: AnalyticsColumn = { id: 'period', label: 'Period', kind: 'time', unit: null, currency: null };
  return {
    columns: [time, ...metrics.map(column)],
    rows: days.map((day, index): AnalyticsCell[] => [
      day,
      ...metrics.map((metric, at) =>
        index === 3 && at === metrics.length - 1 && metrics.length > 1
          ? null
          : valueAt(metric, index, index === days.length - 1 ? 0.7 : 1),
      ),
    ]),
    asOf,
  };
}

/** Answers `GET analytics/breakdown`, largest first. */
export function breakdown(query: URLSearchParams): AnalyticsTable {
  const metrics = query.getAll('metrics') as MetricId[];
  const by = (query.get('by') ?? 'category') as Dimension;
  const limit = Number(query.get('limit') ?? 20);
  const dimension: AnalyticsColumn = { id: by, label: by, kind: 'dimension', unit: null, currency: null };
  return {
    columns: [dimension, ...metrics.map(column)],
    rows: members[by]
      .map((name, index): AnalyticsCell[] => [
        { id: name || null, name },
        ...metrics.map((metric, at) => valueAt(metric, at * 5 + index * 3, 1 / (1 + index * 0.6))),
      ])
      .sort(([, a], [, b]) => Number(b) - Number(a))
      .slice(0, limit),
    omitted: Math.max(0, members[by].length - limit),
    asOf,
  };
}
