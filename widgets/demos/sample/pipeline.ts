import type {
  Ageing,
  Changes,
  Funnel,
  FunnelGroup,
  Health,
  PipelineRecords,
  Velocity,
} from '../../../backend/contracts/pipeline-reports.ts';

const asOf = '2026-11-22T14:05:00Z';
const euro = (amount: number) => ({ amount: amount.toFixed(2), currency: 'EUR' });
const id = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
const pipeline = { id: id(1), name: 'Sales', entity: 'opportunity' as const };
const stages = ['Discovery', 'Proposal', 'Negotiation'].map((name, index) => ({
  id: id(10 + index),
  name,
  kind: 'open' as const,
}));
const stageAt = (index: number) => stages[index] ?? { id: id(10), name: 'Discovery', kind: 'open' as const };
const share = (part: number, whole: number) => (whole === 0 ? null : (part / whole).toFixed(6));
const periodOf = (query: URLSearchParams) => ({ from: query.get('from') ?? '', to: query.get('to') ?? '' });
const sources = ['Website', 'Referral', 'Trade fair'].map((name) => ({ id: name, name }));

function group(key: FunnelGroup['key'], entered: number, rates: readonly number[]): FunnelGroup {
  const reached = [entered];
  for (const rate of rates) reached.push(Math.round((reached[reached.length - 1] ?? 0) * rate));
  const won = reached[3] ?? 0;
  const parts = stages.map((stage, index) => {
    const here = reached[index] ?? 0;
    const movedOn = reached[index + 1] ?? 0;
    const open = Math.floor((here - movedOn) * 0.4);
    return {
      stage,
      reached: here,
      value: euro(here * 21_400),
      movedOn,
      conversion: share(movedOn, here),
      lost: here - movedOn - open,
      open,
      left: 0,
    };
  });
  const lost = parts.reduce((sum, part) => sum + part.lost, 0);
  return {
    key,
    entered,
    value: euro(entered * 21_400),
    won,
    wonValue: euro(won * 19_800),
    lost,
    open: entered - won - lost,
    left: 0,
    conversion: share(won, entered),
    winRate: share(won, won + lost),
    stages: parts,
  };
}

export function funnel(query: URLSearchParams): Funnel {
  const groups = [
    group(sources[0] ?? null, 96, [0.7, 0.6, 0.5]),
    group(sources[1] ?? null, 54, [0.85, 0.75, 0.65]),
    group(sources[2] ?? null, 38, [0.6, 0.5, 0.4]),
  ];
  return {
    pipeline,
    asOf,
    period: periodOf(query),
    total: group(null, 188, [0.72, 0.62, 0.55]),
    groups: query.has('by') ? groups : [],
    omitted: 0,
  };
}

const figures = (open: number, won: number, lost: number, average: number, cycleDays: number) => ({
  open,
  openValue: euro(open * 23_100),
  won,
  lost,
  winRate: share(won, won + lost),
  averageValue: euro(average),
  cycleDays,
  perDay: euro((open * (won / (won + lost)) * average) / cycleDays),
});

export function velocity(query: URLSearchParams): Velocity {
  const time = (index: number, visits: number, medianDays: number, p90Days: number) => ({
    stage: stageAt(index),
    visits,
    medianDays,
    p90Days,
    movedOn: Math.round(visits * 0.6),
    movedBack: 2,
    won: index === 2 ? Math.round(visits * 0.2) : 0,
    lost: visits - Math.round(visits * 0.6) - 2 - (index === 2 ? Math.round(visits * 0.2) : 0),
    left: 0,
  });
  return {
    pipeline,
    asOf,
    period: periodOf(query),
    comparedWith: { from: '2026-08-09', to: '2026-09-30' },
    current: figures(143, 41, 62, 19_800, 46.5),
    previous: figures(128, 44, 71, 18_100, 51),
    stages: [time(0, 164, 12.4, 31), time(1, 121, 17.8, 44.2), time(2, 96, 9.1, 27.5)],
    groups: query.has('by')
      ? sources.map((key, index) => ({
          key,
          figures: figures(60 - index * 18, 18 - index * 4, 22, 21_000, 44 + index * 6),
        }))
      : [],
    omitted: 0,
  };
}

const STEPS = [0, 7, 14, 30, 60, 90];
export function ageing(query: URLSearchParams): Ageing {
  const counts = [
    [14, 11, 17, 8, 3, 1],
    [9, 12, 16, 11, 5, 2],
    [11, 8, 9, 4, 1, 1],
  ];
  return {
    pipeline,
    asOf,
    basis: query.get('basis') === 'record' ? 'record' : 'stage',
    total: { count: 143, value: euro(3_303_300) },
    stages: counts.map((row, index) => ({
      stage: stageAt(index),
      count: row.reduce((sum, count) => sum + count, 0),
      value: euro(row.reduce((sum, count) => sum + count, 0) * 23_100),
      medianDays: 16.2 + index,
      p90Days: 55.1,
      oldestDays: 131,
      rottingDays: index === 0 ? 45 : null,
      buckets: row.map((count, step) => ({
        fromDays: STEPS[step] ?? 0,
        toDays: STEPS[step + 1] ?? null,
        count,
        value: euro(count * 23_100),
      })),
    })),
  };
}

export function health(query: URLSearchParams): Health {
  const checks = { stuck: 21, noNextStep: 12, pastClose: 9 };
  const people = ['Ada Brandt', 'Bilal Noor', 'Carla Rossi'];
  return {
    pipeline,
    asOf,
    period: periodOf(query),
    open: { count: 143, value: euro(3_303_300) },
    healthy: { count: 108, value: euro(2_410_000) },
    checks: (['stuck', 'noNextStep', 'pastClose'] as const).map((check) => ({
      id: check,
      count: checks[check],
      value: euro(checks[check] * 24_000),
      share: share(checks[check], 143),
    })),
    stages: stages.map((stage, index) => ({
      stage,
      days: index === 0 ? 45 : 38.4,
      basis: index === 0 ? ('set' as const) : ('usual' as const),
      stuck: 7,
    })),
    coverage: {
      due: { count: 61, value: euro(1_402_000) },
      weighted: euro(604_000),
      wonSoFar: { count: 41, value: euro(811_800) },
      goal: euro(1_240_000),
      goalBasis: 'previous',
      goalPeriod: { from: '2026-07-01', to: '2026-09-30' },
      remaining: euro(428_200),
      ratio: '3.274171',
    },
    groups: query.has('by')
      ? people.map((name, index) => ({
          key: { id: id(index), name },
          open: { count: 50 - index * 4, value: euro(1_100_000 - index * 90_000) },
          healthy: { count: 38 - index * 5, value: euro(800_000) },
          stuck: 5 + index * 2,
          noNextStep: 3 + index,
          pastClose: 2 + index,
        }))
      : [],
    omitted: 0,
  };
}

export function changes(query: URLSearchParams): Changes {
  const bar = (name: Changes['bars'][number]['bar'], records: number, count: number, value: number) => ({
    bar: name,
    records,
    count,
    value: euro(value),
  });
  return {
    pipeline,
    asOf,
    period: periodOf(query),
    bars: [
      bar('opening', 128, 128, 2_890_000),
      bar('created', 118, 118, 2_310_500),
      bar('movedIn', 6, 6, 142_000),
      bar('grew', 23, 0, 301_800),
      bar('shrank', 17, 0, -188_400),
      bar('movedOut', 6, -6, -96_100),
      bar('won', 41, -41, -811_800),
      bar('lost', 62, -62, -1_244_700),
      bar('closing', 143, 143, 3_303_300),
    ],
  };
}

export function pipelineRecords(query: URLSearchParams): PipelineRecords {
  const isChange = query.get('set') === 'change';
  const names = ['Nordwind: Atlas Suite', 'Alder & Co: Beacon', 'Brava: Cobalt Gateway', 'Tessin: Ember'];
  return {
    entity: 'opportunity',
    items: names.map((name, index) => ({
      id: id(100 + index),
      name,
      company: name.split(':')[0] ?? null,
      stage: stageAt(index % 3),
      owner: { id: id(3), name: 'Ada Brandt' },
      expectedCloseOn: `2026-12-${String(4 + index * 5).padStart(2, '0')}`,
      nextStep: null,
      value: euro(48_000 - index * 9000),
      counted: euro(isChange ? 12_000 - index * 3000 : 48_000 - index * 9000),
      before: isChange ? euro(36_000 - index * 6000) : null,
      after: isChange ? euro(48_000 - index * 9000) : null,
      days: isChange ? null : 31.5 - index * 4,
    })),
    nextCursor: null,
  };
}
