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
const dataHash = '9f2c4e6a8b0d1f3a5c7e9b1d3f5a7c9e';
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

/** What each metric of the demos is. */
export const samples: Record<MetricId, Sample> = {
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
  activeCustomers: { unit: 'count', value: '147', previous: '139', change: 0.0576 },
  averageDeal: { unit: 'money', value: '2271.59', previous: '1954.21', change: 0.1624 },
  salesCycle: { unit: 'days', value: '41.5', previous: '46', change: -0.0978, lowerIsBetter: true },
  pipelineValue: { unit: 'money', value: '3184900.00', previous: null, change: null },
  weightedPipeline: { unit: 'money', value: '1102350.00', previous: '1011900.00', change: 0.0894 },
  velocity: { unit: 'moneyPerDay', value: null, previous: '18250.10', change: null },
};

/** The values of each dimension of the demos. */
export const members: Record<Dimension, string[]> = {
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
    dataHash,
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

const OTHERS = { id: null, name: 'Others', isOthers: true } as const;
const memberOf = (name: string) => ({ id: name || null, name: name || 'Not set' });
const sum = (values: readonly string[]) => values.reduce((total, value) => total + Number(value), 0).toFixed(2);
const weight = (index: number) => 1 / (1 + index * 0.6);

/** The values of a split that are shown, and those that are not. */
function parted(query: URLSearchParams, fallback: number) {
  const names = members[(query.get('by') ?? 'category') as Dimension] ?? members.segment;
  const limit = Number(query.get('limit') ?? fallback);
  return { shown: names.slice(0, limit), omitted: Math.max(0, names.length - limit), names };
}

/** One metric over time, split: what `analytics/series?by=` answers. */
function splitSeries(query: URLSearchParams, days: readonly string[], time: AnalyticsColumn): AnalyticsTable {
  const metric = query.get('metrics') as MetricId;
  const { shown, omitted, names } = parted(query, 12);
  const hasOthers = query.get('others') === 'true' && omitted > 0;
  const figure = (day: number, member: number) =>
    valueAt(metric, day + member * 4, weight(member) * (day === days.length - 1 ? 0.7 : 1));
  const columns = shown.map((name) => ({
    ...column(metric),
    id: `value:${name}`,
    label: name,
    member: memberOf(name),
  }));
  return {
    columns: [
      time,
      ...columns,
      ...(hasOthers ? [{ ...column(metric), id: 'others', label: 'Others', member: OTHERS }] : []),
    ],
    rows: days.map((day, at): AnalyticsCell[] => [
      day,
      ...shown.map((_name, member) => figure(at, member)),
      ...(hasOthers ? [sum(names.slice(shown.length).map((_name, member) => figure(at, shown.length + member)))] : []),
    ]),
    omitted,
    dataHash,
    asOf,
  };
}

/** Figures of a column added up from the first on, where the question wants it so. */
function addedUp(rows: AnalyticsCell[][], query: URLSearchParams): AnalyticsCell[][] {
  if (query.get('transform') !== 'runningTotal') return rows;
  return rows.map(([day = null], at) => [
    day,
    ...(rows[at]?.slice(1) ?? []).map((_cell, index) =>
      sum(rows.slice(0, at + 1).map((row) => String(row[index + 1] ?? 0))),
    ),
  ]);
}

const yearBefore = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

/** The table with what each figure was before, where the question wants it: a little less, now and then more. */
function withBefore(table: AnalyticsTable, query: URLSearchParams): AnalyticsTable {
  if (!query.has('compare')) return table;
  const before = (cell: AnalyticsCell | undefined, at: number) =>
    typeof cell === 'string' ? (Number(cell) * (0.93 + 0.07 * Math.sin(at * 2.4))).toFixed(4) : null;
  return {
    ...table,
    columns: table.columns.flatMap((one) =>
      one.kind === 'measure'
        ? [one, { ...one, id: `${one.id}.before`, label: `${one.label}, before`, isBefore: true as const }]
        : [one],
    ),
    rows: table.rows.map(([head = null, ...cells], at) => [head, ...cells.flatMap((cell) => [cell, before(cell, at)])]),
    comparedWith: { from: yearBefore(query.get('from') ?? ''), to: yearBefore(query.get('to') ?? '') },
  };
}

/** Answers `GET analytics/series`; the fourth period has no figures, the last is not over. */
export function series(query: URLSearchParams): AnalyticsTable {
  const metrics = query.getAll('metrics') as MetricId[];
  const days = periods(query.get('from') ?? '', query.get('to') ?? '', query.get('grain') ?? 'month');
  const time: AnalyticsColumn = { id: 'period', label: 'Period', kind: 'time', unit: null, currency: null };
  if (query.has('by')) return splitSeries(query, days, time);
  const rows = days.map((day, index): AnalyticsCell[] => [
    day,
    ...metrics.map((metric, at) =>
      index === 3 && at === metrics.length - 1 && metrics.length > 1
        ? null
        : valueAt(metric, index, index === days.length - 1 ? 0.7 : 1),
    ),
  ]);
  return withBefore({ columns: [time, ...metrics.map(column)], rows: addedUp(rows, query), dataHash, asOf }, query);
}

/** Answers `GET analytics/breakdown`, largest first. */
export function breakdown(query: URLSearchParams): AnalyticsTable {
  const metrics = query.getAll('metrics') as MetricId[];
  const by = (query.get('by') ?? 'category') as Dimension;
  const { shown, omitted, names } = parted(query, 20);
  const hasOthers = query.get('others') === 'true' && omitted > 0;
  const dimension: AnalyticsColumn = { id: by, label: by, kind: 'dimension', unit: null, currency: null };
  const figure = (metric: MetricId, at: number, member: number) => valueAt(metric, at * 5 + member * 3, weight(member));
  const rest = (metric: MetricId, at: number) => {
    const parts = names.slice(shown.length).map((_name, member) => figure(metric, at, shown.length + member));
    return samples[metric].unit === 'ratio' ? (parts[0] ?? null) : sum(parts);
  };
  const table: AnalyticsTable = {
    columns: [dimension, ...metrics.map(column)],
    rows: [
      ...shown
        .map((name, member): AnalyticsCell[] => [
          memberOf(name),
          ...metrics.map((metric, at) => figure(metric, at, member)),
        ])
        .sort(([, a], [, b]) => Number(b) - Number(a)),
      ...(hasOthers ? [[OTHERS, ...metrics.map(rest)]] : []),
    ],
    omitted,
    dataHash,
    asOf,
  };
  return withBefore(table, query);
}
